import Warehouse

/// What administrator and worker both do to job rows, inside a transaction.
extension StoreSession {
    /// - Throws: ``StoreError/unknownJob(_:)``.
    func job(_ id: JobID) throws -> BackfillJob {
        guard let job = try row("\(JobStore.select) WHERE j.id = ?", [.id(id)], JobStore.decode) else {
            throw StoreError.unknownJob(id)
        }
        return job
    }

    /// - Throws: ``StoreError/overlappingJob(_:symbol:timeframe:)``.
    func requireNoOverlap(_ series: CandleSeries, _ range: Range<Timestamp>, symbol: String) throws {
        let other = try row(
            """
            SELECT id FROM backfill_jobs
            WHERE symbol_id = ? AND timeframe = ? AND state IN ('queued', 'running', 'paused')
              AND start_time < ? AND end_time > ?
            """,
            [.id(series.symbol), .text(series.timeframe), .time(range.upperBound), .time(range.lowerBound)]
        ) { JobID($0.integer()) }
        if let other { throw StoreError.overlappingJob(other, symbol: symbol, timeframe: series.timeframe) }
    }

    func recordJobChange(_ action: String, of job: BackfillJob, by actor: Actor, at now: Timestamp, note: String? = nil)
        throws
    {
        try raise(.jobs)
        let span = "\(job.days.first) to \(job.days.last)"
        let detail = "job \(job.id.rawValue): \(job.ticker.symbol) \(job.timeframe.rawValue) \(span)"
        try append(AuditEvent(action, by: actor, detail: note.map { "\(detail), \($0)" } ?? detail), at: now)
    }

    /// One row of history for a run that ended, whatever its outcome.
    func recordRun(of job: BackfillJob, source: CandleSource?, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO backfill_history (id, job_id, symbol_id, symbol, timeframe, start_time, end_time, outcome, candles,
                                          rejected, pages, error, source, started_at, finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(try nextID(of: "backfill_history")), .id(job.id), .id(job.symbolID), .text(job.ticker.symbol),
                .text(job.timeframe), .time(job.range.lowerBound), .time(job.range.upperBound), .text(job.state),
                .integer(job.progress.candles), .integer(job.progress.rejected), .integer(job.progress.pages),
                .text(job.error), .text(source?.rawValue ?? "none"), .time(job.startedAt ?? job.createdAt), .time(now),
            ]
        )
    }

    func setBackfillStatus(
        _ status: BackfillStatus,
        of symbol: SymbolID,
        error: String?,
        lastBackfill: Timestamp? = nil
    ) throws {
        try execute(
            """
            UPDATE tracked_symbols
            SET backfill_status = ?, backfill_error = ?, last_backfill = COALESCE(?, last_backfill) WHERE id = ?
            """,
            [.text(status), .text(error), .time(lastBackfill), .id(symbol)]
        )
        try raise(.symbols)
    }

    /// Makes the symbol show what its jobs come to: one of them runs, one waits or is paused, or else the outcome of the last
    /// run that had one.
    func settleBackfillStatus(of symbol: SymbolID) throws {
        let unfinished: [JobState] = try rows(
            """
            SELECT DISTINCT state FROM backfill_jobs
            WHERE symbol_id = ? AND state IN ('queued', 'running', 'paused')
            """,
            [.id(symbol)]
        ) { try $0.value() }
        guard unfinished.isEmpty else {
            return try setBackfillStatus(unfinished.contains(.running) ? .inProgress : .pending, of: symbol, error: nil)
        }
        let last = try row(
            """
            SELECT outcome, error FROM backfill_history
            WHERE symbol_id = ? AND outcome IN ('completed', 'failed') ORDER BY id DESC LIMIT 1
            """,
            [.id(symbol)]
        ) { ($0.text(), $0.optionalText()) }
        let status = last.flatMap { BackfillStatus(rawValue: $0.0) } ?? .pending
        try setBackfillStatus(status, of: symbol, error: last?.1)
    }
}
