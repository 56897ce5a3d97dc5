/// The second pass over a page: flags what is strange about candles that are stored (V12 to V19).
struct CandleAnomalies {
    private let isIntraday: Bool
    private let grid: TimeGrid
    private let now: Timestamp
    private let gapLimit: Double

    init(request: CandleRequest, grid: TimeGrid, now: Timestamp) {
        isIntraday = request.timeframe.isIntraday
        gapLimit = request.ticker.assetClass == .crypto ? 0.2 : 0.1
        self.grid = grid
        self.now = now
    }

    /// Sets the flags of `candles` and moves `context` behind them.
    func flag(_ candles: inout [Candle], context: inout PageContext) {
        guard let first = candles.first else { return }
        if let known = context.last, known.time >= first.time {
            // Stored candles that don't lie before the page say nothing about it.
            context = PageContext()
        }
        let volumes = context.volumes + candles.map(\.volume)
        var median = VolumeMedian(volumes: volumes)
        var previousClose = context.last?.close
        var index = volumes.count - candles.count
        // Nothing that started this long ago is still settling: no window is longer than a week and an hour.
        let longAgo = now - .seconds(10 * 86_400)
        candles.withUnsafeMutableBufferPointer { candles in
            for position in candles.indices {
                let candle = candles[position]
                var flags = Self.flagsOfValues(candle)
                if candle.time > longAgo, now < grid.settlement(of: candle.time) {
                    flags.insert(.provisional)
                }
                if !isIntraday, let previousClose {
                    flags.formUnion(gapFlags(open: candle.open, previousClose: previousClose))
                }
                if median.isAnomaly(at: index) {
                    flags.insert(.volumeAnomaly)
                }
                if context.countUnchanged(candle, intraday: isIntraday) >= (isIntraday ? 30 : 5) {
                    flags.insert(.unchanged)
                }
                candles[position].flags = flags
                previousClose = candle.close
                index += 1
            }
        }
        if let last = candles.last {
            context.advance(to: last, volumes: volumes)
        }
    }

    /// V13, V17, V18.
    @inline(__always)
    private static func flagsOfValues(_ candle: Candle) -> CandleFlags {
        var flags: CandleFlags = []
        // A move of over 500 % is always within such a range: low is at most open, high at least close.
        if candle.high - candle.low > 5 * candle.low {
            flags.insert(.extremeMove)
        }
        if candle.volume == 0 {
            flags.insert(.zeroVolume)
        }
        if let vwap = candle.vwap, vwap < candle.low || vwap > candle.high {
            flags.insert(.vwapOutsideRange)
        }
        return flags
    }

    /// V14, V15.
    private func gapFlags(open: Double, previousClose: Double) -> CandleFlags {
        guard (open - previousClose).magnitude / previousClose > gapLimit else { return [] }
        return SplitRatio.fits(from: previousClose, to: open) ? [.gap, .possibleSplit] : .gap
    }
}
