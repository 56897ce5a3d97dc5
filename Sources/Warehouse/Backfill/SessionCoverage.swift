/// What candles of a file let the store know about the sessions that they are of.
package struct SessionCoverage: Sendable {
    private let calendar: TradingCalendar
    private let grid: TimeGrid
    private let timeframe: Timeframe

    package init(assetClass: AssetClass, timeframe: Timeframe) {
        calendar = TradingCalendar(for: assetClass)
        grid = TimeGrid(assetClass: assetClass, timeframe: timeframe)
        self.timeframe = timeframe
    }

    /// The intervals to be marked, ascending: each session (or week) with a candle, and the days without a session before
    /// it, since the session before that.
    ///
    /// A session whose figures can still change is provisional up to its last candle. A session without a candle is left
    /// as it is: a file may lack what the vendor has. `isLast`: whether the last session is complete; else it is marked
    /// up to its last candle, so that what was not stored yet is never taken for had.
    package func intervals(of candles: ArraySlice<Candle>, isLast: Bool, now: Timestamp) -> [CoverageInterval] {
        var marked: [CoverageInterval] = []
        var index = candles.startIndex
        while index < candles.endIndex {
            let day = startDay(of: candles[index].time)
            let nextDay = day.advanced(by: step)
            let end = calendar.start(of: nextDay)
            var last = candles[index].time
            while index < candles.endIndex, candles[index].time < end {
                last = candles[index].time
                index += 1
            }
            let isSettled = grid.settlement(of: end - .microseconds(1)) <= now
            let isWhole = isSettled && (isLast || index < candles.endIndex)
            let upper = isWhole ? end : min(grid.start(after: last), end)
            append(start(of: day)..<upper, isSettled ? .had : .provisional, to: &marked)
        }
        return marked
    }

    private func append(_ range: Range<Timestamp>, _ state: CoverageState, to marked: inout [CoverageInterval]) {
        if let last = marked.last, last.state == state, last.range.upperBound >= range.lowerBound {
            marked[marked.count - 1].range = last.range.lowerBound..<range.upperBound
        } else {
            marked.append(CoverageInterval(range, state))
        }
    }

    private var step: Int { timeframe == .oneWeek ? 7 : 1 }

    /// The day on which the session, or week, of a candle starts.
    private func startDay(of time: Timestamp) -> TradingDay {
        let day = calendar.sessionDay(of: time)
        return timeframe == .oneWeek ? day.advanced(by: -day.weekday) : day
    }

    /// The end of the session before `day`: what lies between needs no candle.
    private func start(of day: TradingDay) -> Timestamp {
        var first = day
        guard timeframe != .oneWeek else { return calendar.start(of: first) }
        // No exchange is closed for longer.
        for _ in 0..<10 where !calendar.isSession(first.advanced(by: -1)) { first = first.advanced(by: -1) }
        return calendar.start(of: first)
    }
}
