import Warehouse

/// A mail address as mdw uses it: `name@host`, plain ASCII, nothing that could end a header or begin an option.
package struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String { text }

    /// - Throws: ``InvalidMailAddress``.
    package init(_ typed: String) throws(InvalidMailAddress) {
        let text = typed.trimmingSpaces()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, let first = parts[0].utf8.first, first != UInt8(ascii: "-"),
            parts[0].utf8.allSatisfy(Self.isLocal), !parts[1].isEmpty, parts[1].utf8.first != UInt8(ascii: "-"),
            parts[1].utf8.allSatisfy(Self.isHost)
        else { throw InvalidMailAddress(text: typed) }
        self.text = text
    }

    /// Reads addresses between commas, at least one.
    /// - Throws: ``InvalidMailAddress``.
    package static func list(_ text: String) throws(InvalidMailAddress) -> [MailAddress] {
        var addresses: [MailAddress] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            addresses.append(try MailAddress(String(part)))
        }
        return addresses
    }

    private static let signs = Set("!#$%&'*+-/=?^_{|}~.".utf8)

    private static func isHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isLocal(_ byte: UInt8) -> Bool { isHost(byte) || signs.contains(byte) }
}

/// A text that is not a mail address.
package struct InvalidMailAddress: Error, Hashable, CustomStringConvertible {
    package let text: String

    package var description: String { "'\(text.sanitized(limit: 100))' is not a mail address like ops@example.com" }
}
