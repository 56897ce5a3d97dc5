package import Warehouse

extension CandleStore {
    /// A batch with the series that it is of.
    package struct SeriesBatch: Sendable {
        package var series: CandleSeries
        package var batch: CandleBatch

        package init(_ batch: CandleBatch, of series: CandleSeries) {
            self.series = series
            self.batch = batch
        }
    }

    /// Stores batches in one transaction, by the same rules as a page of a backfill.
    ///
    /// The same batches a second time change nothing. When anything changes, `event` is audited in the transaction.
    /// - Throws: ``StoreError/mixedSources(symbol:has:wants:)``: then nothing was stored.
    package func write(_ batches: [SeriesBatch], auditing event: AuditEvent? = nil) async throws -> BatchOutcome {
        guard let now = batches.first?.batch.fetchedAt else { return BatchOutcome() }
        return try await engine.write { session in
            var outcome = BatchOutcome()
            for entry in batches { outcome.add(try session.outcome(ofStoring: entry.batch, of: entry.series)) }
            if outcome.changesAnything, let event { try session.append(event, at: now) }
            return outcome
        }
    }

    /// The last candles of a series before `time`, ascending, `limit` at most.
    package func last(_ limit: Int, of series: CandleSeries, before time: Timestamp) async throws -> [Candle] {
        try await engine.read { session in
            try session.rows(
                """
                SELECT time, open, high, low, close, volume, vwap, trades, flags FROM candles
                WHERE symbol_id = ? AND timeframe = ? AND time < ? ORDER BY time DESC LIMIT ?
                """,
                [.id(series.symbol), .text(series.timeframe), .time(time), .integer(limit)],
                Self.candle
            ).reversed()
        }
    }

    static func candle(_ row: inout RowReader) throws -> Candle {
        Candle(
            time: row.time(),
            open: row.real(),
            high: row.real(),
            low: row.real(),
            close: row.real(),
            volume: row.real(),
            vwap: row.optionalReal(),
            trades: row.optionalInteger(),
            flags: CandleFlags(rawValue: row.integer())
        )
    }
}

/// What storing batches came to.
package struct BatchOutcome: Hashable, Sendable {
    /// Candles that were not there.
    package var added: Int64 = 0
    /// Candles that were there with other values.
    package var revised: Int64 = 0
    /// Candles that were there with the same values.
    package var unchanged: Int64 = 0
    /// Refused candles that were not kept yet.
    package var rejected: Int64 = 0

    package init() {}

    package var changesAnything: Bool { added > 0 || revised > 0 || rejected > 0 }

    package mutating func add(_ other: BatchOutcome) {
        added += other.added
        revised += other.revised
        unchanged += other.unchanged
        rejected += other.rejected
    }
}
