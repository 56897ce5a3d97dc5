import Store
import Warehouse

extension Candle {
    /// A candle of the day `day` after 2026-01-01, with a value of its own.
    static func sample(_ day: Int, close: Double = 10, volume: Double = 1000, flags: CandleFlags = []) -> Candle {
        Candle(
            time: .sample(day),
            open: 10,
            high: 20,
            low: 5,
            close: close,
            volume: volume,
            vwap: 10.5,
            trades: 7,
            flags: flags
        )
    }
}

extension Timestamp {
    /// The start of the day `day` after 2026-01-01 in New York, where winter is five hours behind UTC.
    static func sample(_ day: Int) -> Timestamp { Timestamp(seconds: 1_767_243_600 + Int64(day) * 86_400) }
}

extension CandleBatch {
    static func sample(
        _ candles: [Candle],
        rejected: [RejectedCandle] = [],
        coverage: [CoverageInterval] = [],
        source: CandleSource = .polygon,
        fetchedAt: Timestamp = TestStore.start
    ) -> CandleBatch {
        CandleBatch(candles: candles[...], rejected: rejected, coverage: coverage, source: source, fetchedAt: fetchedAt)
    }
}
