/// How far the candles of an active symbol reach.
package struct SymbolFreshness: Hashable, Sendable {
    package let ticker: Ticker
    package let dateAdded: Timestamp
    /// The start of the last candle of each timeframe that is kept; `nil` where there is no candle.
    package let lastCandles: [Timeframe: Timestamp?]

    package init(ticker: Ticker, dateAdded: Timestamp, lastCandles: [Timeframe: Timestamp?]) {
        self.ticker = ticker
        self.dateAdded = dateAdded
        self.lastCandles = lastCandles
    }

    /// The timeframes that lack candles which should be there at `now`, ascending.
    ///
    /// A session's candles should be there `delay` after its end, a week's after the end of its last session. So weekends
    /// and holidays make nothing stale. Of what was before the symbol was tracked nothing is expected when there is no
    /// candle at all.
    package func staleTimeframes(at now: Timestamp, after delay: Duration) -> [Timeframe] {
        let calendar = TradingCalendar(for: ticker.assetClass)
        guard let session = calendar.lastSession(endedBy: now - delay) else { return [] }
        return lastCandles.keys.sorted().filter { timeframe in
            let expected: Timestamp? =
                switch timeframe {
                case .oneWeek: calendar.startOfLastWeek(endedWith: session.day)
                case .oneDay: calendar.start(of: session.day)
                default: session.open
                }
            guard let expected else { return false }
            if let last = lastCandles[timeframe] ?? nil { return last < expected }
            return expected >= dateAdded
        }
    }
}

extension TradingCalendar {
    /// The last session that was over at `time`; `nil` when there was none for a month.
    package func lastSession(endedBy time: Timestamp) -> TradingSession? {
        let day = sessionDay(of: time)
        return (0..<31).lazy.compactMap { session(on: day.advanced(by: -$0)) }.first { $0.close <= time }
    }

    /// The start of the last week, Sunday to Saturday, that had no session left after that of `day`.
    fileprivate func startOfLastWeek(endedWith day: TradingDay) -> Timestamp {
        let sunday = day.advanced(by: -day.weekday)
        let isOver = sessionDays(in: day.advanced(by: 1)..<sunday.advanced(by: 7)).isEmpty
        return start(of: isOver ? sunday : sunday.advanced(by: -7))
    }
}
