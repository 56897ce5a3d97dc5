import Warehouse

/// The windows of a timeframe in which a market trades, ascending and without end.
///
/// They are the ones that the calendar expects candles of: those that overlap a session, a day for each session, a week
/// for each week that holds one.
struct SimulatedWindows: IteratorProtocol {
    /// A window of time and the part of it in which the market is open.
    struct Window: Hashable {
        /// Where the candle's window starts.
        let start: Timestamp
        let opens: Timestamp
        let closes: Timestamp
    }

    private let calendar: TradingCalendar
    private let timeframe: Timeframe
    private let grid: TimeGrid
    private let first: Timestamp
    /// The day, or the Sunday of the week, that comes next.
    private var day: TradingDay
    /// The session that is being cut into windows, and where the next one starts.
    private var session: TradingSession?
    private var nextStart: Timestamp

    /// Windows that start at or after `first`.
    init(assetClass: AssetClass, timeframe: Timeframe, from first: Timestamp) {
        calendar = TradingCalendar(for: assetClass)
        grid = TimeGrid(assetClass: assetClass, timeframe: timeframe)
        self.timeframe = timeframe
        self.first = first
        let firstDay = calendar.sessionDay(of: first)
        day = timeframe == .oneWeek ? firstDay.advanced(by: -firstDay.weekday) : firstDay
        nextStart = first
    }

    mutating func next() -> Window? {
        while true {
            let window = timeframe.isIntraday ? nextOfSession() : nextOfDays()
            if let window, window.start >= first { return window }
        }
    }

    /// The next window of the current session; `nil` when it's over, and the next one is begun.
    private mutating func nextOfSession() -> Window? {
        guard let session, nextStart < session.close else {
            session = calendar.session(on: day)
            day = day.advanced(by: 1)
            if let session { nextStart = grid.start(of: session.open) }
            return nil
        }
        // Clocks never change within a session, so windows are equally long.
        let start = nextStart
        nextStart = start + timeframe.duration
        return Window(start: start, opens: max(start, session.open), closes: min(nextStart, session.close))
    }

    /// The next day or week; `nil` when nothing is traded in it.
    private mutating func nextOfDays() -> Window? {
        let days = day..<day.advanced(by: timeframe == .oneWeek ? 7 : 1)
        day = days.upperBound
        let sessions = calendar.sessions(in: days)
        guard let opening = sessions.first, let closing = sessions.last else { return nil }
        return Window(start: calendar.start(of: days.lowerBound), opens: opening.open, closes: closing.close)
    }
}
