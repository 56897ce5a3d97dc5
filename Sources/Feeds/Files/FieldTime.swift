package import Warehouse

/// How the times of a candle file read: an instant, a day, or a number since 1970 whose unit is the same in all the file.
package struct FieldTime: Sendable {
    /// What the times of a file are.
    package enum Kind: Hashable, Sendable {
        case text
        case seconds
        case milliseconds
        case microseconds
        case nanoseconds

        /// What a number since 1970 must be, for an instant between 1973 and 5138.
        init(magnitude: UInt64) {
            switch magnitude {
            case ..<100_000_000_000: self = .seconds
            case ..<100_000_000_000_000: self = .milliseconds
            case ..<100_000_000_000_000_000: self = .microseconds
            default: self = .nanoseconds
            }
        }

        package var name: String {
            switch self {
            case .text: "ISO 8601"
            case .seconds: "seconds"
            case .milliseconds: "milliseconds"
            case .microseconds: "microseconds"
            case .nanoseconds: "nanoseconds"
            }
        }
    }

    /// That of the first row whose time could be read.
    private(set) var kind: Kind?
    private let calendar: TradingCalendar?
    private let isIntraday: Bool
    private var day: TradingDay?
    private var startOfDay = Timestamp(microseconds: 0)

    /// `calendar`: `nil` when the file can be about markets whose days start at different times.
    package init(calendar: TradingCalendar?, timeframe: Timeframe) {
        self.calendar = calendar
        isIntraday = timeframe.isIntraday
    }

    /// A number of the file, in milliseconds; `nil` when it is between two.
    /// - Throws: `mixedTimes` when its unit is not that of the rows before.
    @inline(__always)
    mutating func milliseconds(_ value: Int64) throws(CandleFileFault.Problem) -> Int64? {
        // 20240102 as seconds would be a day of 1970.
        if (19_000_101..<21_000_101).contains(value), kind == nil || kind == .text, let day = Self.day(packed: value) {
            return try milliseconds(of: day)
        }
        let found = Kind(magnitude: value.magnitude)
        if found != kind { try settle(found) }
        switch found {
        case .seconds: return value * 1000
        case .milliseconds, .text: return value
        case .microseconds: return value % 1000 == 0 ? value / 1000 : nil
        case .nanoseconds: return value % 1_000_000 == 0 ? value / 1_000_000 : nil
        }
    }

    /// A time that is no number, in milliseconds; `nil` when it can't be read.
    ///
    /// A day is the start of its candle in the market's zone. So is midnight without a zone, where candles are of days or
    /// weeks; any other time without a zone is UTC.
    /// - Throws: `mixedTimes` when the rows before have numbers.
    mutating func milliseconds(_ text: UnsafeBufferPointer<UInt8>) throws(CandleFileFault.Problem) -> Int64? {
        guard let day = Self.day(text) else { return nil }
        guard text.count > 10 else { return try milliseconds(of: day) }
        guard let time = Timestamp(iso: String(decoding: text, as: UTF8.self)) else { return nil }
        if !isIntraday, time == day.startUTC, !Self.hasZone(text) { return try milliseconds(of: day) }
        try settle(.text)
        return time.microseconds % 1000 == 0 ? time.milliseconds : nil
    }

    private mutating func milliseconds(of day: TradingDay) throws(CandleFileFault.Problem) -> Int64 {
        try settle(.text)
        guard let calendar else { throw .dayOfAnyMarket }
        if day != self.day {
            self.day = day
            startOfDay = calendar.start(of: day)
        }
        return startOfDay.milliseconds
    }

    private mutating func settle(_ found: Kind) throws(CandleFileFault.Problem) {
        guard let kind else {
            kind = found
            return
        }
        if kind != found { throw .mixedTimes(was: kind.name, now: found.name) }
    }

    private static func hasZone(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.dropFirst(10).contains { byte in
            byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        }
    }

    /// `YYYY-MM-DD` at the start.
    private static func day(_ text: UnsafeBufferPointer<UInt8>) -> TradingDay? {
        guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
        var packed: Int64 = 0
        for index in [0, 1, 2, 3, 5, 6, 8, 9] {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            packed = packed * 10 + Int64(digit)
        }
        return day(packed: packed)
    }

    private static func day(packed: Int64) -> TradingDay? {
        let (year, month, day) = (Int(packed / 10_000), Int(packed / 100 % 100), Int(packed % 100))
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let found = TradingDay(year: year, month: month, day: day)
        // 2019-02-30 is another day.
        return found.civil.day == day ? found : nil
    }
}
