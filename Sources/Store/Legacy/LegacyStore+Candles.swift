package import Warehouse

extension LegacyStore {
    /// Candles and refused ones of one series, in any order.
    package struct SeriesRows: Sendable {
        package let series: CandleSeries
        package var candles: [CandleStore.Stored] = []
        package var rejected: [RejectedCandle] = []
        /// Of the refused ones.
        package var source = CandleSource.polygon

        package init(series: CandleSeries) {
            self.series = series
        }

        package mutating func append(_ candle: Candle, source: CandleSource, fetchedAt: Timestamp) {
            candles.append(CandleStore.Stored(candle: candle, source: source, fetchedAt: fetchedAt))
        }
    }

    /// What became of the candles of a transaction.
    package struct CandleOutcome: Hashable, Sendable {
        package var added = 0
        /// Candles that were there with the same prices and volume.
        package var known = 0
        /// Candles that were there with other values, which stay.
        package var differing = 0
        /// Candles of a symbol that holds simulated ones and took no real ones, or the other way round.
        package var mixed: [SymbolID: Int] = [:]
    }

    /// Stores candles that the store lacks, with their statistics, and keeps refused ones; coverage does not change.
    ///
    /// A candle that is there stays as it is: what mdw fetched itself is newer.
    package func addCandles(_ rows: [SeriesRows]) async throws -> CandleOutcome {
        guard !rows.isEmpty else { return CandleOutcome() }
        return try await engine.write { [clock] session in
            var outcome = CandleOutcome()
            var totals = Totals()
            let now = clock.now
            for series in rows { try session.add(series, at: now, to: &outcome, &totals) }
            if totals.candles > 0 || totals.rejected > 0 { try session.raise(.candles) }
            try session.tally(totals, at: now)
            return outcome
        }
    }
}

extension StoreSession {
    fileprivate func add(
        _ rows: LegacyStore.SeriesRows,
        at now: Timestamp,
        to outcome: inout LegacyStore.CandleOutcome,
        _ totals: inout LegacyStore.Totals
    ) throws {
        let series = rows.series
        let isSimulated = try holdsSimulated(series.symbol) ?? rows.candles.first?.source.isSimulated ?? false
        var added: [Candle] = []
        var summary = BatchSummary()
        var source = rows.source
        for row in rows.candles {
            guard row.source.isSimulated == isSimulated else {
                outcome.mixed[series.symbol, default: 0] += 1
                continue
            }
            guard try insertMissing(row, of: series) else {
                if try holds(row.candle, in: series) { outcome.known += 1 } else { outcome.differing += 1 }
                continue
            }
            added.append(row.candle)
            source = row.source
            summary.candles += 1
            summary.gaps += row.candle.flags.contains(.gap) ? 1 : 0
            summary.volumeAnomalies += row.candle.flags.contains(.volumeAnomaly) ? 1 : 0
        }
        let rejected = try insert(rows.rejected, of: series, source: rows.source, at: now)
        outcome.added += added.count
        totals.candles += Int64(added.count)
        totals.rejected += rejected
        guard !added.isEmpty || rejected > 0 else { return }
        added.sort { $0.time < $1.time }
        try add(
            after: summary,
            before: BatchSummary(),
            revisions: 0,
            rejected: rejected,
            batch: CandleBatch(candles: added[...], source: source, fetchedAt: now),
            series: series
        )
    }

    /// Whether a symbol's candles are simulated ones; `nil` while it has none.
    private func holdsSimulated(_ symbol: SymbolID) throws -> Bool? {
        try row(
            "SELECT source FROM symbol_stats WHERE symbol_id = ? AND source IS NOT NULL LIMIT 1",
            [.id(symbol)]
        ) { row -> CandleSource in try row.value() }?.isSimulated
    }

    /// Whether the candle was missing, and is there now.
    private func insertMissing(_ row: CandleStore.Stored, of series: CandleSeries) throws -> Bool {
        let candle = row.candle
        return try execute(
            """
            INSERT INTO candles (symbol_id, timeframe, time, open, high, low, close, volume, vwap, trades, flags, source,
                                 fetched_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (symbol_id, timeframe, time) DO NOTHING
            """,
            [
                .id(series.symbol), .text(series.timeframe), .time(candle.time), .real(candle.open), .real(candle.high),
                .real(candle.low), .real(candle.close), .real(candle.volume), .real(candle.vwap),
                .integer(candle.trades), .integer(candle.flags.rawValue), .text(row.source), .time(row.fetchedAt),
            ]
        ) > 0
    }

    private func holds(_ candle: Candle, in series: CandleSeries) throws -> Bool {
        try count(
            """
            SELECT COUNT(*) FROM candles WHERE symbol_id = ? AND timeframe = ? AND time = ?
              AND open = ? AND high = ? AND low = ? AND close = ? AND volume = ?
            """,
            [
                .id(series.symbol), .text(series.timeframe), .time(candle.time), .real(candle.open), .real(candle.high),
                .real(candle.low), .real(candle.close), .real(candle.volume),
            ]
        ) > 0
    }
}
