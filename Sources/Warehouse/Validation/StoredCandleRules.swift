/// The rules as far as they can be judged of one candle that another warehouse has stored: V01 to V05, V12, V13, V17.
///
/// Gaps and unusual volumes (V14, V16) are taken over from who saw the candles in their order. A candle off the grid
/// (V07) is told of and not refused: its prices are as good as they were.
package struct StoredCandleRules {
    private let grid: TimeGrid

    package init(assetClass: AssetClass, timeframe: Timeframe) {
        grid = TimeGrid(assetClass: assetClass, timeframe: timeframe)
    }

    /// The candle with its flags, or why it is none.
    package enum Verdict: Hashable, Sendable {
        case candle(Candle, isOnGrid: Bool)
        case refused(RuleNote)
    }

    package func judge(_ stored: LegacyCandle) -> Verdict {
        guard let time = stored.time else {
            return .refused(RuleNote(.v01, "the time is missing or can't be read"))
        }
        guard Self.plausible.contains(time) else {
            return .refused(RuleNote(.v05, "the time \(time) lies outside of 1973 to 5138"))
        }
        let bar = stored.bar
        guard bar.isWellFormed else {
            return .refused(bar.faultOfValues ?? RuleNote(.v01, "a value is missing or not a number"))
        }
        var flags = stored.flags
        if bar.high - bar.low > 5 * bar.low { flags.insert(.extremeMove) }
        if bar.volume == 0 { flags.insert(.zeroVolume) }
        // What was fetched long after its start was settled: no window is longer than a week and an hour.
        if let fetched = stored.fetchedAt, fetched < time + .seconds(10 * 86_400),
            fetched < grid.settlement(of: time)
        {
            flags.insert(.provisional)
        }
        let candle = Candle(
            time: time,
            open: bar.open,
            high: bar.high,
            low: bar.low,
            close: bar.close,
            volume: bar.volume,
            vwap: bar.vwap.flatMap { $0.isFinite ? $0 : nil },
            trades: bar.trades,
            flags: flags
        )
        return .candle(candle, isOnGrid: grid.contains(time))
    }

    /// V05 in microseconds.
    private static let plausible =
        Timestamp(milliseconds: 100_000_000_001)..<Timestamp(milliseconds: 100_000_000_000_000)
}
