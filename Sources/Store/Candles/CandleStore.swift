package import Warehouse

/// The candles, what was refused, and the statistics that are kept beside them.
package struct CandleStore: Sendable {
    let engine: any StoreEngine

    /// What the store knows of a series without looking at its candles.
    package struct Statistics: Hashable, Sendable {
        package let series: CandleSeries
        package let candles: Int64
        package let first: Timestamp?
        package let last: Timestamp?
        package let rejected: Int64
        package let revisions: Int64
        package let gaps: Int64
        package let volumeAnomalies: Int64
        package let source: CandleSource?

        /// Share of what the vendor sent that passed validation, 0…1; `nil` when nothing was sent.
        package var validatedShare: Double? {
            let sent = candles + rejected
            return sent == 0 ? nil : Double(candles) / Double(sent)
        }
    }

    /// A candle with what the store keeps beside it.
    package struct Stored: Hashable, Sendable {
        package let candle: Candle
        package let source: CandleSource
        package let fetchedAt: Timestamp
    }

    /// The candles of a series that start in `range`, the oldest first: at most `limit`.
    package func list(
        _ series: CandleSeries,
        in range: Range<Timestamp>,
        limit: Int
    ) async throws -> [Stored] {
        try await engine.read { session in
            try session.rows(
                """
                SELECT time, open, high, low, close, volume, vwap, trades, flags, source, fetched_at FROM candles
                WHERE symbol_id = ? AND timeframe = ? AND time >= ? AND time < ? ORDER BY time LIMIT ?
                """,
                [
                    .id(series.symbol), .text(series.timeframe), .time(range.lowerBound), .time(range.upperBound),
                    .integer(limit),
                ]
            ) { row in
                let candle = try Self.candle(&row)
                return Stored(candle: candle, source: try row.value(), fetchedAt: row.time())
            }
        }
    }

    /// The newest `count` candles of a series, the oldest first.
    package func newest(_ count: Int, of series: CandleSeries) async throws -> [Candle] {
        try await engine.read { session in
            try session.rows(
                """
                SELECT time, open, high, low, close, volume, vwap, trades, flags FROM candles
                WHERE symbol_id = ? AND timeframe = ? ORDER BY time DESC LIMIT ?
                """,
                [.id(series.symbol), .text(series.timeframe), .integer(count)],
                Self.candle
            ).reversed()
        }
    }

    /// The statistics of a symbol's series, or of all, by symbol and timeframe.
    ///
    /// Costs no look at a candle.
    package func statistics(of symbol: SymbolID? = nil) async throws -> [Statistics] {
        try await engine.read { session in
            try session.rows(
                """
                SELECT symbol_id, timeframe, candles, first_time, last_time, rejected, revisions, gaps,
                       volume_anomalies, source
                FROM symbol_stats \(symbol == nil ? "" : "WHERE symbol_id = ?") ORDER BY symbol_id, timeframe
                """,
                symbol.map { [.id($0)] } ?? []
            ) { row in
                Statistics(
                    series: CandleSeries(symbol: SymbolID(row.integer()), timeframe: try row.value()),
                    candles: row.integer(),
                    first: row.optionalTime(),
                    last: row.optionalTime(),
                    rejected: row.integer(),
                    revisions: row.integer(),
                    gaps: row.integer(),
                    volumeAnomalies: row.integer(),
                    source: row.optionalText().flatMap { CandleSource(rawValue: $0) }
                )
            }
        }
    }

    /// The candles that validation refused, the newest first: at most `limit`.
    package func rejected(of symbol: SymbolID, limit: Int) async throws -> [Rejection] {
        try await engine.read { session in
            try session.rows(
                """
                SELECT timeframe, time, rule, reason, raw, source, rejected_at FROM rejected_candles
                WHERE symbol_id = ? ORDER BY id DESC LIMIT ?
                """,
                [.id(symbol), .integer(limit)]
            ) { row in
                let timeframe: Timeframe = try row.value()
                let time = row.optionalTime()
                let rule: RuleID = try row.value()
                let reason = row.text()
                let rejected = RejectedCandle(rule: rule, time: time, raw: row.text(), reason: reason)
                return Rejection(
                    candle: rejected,
                    timeframe: timeframe,
                    source: try row.value(),
                    rejectedAt: row.time()
                )
            }
        }
    }

    /// A refused candle with what the store keeps beside it.
    package struct Rejection: Hashable, Sendable {
        package let candle: RejectedCandle
        package let timeframe: Timeframe
        package let source: CandleSource
        package let rejectedAt: Timestamp
    }

    /// What is known of the candles that should exist in a series, ascending and disjoint.
    package func coverage(of series: CandleSeries) async throws -> [CoverageInterval] {
        try await engine.read { try $0.coverage(of: series, touching: nil) }
    }
}
