extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC: `2019-01-02T05:00:00Z`, with microseconds only where there are any.
    package var description: String {
        let fraction = microseconds - seconds * 1_000_000
        let suffix = fraction == 0 ? "" : ".\(fraction.padded(to: 6))"
        return "\(dayUTC)T\(clockTime)\(suffix)Z"
    }

    /// `HH:MM:SS` in UTC.
    package var clockTime: String {
        let second = seconds - dayUTC.startUTC.seconds
        return String(unsafeUninitializedCapacity: 8) { text in
            for (place, number) in [(0, second / 3600), (3, second / 60 % 60), (6, second % 60)] {
                text[place] = UInt8(ascii: "0") + UInt8(number / 10)
                text[place + 1] = UInt8(ascii: "0") + UInt8(number % 10)
            }
            text[2] = UInt8(ascii: ":")
            text[5] = UInt8(ascii: ":")
            return 8
        }
    }

    /// Reads `YYYY-MM-DD` (midnight UTC) and `YYYY-MM-DDTHH:MM[:SS[.ffffff]]` with `Z`, `+HH:MM`, `-HH:MM` or nothing
    /// (UTC); `nil` for anything else.
    package init?(iso text: some StringProtocol) {
        guard let day = TradingDay(iso: text.prefix(10)) else { return nil }
        var rest = text.dropFirst(10)
        guard !rest.isEmpty else {
            self = day.startUTC
            return
        }
        guard rest.first == "T" || rest.first == " " else { return nil }
        rest = rest.dropFirst()
        var offset: Int64 = 0
        if rest.hasSuffix("Z") {
            rest = rest.dropLast()
        } else if let sign = rest.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let zone = rest[sign...].dropFirst().split(separator: ":", omittingEmptySubsequences: false)
            guard zone.count == 2, let hours = Self.number(zone[0], below: 24),
                let minutes = Self.number(zone[1], below: 60)
            else { return nil }
            offset = (hours * 60 + minutes) * (rest[sign] == "-" ? -60 : 60)
            rest = rest[..<sign]
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = Self.number(parts[0], below: 24),
            let minute = Self.number(parts[1], below: 60)
        else { return nil }
        var second: Int64 = 0
        var fraction: Int64 = 0
        if parts.count == 3 {
            let pieces = parts[2].split(separator: ".", omittingEmptySubsequences: false)
            guard let whole = Self.number(pieces[0], below: 60), pieces.count <= 2 else { return nil }
            second = whole
            if pieces.count == 2 {
                let digits = pieces[1].prefix(6)
                guard !pieces[1].isEmpty, pieces[1].utf8.allSatisfy({ (48...57).contains($0) }),
                    let value = Int64(digits + String(repeating: "0", count: 6 - digits.count))
                else { return nil }
                fraction = value
            }
        }
        let seconds = day.startUTC.seconds + hour * 3600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    private static func number(_ text: some StringProtocol, below limit: Int64) -> Int64? {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text),
            value < limit
        else { return nil }
        return value
    }
}
