/// Makes longer candles of shorter ones.
package struct CandleDerivation: Sendable {
    private let grid: TimeGrid

    package init(assetClass: AssetClass, timeframe: Timeframe) {
        grid = TimeGrid(assetClass: assetClass, timeframe: timeframe)
    }

    /// One candle for each window in which one of `candles` starts, flagged as derived.
    ///
    /// `candles`: ascending, all of the windows that they touch. The volume-weighted price is there when all that were
    /// traded have one, the number of trades when all have it.
    package func derive(_ candles: some Sequence<Candle>) -> [Candle] {
        var derived: [Candle] = []
        var window: Window?
        for candle in candles {
            let start = grid.start(of: candle.time)
            if window?.candle.time != start {
                if let window { derived.append(window.finished) }
                window = Window(start: start, first: candle)
            } else {
                window?.add(candle)
            }
        }
        if let window { derived.append(window.finished) }
        return derived
    }

    /// A window that is being summed up.
    private struct Window {
        var candle: Candle
        /// Sum of volume-weighted price times volume; `nil` when a part of it is not known.
        private var turnover: Double?
        private var trades: Int64?

        init(start: Timestamp, first: Candle) {
            candle = first
            candle.time = start
            candle.flags = [.derived]
            turnover = Self.turnover(of: first)
            trades = first.trades
        }

        mutating func add(_ next: Candle) {
            candle.high = max(candle.high, next.high)
            candle.low = min(candle.low, next.low)
            candle.close = next.close
            candle.volume += next.volume
            turnover = turnover.flatMap { sum in Self.turnover(of: next).map { sum + $0 } }
            trades = trades.flatMap { sum in next.trades.map { sum + $0 } }
        }

        var finished: Candle {
            var candle = candle
            candle.vwap = candle.volume > 0 ? turnover.map { $0 / candle.volume } : nil
            candle.trades = trades
            return candle
        }

        private static func turnover(of candle: Candle) -> Double? {
            candle.volume == 0 ? 0 : candle.vwap.map { $0 * candle.volume }
        }
    }
}
