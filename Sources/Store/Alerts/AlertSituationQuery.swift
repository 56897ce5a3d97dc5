import Warehouse

/// What the store knows of the things that alerts are about; costs a few look-ups for each active symbol.
extension StoreSession {
    func alertSituation(audit: AuditVerdict, now: Timestamp) throws -> AlertSituation {
        AlertSituation(
            now: now,
            failedRuns: try failedRuns(),
            troubledWorkers: try workers().filter { $0.isAlive(at: now) }.compactMap { worker in
                worker.trouble.map { AlertSituation.TroubledWorker(id: worker.id, trouble: $0) }
            },
            lastCompletedRun: try lastCompletedRun(),
            symbols: try freshness(),
            audit: audit,
            open: try openAlerts()
        )
    }

    /// The series of active symbols whose last run failed; runs of the old service, which are of no job, don't count.
    private func failedRuns() throws -> [AlertSituation.FailedRun] {
        let names = Timeframe.allCases.map { "SELECT '\($0.rawValue)' AS name" }.joined(separator: " UNION ALL ")
        return try rows(
            """
            SELECT h.symbol, h.timeframe, h.error
            FROM tracked_symbols s CROSS JOIN (\(names)) f
            JOIN backfill_history h ON h.id = (
                SELECT id FROM backfill_history
                WHERE symbol_id = s.id AND timeframe = f.name AND job_id > 0 ORDER BY id DESC LIMIT 1
            )
            WHERE s.active = ? AND h.outcome = 'failed' ORDER BY h.symbol, h.timeframe
            """,
            [.boolean(true)]
        ) { AlertSituation.FailedRun(symbol: $0.text(), timeframe: try $0.value(), error: $0.optionalText()) }
    }

    /// When the vendor last gave everything that a run asked for.
    private func lastCompletedRun() throws -> Timestamp? {
        try row(
            """
            SELECT finished_at FROM backfill_history
            WHERE outcome = 'completed' AND job_id > 0 AND pages > 0 ORDER BY id DESC LIMIT 1
            """
        ) { $0.time() }
    }

    private func freshness() throws -> [SymbolFreshness] {
        var last: [SymbolID: [Timeframe: Timestamp]] = [:]
        try forEachRow("SELECT symbol_id, timeframe, last_time FROM symbol_stats WHERE last_time IS NOT NULL", []) {
            row in
            let symbol = SymbolID(row.integer())
            let timeframe: Timeframe = try row.value()
            last[symbol, default: [:]][timeframe] = row.time()
        }
        let symbols = try rows(
            "SELECT \(SymbolStore.columns) FROM \(SymbolStore.source) WHERE s.active = ? ORDER BY symbol",
            [.boolean(true)],
            SymbolStore.decode
        )
        return symbols.map { symbol in
            let kept = symbol.timeframes.map { ($0, last[symbol.id]?[$0]) }
            return SymbolFreshness(
                ticker: symbol.ticker,
                dateAdded: symbol.dateAdded,
                lastCandles: Dictionary(uniqueKeysWithValues: kept)
            )
        }
    }
}
