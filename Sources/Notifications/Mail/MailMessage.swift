import Foundation
import Warehouse

/// A notice as a mail (RFC 5322): headers that nothing from outside can add to, and a text for people.
struct MailMessage {
    let notice: AlertNotice
    let from: MailAddress
    let recipients: [MailAddress]
    /// The machine that sends it.
    let host: String
    let date: Timestamp

    /// With the line ends of Unix, as `sendmail` takes it.
    var text: String {
        let alert = notice.alert
        let isPlain = body.utf8.allSatisfy { $0 < 128 }
        let headers = [
            "From: mdw <\(from)>",
            "To: \(recipients.map(\.text).joined(separator: ",\n "))",
            "Subject: \(Self.header(subject))",
            "Date: \(Self.date(date))",
            "Message-ID: <mdw-\(alert.id.rawValue)-\(notice.event.rawValue)-\(alert.raisedAt.microseconds)@\(Self.label(host))>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: \(isPlain ? "7bit" : "base64")",
        ]
        let content =
            isPlain
            ? body : Data(body.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return headers.joined(separator: "\n") + "\n\n" + content + "\n"
    }

    private var subject: String {
        "[mdw] \(notice.event.rawValue): \(notice.alert.condition) on \(host)".sanitized(limit: 150)
    }

    private var body: String {
        let alert = notice.alert
        var lines =
            Self.wrapped(alert.message.sanitized(limit: 500)) + [
                "", "condition  \(alert.condition)", "severity   \(alert.severity.rawValue)",
                "raised     \(alert.raisedAt)",
            ]
        if let resolvedAt = alert.resolvedAt { lines.append("resolved   \(resolvedAt)") }
        lines += ["host       \(host.sanitized(limit: 100))", "alert      \(alert.id.rawValue)"]
        return lines.joined(separator: "\n")
    }

    /// Lines of 76 characters at most, broken between words where there are any.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = [""]
        for word in text.split(separator: " ") {
            var rest = word
            if let last = lines.last, !last.isEmpty, last.count + 1 + rest.count > 76 { lines.append("") }
            while rest.count > 76 {
                lines[lines.count - 1] = String(rest.prefix(76))
                lines.append("")
                rest = rest.dropFirst(76)
            }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + rest
        }
        return lines
    }

    /// A header's value, as encoded words (RFC 2047) where it is not plain.
    private static func header(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return text }
        // Ten scalars have 40 bytes at most, so that a word has no more than 75.
        let scalars = Array(text.unicodeScalars)
        let words = stride(from: 0, to: scalars.count, by: 10).map { start in
            let part = scalars[start..<min(start + 10, scalars.count)].map { String($0) }.joined()
            return "=?utf-8?B?\(Data(part.utf8).base64EncodedString())?="
        }
        return words.joined(separator: "\n ")
    }

    /// A name that can stand behind the `@` of a message's identity.
    private static func label(_ host: String) -> String {
        let kept = host.utf8.filter { byte in
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
        return kept.isEmpty ? "localhost" : String(decoding: kept.prefix(100), as: UTF8.self)
    }

    /// `Tue, 24 Nov 2026 10:15:00 +0000`.
    private static func date(_ time: Timestamp) -> String {
        let (year, month, day) = time.dayUTC.civil
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][time.dayUTC.weekday]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekday), \(day) \(months[month - 1]) \(year) \(time.clockTime) +0000"
    }
}
