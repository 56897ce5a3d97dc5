package import Warehouse

/// What one transaction of a worker, or of an import, puts into the store for a series.
package struct CandleBatch: Sendable {
    /// Validated candles, ascending.
    package var candles: ArraySlice<Candle>
    package var rejected: [RejectedCandle]
    package var coverage: [CoverageInterval]
    package var source: CandleSource
    package var fetchedAt: Timestamp
    /// What the source does not tell of any candle.
    package var unsaid: Unsaid

    /// Values that a source may have no column for: nothing is known of them, which is not the same as none.
    package struct Unsaid: OptionSet, Hashable, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        package static let vwap = Unsaid(rawValue: 1)
        package static let trades = Unsaid(rawValue: 2)
    }

    package init(
        candles: ArraySlice<Candle>,
        rejected: [RejectedCandle] = [],
        coverage: [CoverageInterval] = [],
        source: CandleSource,
        fetchedAt: Timestamp,
        unsaid: Unsaid = []
    ) {
        self.candles = candles
        self.rejected = rejected
        self.coverage = coverage
        self.source = source
        self.fetchedAt = fetchedAt
        self.unsaid = unsaid
    }
}

extension StoreSession {
    /// Stores a batch: candles, refused ones, coverage and statistics.
    ///
    /// The same batch a second time changes nothing.
    /// - Throws: ``StoreError/mixedSources(symbol:has:wants:)`` when the symbol holds candles of the other kind.
    func store(_ batch: CandleBatch, of series: CandleSeries) throws {
        _ = try outcome(ofStoring: batch, of: series)
    }

    /// The same; tells what became of the batch.
    func outcome(ofStoring batch: CandleBatch, of series: CandleSeries) throws -> BatchOutcome {
        try requireKind(of: batch.source, in: series.symbol)
        let before = try summary(of: batch.candles, in: series)
        let written = try upsert(
            batch.candles,
            of: series,
            source: batch.source,
            fetchedAt: batch.fetchedAt,
            unsaid: batch.unsaid
        )
        var outcome = BatchOutcome()
        outcome.rejected = try insert(batch.rejected, of: series, source: batch.source, at: batch.fetchedAt)
        outcome.unchanged = Int64(batch.candles.count - written)
        for interval in batch.coverage { try mark(interval, of: series) }
        // The first candle ever seen tells from when on the symbol is listed.
        let first = try firstCandle(of: series)
        let isEarlier = batch.candles.first.map { $0.time < first ?? $0.time + .microseconds(1) } ?? false
        if isEarlier || first != nil && batch.coverage.contains(where: { $0.state == .missing }),
            let listed = isEarlier ? batch.candles.first?.time : first
        {
            try settleListing(of: series, at: listed)
        }
        guard written > 0 || outcome.rejected > 0 else { return outcome }
        let after = try summary(of: batch.candles, in: series, before: before, written: written)
        outcome.added = after.candles - before.candles
        outcome.revised = Int64(written) - outcome.added
        try add(
            after: after,
            before: before,
            revisions: outcome.revised,
            rejected: outcome.rejected,
            batch: batch,
            series: series
        )
        try raise(.candles)
        return outcome
    }

    /// What the stretch of a batch holds after it was written.
    ///
    /// Where there was nothing before, that is the batch: the table is looked at only when it can hold something else.
    private func summary(
        of candles: ArraySlice<Candle>,
        in series: CandleSeries,
        before: BatchSummary,
        written: Int
    ) throws -> BatchSummary {
        if written == 0 { return before }
        guard before.candles == 0, written == candles.count else { return try summary(of: candles, in: series) }
        var after = BatchSummary(candles: Int64(written))
        for candle in candles {
            after.gaps += candle.flags.contains(.gap) ? 1 : 0
            after.volumeAnomalies += candle.flags.contains(.volumeAnomaly) ? 1 : 0
        }
        return after
    }

    /// The candles of one symbol never mix simulated and real ones.
    private func requireKind(of source: CandleSource, in symbol: SymbolID) throws {
        let stored = try rows(
            "SELECT DISTINCT source FROM symbol_stats WHERE symbol_id = ? AND source IS NOT NULL",
            [.id(symbol)]
        ) { row -> CandleSource in try row.value() }
        if let other = stored.first(where: { $0.isSimulated != source.isSimulated }) {
            throw StoreError.mixedSources(symbol: try self.symbol(symbol).symbol, has: other, wants: source)
        }
    }

    private func summary(of candles: ArraySlice<Candle>, in series: CandleSeries) throws -> BatchSummary {
        guard let first = candles.first, let last = candles.last else { return BatchSummary() }
        return try row(
            """
            SELECT COUNT(*), SUM(CASE WHEN flags & ? <> 0 THEN 1 ELSE 0 END), SUM(CASE WHEN flags & ? <> 0 THEN 1 ELSE 0 END)
            FROM candles WHERE symbol_id = ? AND timeframe = ? AND time BETWEEN ? AND ?
            """,
            [
                .integer(CandleFlags.gap.rawValue), .integer(CandleFlags.volumeAnomaly.rawValue), .id(series.symbol),
                .text(series.timeframe), .time(first.time), .time(last.time),
            ]
        ) { row in
            BatchSummary(
                candles: row.integer(),
                gaps: row.optionalInteger() ?? 0,
                volumeAnomalies: row.optionalInteger() ?? 0
            )
        } ?? BatchSummary()
    }

    func insert(
        _ rejected: [RejectedCandle],
        of series: CandleSeries,
        source: CandleSource,
        at time: Timestamp
    ) throws -> Int64 {
        var inserted: Int64 = 0
        for candle in rejected {
            let known = try count(
                "SELECT COUNT(*) FROM rejected_candles WHERE symbol_id = ? AND timeframe = ? AND rule = ? AND raw = ?",
                [.id(series.symbol), .text(series.timeframe), .text(candle.rule), .text(candle.raw)]
            )
            guard known == 0 else { continue }
            try execute(
                """
                INSERT INTO rejected_candles (id, symbol_id, timeframe, time, rule, reason, raw, source, rejected_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(try nextID(of: "rejected_candles")), .id(series.symbol), .text(series.timeframe),
                    .time(candle.time), .text(candle.rule), .text(candle.reason), .text(candle.raw), .text(source),
                    .time(time),
                ]
            )
            inserted += 1
        }
        return inserted
    }

    func add(
        after: BatchSummary,
        before: BatchSummary,
        revisions: Int64,
        rejected: Int64,
        batch: CandleBatch,
        series: CandleSeries
    ) throws {
        try execute(
            """
            INSERT INTO symbol_stats (symbol_id, timeframe, candles, first_time, last_time, rejected, revisions, gaps,
                                      volume_anomalies, source)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (symbol_id, timeframe) DO UPDATE SET
                candles = symbol_stats.candles + excluded.candles,
                first_time = CASE WHEN symbol_stats.first_time IS NULL OR excluded.first_time < symbol_stats.first_time
                                  THEN excluded.first_time ELSE symbol_stats.first_time END,
                last_time = CASE WHEN symbol_stats.last_time IS NULL OR excluded.last_time > symbol_stats.last_time
                                 THEN excluded.last_time ELSE symbol_stats.last_time END,
                rejected = symbol_stats.rejected + excluded.rejected,
                revisions = symbol_stats.revisions + excluded.revisions,
                gaps = symbol_stats.gaps + excluded.gaps,
                volume_anomalies = symbol_stats.volume_anomalies + excluded.volume_anomalies,
                source = COALESCE(excluded.source, symbol_stats.source)
            """,
            [
                .id(series.symbol), .text(series.timeframe), .integer(after.candles - before.candles),
                .time(batch.candles.first?.time), .time(batch.candles.last?.time), .integer(rejected),
                .integer(revisions), .integer(after.gaps - before.gaps),
                .integer(after.volumeAnomalies - before.volumeAnomalies),
                .text(batch.candles.isEmpty ? nil : batch.source.rawValue),
            ]
        )
    }
}

/// What statistics count in a stretch of candles.
struct BatchSummary {
    var candles: Int64 = 0
    var gaps: Int64 = 0
    var volumeAnomalies: Int64 = 0
}
