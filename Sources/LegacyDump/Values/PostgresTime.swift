package import Warehouse

/// A `timestamp`, `timestamptz` or `date` as PostgreSQL writes it in ISO style.
package enum PostgresTime: Hashable, Sendable {
    case instant(Timestamp)
    /// A date without a time of day.
    case day(TradingDay)
    /// `infinity` or `-infinity`.
    case infinite

    /// The instant, that of a date being its midnight UTC; `nil` for infinity.
    package var timestamp: Timestamp? {
        switch self {
        case .instant(let time): time
        case .day(let day): day.startUTC
        case .infinite: nil
        }
    }

    /// Reads a date (`2024-01-02`), or a date and a time of day (`2024-01-02 05:00:00`) with a fraction and an offset
    /// (`+00`, `-05:30`, `+05:30:15`, `Z`); `nil` for anything else.
    ///
    /// A time without an offset is UTC.
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = Scanner(bytes: bytes)
        guard let day = scanner.day() else {
            switch String(decoding: bytes, as: UTF8.self) {
            case "infinity", "-infinity": self = .infinite
            default: return nil
            }
            return
        }
        guard !scanner.isAtEnd else {
            self = .day(day)
            return
        }
        guard scanner.take(UInt8(ascii: " ")) || scanner.take(UInt8(ascii: "T")),
            let hour = scanner.number(2, upTo: 24), scanner.take(UInt8(ascii: ":")),
            let minute = scanner.number(2, upTo: 59)
        else { return nil }
        var second = 0
        var fraction = 0
        if scanner.take(UInt8(ascii: ":")) {
            guard let value = scanner.number(2, upTo: 60), let rest = scanner.fraction() else { return nil }
            (second, fraction) = (value, rest)
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        self = .instant(Timestamp(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction)))
    }
}

private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Exactly so many digits.
    mutating func number(_ digits: Int, upTo limit: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for index in position..<(position + digits) {
            guard bytes[index] >= 48, bytes[index] <= 57 else { return nil }
            value = value * 10 + Int(bytes[index] - 48)
        }
        guard value <= limit else { return nil }
        position += digits
        return value
    }

    mutating func day() -> TradingDay? {
        var digits = 0
        while digits < 6, position + digits < bytes.count, bytes[position + digits] != UInt8(ascii: "-") { digits += 1 }
        guard digits >= 4, let year = number(digits, upTo: 294_276), take(UInt8(ascii: "-")),
            let month = number(2, upTo: 12), take(UInt8(ascii: "-")), let day = number(2, upTo: 31), month > 0, day > 0
        else { return nil }
        let found = TradingDay(year: year, month: month, day: day)
        // 2019-02-30 is another day.
        return found.civil.day == day ? found : nil
    }

    /// Microseconds; 0 when there is no point.
    mutating func fraction() -> Int? {
        guard take(UInt8(ascii: ".")) else { return 0 }
        var value = 0
        var scale = 100_000
        let start = position
        while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 {
            value += Int(bytes[position] - 48) * scale
            scale /= 10
            position += 1
        }
        return position > start ? value : nil
    }

    /// Seconds east of UTC; 0 when there is none.
    mutating func offset() -> Int? {
        guard !isAtEnd, !take(UInt8(ascii: "Z")) else { return 0 }
        let sign = take(UInt8(ascii: "-")) ? -1 : 1
        guard sign < 0 || take(UInt8(ascii: "+")), let hours = number(2, upTo: 16) else { return nil }
        var seconds = hours * 3600
        if !isAtEnd {
            _ = take(UInt8(ascii: ":"))
            guard let minutes = number(2, upTo: 59) else { return nil }
            seconds += minutes * 60
            if take(UInt8(ascii: ":")) {
                guard let rest = number(2, upTo: 59) else { return nil }
                seconds += rest
            }
        }
        return sign * seconds
    }
}
