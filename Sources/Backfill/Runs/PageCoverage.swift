import Warehouse

/// What a page lets the store know about the time it answers for.
struct PageCoverage {
    private let calendar: TradingCalendar
    private let grid: TimeGrid
    private let timeframe: Timeframe

    init(ticker: Ticker, timeframe: Timeframe) {
        calendar = TradingCalendar(for: ticker.assetClass)
        grid = TimeGrid(assetClass: ticker.assetClass, timeframe: timeframe)
        self.timeframe = timeframe
    }

    /// The intervals to be marked, ascending; what they leave out of `range` is unknown and is asked for again.
    ///
    /// Settled time is `had`, or `confirmedEmpty` when no candle is in it. A session without any candle is `missing`: the
    /// vendor is known to answer without one that it has. What is not settled is `provisional` up to its last candle.
    /// `last`: the start of the candle before `candles`; a session that it belongs to is not without one.
    func intervals(
        in range: Range<Timestamp>,
        candles: ArraySlice<Candle>,
        after last: Timestamp?,
        now: Timestamp
    ) -> [CoverageInterval] {
        guard !range.isEmpty else { return [] }
        var marked: [CoverageInterval] = []
        let unsettled = firstUnsettled(at: now)
        let settled = range.clamped(to: range.lowerBound..<max(range.lowerBound, unsettled))
        if !settled.isEmpty {
            let hasCandle = candles.first.map { $0.time < settled.upperBound } ?? false
            var position = settled.lowerBound
            for hole in missingSessions(in: settled, candles: candles, after: last) {
                if position < hole.lowerBound {
                    marked.append(CoverageInterval(position..<hole.lowerBound, hasCandle ? .had : .confirmedEmpty))
                }
                marked.append(CoverageInterval(hole, .missing))
                position = hole.upperBound
            }
            if position < settled.upperBound {
                marked.append(CoverageInterval(position..<settled.upperBound, hasCandle ? .had : .confirmedEmpty))
            }
        }
        if let newest = candles.last?.time, newest >= unsettled {
            let end = min(grid.start(after: newest), range.upperBound)
            marked.append(CoverageInterval(max(range.lowerBound, unsettled)..<end, .provisional))
        }
        return marked
    }

    /// The first window whose figures can still change at `now`.
    private func firstUnsettled(at now: Timestamp) -> Timestamp {
        var start = grid.start(of: now)
        while case let before = grid.start(of: start - .microseconds(1)), grid.settlement(of: before) > now {
            start = before
        }
        return start
    }

    /// The parts of `range` in which candles are expected and none is.
    private func missingSessions(
        in range: Range<Timestamp>,
        candles: ArraySlice<Candle>,
        after last: Timestamp?
    ) -> [Range<Timestamp>] {
        var missing: [Range<Timestamp>] = []
        var index = candles.startIndex
        var day = calendar.sessionDay(of: range.lowerBound)
        let step = timeframe == .oneWeek ? 7 : 1
        if timeframe == .oneWeek { day = day.advanced(by: -day.weekday) }
        var start = calendar.start(of: day)
        while start < range.upperBound {
            let end = calendar.start(of: day.advanced(by: step))
            while index < candles.endIndex, candles[index].time < start { index += 1 }
            let hasCandle = index < candles.endIndex && candles[index].time < end
            let hadCandle = last.map { $0 >= start && $0 < end } ?? false
            if !hasCandle, !hadCandle, isExpected(day, startingAt: start, in: range) {
                missing.append((start..<end).clamped(to: range))
            }
            day = day.advanced(by: step)
            start = end
        }
        return missing
    }

    private func isExpected(_ day: TradingDay, startingAt start: Timestamp, in range: Range<Timestamp>) -> Bool {
        switch timeframe {
        case .oneWeek: return range.contains(start) && calendar.firstSession(ofWeekOf: day) != nil
        case .oneDay: return range.contains(start) && calendar.isSession(day)
        default:
            guard let session = calendar.session(on: day) else { return false }
            return session.open < range.upperBound && session.close > range.lowerBound
        }
    }
}
