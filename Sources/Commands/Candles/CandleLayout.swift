import Records
import Store
import Warehouse

/// A stored candle with the series that it belongs to.
struct CandleRecord: Sendable {
    let ticker: Ticker
    let timeframe: Timeframe
    let stored: CandleStore.Stored
}

extension RecordLayout<CandleRecord> {
    /// The columns of an export, named as in the HTTP interface.
    static let candles = RecordLayout([
        Field("symbol") { .text($0.ticker.symbol) },
        Field("timeframe") { .text($0.timeframe.rawValue) },
        Field("time") { .time($0.stored.candle.time) },
        Field("open") { .real($0.stored.candle.open) },
        Field("high") { .real($0.stored.candle.high) },
        Field("low") { .real($0.stored.candle.low) },
        Field("close") { .real($0.stored.candle.close) },
        Field("volume") { .real($0.stored.candle.volume) },
        Field("vwap") { .real($0.stored.candle.vwap) },
        Field("trades") { .integer($0.stored.candle.trades) },
        Field("source") { .text($0.stored.source.rawValue) },
        Field("validated") { _ in .flag(true) },
        Field("quality_score") { .real($0.stored.candle.flags.qualityScore(assetClass: $0.ticker.assetClass)) },
        Field("validation_notes") { .text($0.stored.candle.flags.validationNotes) },
        Field("gap_detected") { .flag($0.stored.candle.flags.contains(.gap)) },
        Field("volume_anomaly") { .flag($0.stored.candle.flags.contains(.volumeAnomaly)) },
        Field("fetched_at") { .time($0.stored.fetchedAt) },
    ])
}
