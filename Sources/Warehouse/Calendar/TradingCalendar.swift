/// On which days, and when on them, a market trades.
///
/// The New York Stock Exchange's days come from a table (1990–2030); in other years every weekday counts as a session
/// from 9:30 to 16:00, so holidays there show up as missing sessions.
package enum TradingCalendar: Hashable, Sendable {
    /// Sessions of the New York Stock Exchange: 9:30 to 16:00 New York time, earlier before some holidays.
    case newYorkStockExchange
    /// Every day from midnight to midnight UTC.
    case everyDayUTC

    package init(for assetClass: AssetClass) {
        self =
            switch assetClass {
            case .stock, .etf: .newYorkStockExchange
            case .crypto: .everyDayUTC
            }
    }

    /// Whether the market trades on `day`.
    package func isSession(_ day: TradingDay) -> Bool {
        switch self {
        case .everyDayUTC: true
        case .newYorkStockExchange: (1...5).contains(day.weekday) && !Self.closings.contains(day)
        }
    }

    /// The trading hours of `day`; `nil` when the market is closed.
    package func session(on day: TradingDay) -> TradingSession? {
        guard isSession(day) else { return nil }
        switch self {
        case .everyDayUTC:
            return TradingSession(day: day, open: day.startUTC, close: day.advanced(by: 1).startUTC)
        case .newYorkStockExchange:
            return TradingSession(
                day: day,
                open: NewYorkTime.instant(on: day, hour: 9, minute: 30),
                close: NewYorkTime.instant(on: day, hour: Self.closingHour(of: day))
            )
        }
    }

    /// The days with a session, ascending.
    package func sessionDays(in days: Range<TradingDay>) -> [TradingDay] {
        (days.lowerBound.daysSince1970..<days.upperBound.daysSince1970).lazy
            .map(TradingDay.init(daysSince1970:))
            .filter(isSession)
    }

    /// The sessions, ascending.
    package func sessions(in days: Range<TradingDay>) -> [TradingSession] {
        sessionDays(in: days).compactMap(session(on:))
    }

    /// How many sessions there are.
    ///
    /// Takes the same short time for a day and for a century.
    package func sessionCount(in days: Range<TradingDay>) -> Int {
        let count = days.upperBound.daysSince1970 - days.lowerBound.daysSince1970
        switch self {
        case .everyDayUTC: return count
        case .newYorkStockExchange:
            return Self.weekdays(before: days.upperBound) - Self.weekdays(before: days.lowerBound)
                - Self.closings.count(in: days)
        }
    }

    /// The day, in the market's zone, that `time` falls on, whether the market trades on it or not.
    package func sessionDay(of time: Timestamp) -> TradingDay {
        switch self {
        case .everyDayUTC: time.dayUTC
        case .newYorkStockExchange: NewYorkTime.day(at: time)
        }
    }

    /// The first instant of `day` in the market's zone, which is the start of its day candle.
    package func start(of day: TradingDay) -> Timestamp {
        switch self {
        case .everyDayUTC: day.startUTC
        case .newYorkStockExchange: NewYorkTime.midnight(of: day)
        }
    }

    /// The first session of the week, Sunday to Saturday, that `day` is in; `nil` when there is none.
    ///
    /// Week candles start on Sunday. An exchange trades from Monday to Friday, so the sessions of such a week are those
    /// of the ISO week (Monday to Sunday) that begins a day later.
    package func firstSession(ofWeekOf day: TradingDay) -> TradingDay? {
        let sunday = day.advanced(by: -day.weekday)
        return (0..<7).lazy.map(sunday.advanced(by:)).first(where: isSession)
    }
}

extension TradingCalendar {
    private static let closings = DayTable(NYSECalendar.holidays + NYSECalendar.adHocClosings)
    static let closingsAtOne = DayTable(NYSECalendar.closingsAtOne)
    static let closingsAtTwo = DayTable(NYSECalendar.closingsAtTwo)

    private static func closingHour(of day: TradingDay) -> Int {
        if closingsAtOne.contains(day) { return 13 }
        return closingsAtTwo.contains(day) ? 14 : 16
    }

    /// Weekdays from Sunday, 1969-12-28 to before `day`, negative when it is earlier: only differences matter.
    private static func weekdays(before day: TradingDay) -> Int {
        let sunday = day.daysSince1970 - day.weekday
        return (sunday + 4).flooredDivision(by: 7) * 5 + min(max(day.weekday - 1, 0), 5)
    }
}
