/// What a backfill will do, before it does it: which stretches it asks the vendor for, which it makes of candles that are
/// there, and how long the vendor's rate limit makes it last.
package struct BackfillPlan: Hashable, Sendable {
    /// A piece of work: one request to the vendor, or one stretch that is computed.
    package enum Step: Hashable, Sendable {
        case fetch(Range<Timestamp>)
        /// Made of shorter candles, which cover it completely.
        case derive(Range<Timestamp>, from: Timeframe)

        package var range: Range<Timestamp> {
            switch self {
            case .fetch(let range), .derive(let range, _): range
            }
        }
    }

    /// Ascending.
    package let steps: [Step]

    /// Plans for `range`, the start times that are wanted, on the timeframe's grid.
    ///
    /// `coverage`: what is known of the series. `base`: the timeframe that candles can be made of, with what is known of it;
    /// `nil` when there is none. What is settled is not asked for again, nor is a stretch on whose days the market does not
    /// trade.
    package init(
        of range: Range<Timestamp>,
        ticker: Ticker,
        timeframe: Timeframe,
        coverage: [CoverageInterval],
        base: (timeframe: Timeframe, coverage: [CoverageInterval])?
    ) {
        let windows = RequestWindows(assetClass: ticker.assetClass, timeframe: timeframe)
        let grid = TimeGrid(assetClass: ticker.assetClass, timeframe: timeframe)
        var steps: [Step] = []
        for open in coverage.uncovered(in: range, by: CoverageState.settled) {
            guard let base else {
                steps += windows.windows(of: open).map { .fetch($0) }
                continue
            }
            var position = open.lowerBound
            for gap in base.coverage.uncovered(in: open, by: CoverageState.complete) {
                // Windows that the gap cuts can't be computed either.
                let gap = grid.snapped(gap)
                if position < gap.lowerBound {
                    steps += Self.chunks(of: position..<gap.lowerBound, on: grid).map {
                        .derive($0, from: base.timeframe)
                    }
                }
                let lower = max(position, gap.lowerBound)
                if lower < gap.upperBound {
                    steps += windows.windows(of: lower..<min(gap.upperBound, open.upperBound)).map { .fetch($0) }
                }
                position = max(position, gap.upperBound)
            }
            if position < open.upperBound {
                steps += Self.chunks(of: position..<open.upperBound, on: grid).map { .derive($0, from: base.timeframe) }
            }
        }
        self.steps = Self.joined(steps, windows)
    }

    /// Requests to the vendor.
    package var requests: Int {
        steps.count { if case .fetch = $0 { true } else { false } }
    }

    /// Stretches that are computed.
    package var derived: Int { steps.count - requests }

    /// How long the requests take when so many are allowed in a minute; `nil` when there is no limit.
    package func duration(requestsPerMinute: Int) -> Duration? {
        guard requestsPerMinute > 0 else { return nil }
        // The first ones of a minute come at once, all others wait for the minute to pass.
        return .seconds(60 * (max(0, requests - 1) / requestsPerMinute))
    }

    /// Stretches that are computed one after the other, so that none takes much memory or time.
    private static func chunks(of range: Range<Timestamp>, on grid: TimeGrid) -> [Range<Timestamp>] {
        let length = Duration.seconds(56 * 86_400)
        var chunks: [Range<Timestamp>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min(range.upperBound, grid.start(of: start + length))
            chunks.append(start..<end)
            start = end
        }
        return chunks
    }

    /// Neighbouring fetches as one, cut anew: what stood between them may have been nothing.
    private static func joined(_ steps: [Step], _ windows: RequestWindows) -> [Step] {
        var joined: [Step] = []
        var open: Range<Timestamp>?
        func close() {
            if let range = open { joined += windows.windows(of: range).map { .fetch($0) } }
            open = nil
        }
        for step in steps {
            switch step {
            case .fetch(let range):
                if let started = open, started.upperBound == range.lowerBound {
                    open = started.lowerBound..<range.upperBound
                } else {
                    close()
                    open = range
                }
            case .derive:
                close()
                joined.append(step)
            }
        }
        close()
        return joined
    }
}

extension Timeframe {
    /// The shorter timeframe that candles of this one can be made of.
    package var base: Timeframe? {
        switch self {
        case .fifteenMinutes, .thirtyMinutes, .oneHour: .fiveMinutes
        case .oneWeek: .oneDay
        case .fiveMinutes, .fourHours, .oneDay: nil
        }
    }
}
