/// How numbers, times and stretches of time read to people, the same on every surface.
extension FixedWidthInteger {
    /// With separators between thousands: `1,234,567`.
    package var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return self < 0 ? "-" + text : text
    }

    /// With the noun for so many: `1 key`, `1,200 keys`.
    ///
    /// `plural`: where it is not made by an `s`.
    package func counted(_ noun: String, _ plural: String? = nil) -> String {
        "\(grouped) \(self == 1 ? noun : plural ?? noun + "s")"
    }
}

extension Double {
    /// A share of 0…1 in percent with one digit, cut and not rounded, so that 100.0 % means all: `99.9 %`.
    package var asPercent: String {
        let tenths = Int((self * 1000 + 1e-9).rounded(.down))
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension Timestamp {
    /// `2026-11-24 10:15`, in UTC.
    package var minuteText: String {
        "\(dayUTC) \(clockTime.prefix(5))"
    }

    /// How long ago, or how far ahead: `now`, `5 min ago`, `3 h ago`, `in 2 d`; the day when it is more than a year.
    package func relative(to now: Timestamp) -> String {
        let distance = now - self
        let length = distance < .zero ? .zero - distance : distance
        guard length >= .seconds(5) else { return "now" }
        guard length < .seconds(366 * 86_400) else { return dayUTC.description }
        return distance < .zero ? "in \(length.shortText)" : "\(length.shortText) ago"
    }
}

extension Duration {
    /// The largest unit that fits, whole: `0 s`, `45 s`, `12 min`, `3 h`, `5 d`.
    package var shortText: String {
        let seconds = components.seconds
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<86_400: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) d"
        }
    }

    /// Milliseconds below a second, seconds above: `0.4 ms`, `12 ms`, `1.5 s`.
    package var latencyText: String {
        let milliseconds = inSeconds * 1000
        if milliseconds < 1 { return "\((milliseconds * 10).rounded() / 10) ms" }
        if milliseconds < 1000 { return "\(Int(milliseconds.rounded())) ms" }
        return "\((milliseconds / 100).rounded() / 10) s"
    }
}
