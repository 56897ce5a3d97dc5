package import Warehouse

/// The backfill jobs as a worker sees them: claimed by lease, moved forward by commits that only the lease's newest
/// holder can make.
package struct LeaseStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// A worker's hold on a job, as ``claim(by:for:abandoned:)`` gave it.
    package struct Claim: Hashable, Sendable {
        package let job: BackfillJob
        package let token: Int64
    }

    /// A job that has waited so long is as urgent as one whose priority is a step lower; priorities lie ten steps apart, so
    /// whatever waits for an hour overtakes what is one kind more urgent and was just queued.
    private static let ageing = Duration.seconds(360)

    /// Takes the next job that is due: the most urgent one first, waiting makes it more urgent, and of equals the oldest.
    ///
    /// A running job is taken over when its lease has expired, or when its owner is one of `abandoned`: workers that are
    /// known to be dead. Two workers never hold one job.
    package func claim(
        by worker: String,
        for duration: Duration,
        abandoned: [String] = []
    ) async throws -> Claim? {
        let candidates = Self.candidates(abandoned: abandoned)
        let now = clock.now
        let isDue = try await engine.read { session in
            try session.count("SELECT COUNT(*) FROM backfill_jobs j WHERE \(candidates.sql)", candidates.arguments(now))
        }
        // Most polls find nothing: they must not write.
        guard isDue > 0 else { return nil }
        return try await engine.write { [clock] session in
            let now = clock.now
            let id = try session.row(
                """
                SELECT j.id FROM backfill_jobs j WHERE \(candidates.sql)
                ORDER BY j.priority - (? - j.created_at) / ?, j.id LIMIT 1
                """,
                candidates.arguments(now) + [.time(now), .integer(Self.ageing.wholeMicroseconds)]
            ) { JobID($0.integer()) }
            guard let id else { return nil }
            try session.execute(
                """
                UPDATE backfill_jobs
                SET state = 'running', lease_owner = ?, lease_token = lease_token + 1, lease_expires = ?,
                    started_at = COALESCE(started_at, ?)
                WHERE id = ?
                """,
                [.text(worker), .time(now + duration), .time(now), .id(id)]
            )
            let job = try session.job(id)
            try session.setBackfillStatus(.inProgress, of: job.symbolID, error: nil)
            try session.raise(.jobs)
            return Claim(job: job, token: job.lease?.token ?? 0)
        }
    }

    /// Prolongs the lease.
    /// - Throws: ``StoreError/leaseLost(_:)`` when the job is no longer this worker's, or was paused or cancelled.
    package func renew(_ claim: Claim, for duration: Duration) async throws {
        try await engine.write { [clock] session in
            try session.requireLease(claim)
            try session.execute(
                "UPDATE backfill_jobs SET lease_expires = ? WHERE id = ?",
                [.time(clock.now + duration), .id(claim.job.id)]
            )
        }
    }

    /// Stores a batch and moves the job to `progress`, in one transaction; prolongs the lease.
    ///
    /// Failed attempts are forgotten only when the job comes further in time: an answer that leads nowhere is no success.
    /// - Throws: ``StoreError/leaseLost(_:)``: then nothing was stored.
    package func commit(
        _ batch: CandleBatch,
        _ progress: BackfillJob.Progress,
        of claim: Claim,
        leaseFor duration: Duration
    ) async throws {
        try await engine.write { [clock] session in
            try session.requireLease(claim)
            let series = CandleSeries(symbol: claim.job.symbolID, timeframe: claim.job.timeframe)
            try session.store(batch, of: series)
            try session.execute(
                """
                UPDATE backfill_jobs
                SET done_until = ?, feed_cursor = ?, candles = ?, rejected = ?, pages = ?, done_units = ?,
                    attempts = CASE WHEN done_until < ? THEN 0 ELSE attempts END, error = NULL, lease_expires = ?
                WHERE id = ?
                """,
                [
                    .time(progress.doneUntil), .text(progress.cursor), .integer(progress.candles),
                    .integer(progress.rejected), .integer(progress.pages), .integer(progress.doneUnits),
                    .time(progress.doneUntil), .time(clock.now + duration), .id(claim.job.id),
                ]
            )
            try session.raise(.jobs)
        }
    }

    /// Ends the job well: history, symbol and audit say so in the same transaction.
    package func complete(_ claim: Claim, source: CandleSource, by actor: Actor) async throws {
        try await finish(claim, as: .completed, error: nil, source: source, by: actor)
    }

    /// Ends the job with the failure that stopped it; it can be retried.
    package func fail(_ claim: Claim, error: String, source: CandleSource, by actor: Actor) async throws {
        try await finish(claim, as: .failed, error: error.sanitized(limit: 500), source: source, by: actor)
    }

    /// Gives the job back to the queue until `time`; without an `error` the one before stays.
    ///
    /// `countsAsAttempt`: whether the failure uses up one of the job's attempts.
    package func postpone(_ claim: Claim, until time: Timestamp, error: String?, countsAsAttempt: Bool) async throws {
        try await engine.write { session in
            try session.requireLease(claim)
            try session.execute(
                """
                UPDATE backfill_jobs
                SET state = 'queued', lease_owner = NULL, lease_expires = NULL, next_attempt = ?,
                    error = COALESCE(?, error), attempts = attempts + ?
                WHERE id = ?
                """,
                [
                    .time(time), .text(error?.sanitized(limit: 500)), .integer(countsAsAttempt ? 1 : 0),
                    .id(claim.job.id),
                ]
            )
            try session.setBackfillStatus(.pending, of: claim.job.symbolID, error: error?.sanitized(limit: 500))
            try session.raise(.jobs)
        }
    }

    /// When a queued job may be tried, or a lease runs out: before, and without a change in the database, there is
    /// nothing to claim.
    ///
    /// `nil` when no job waits or runs.
    package func nextDue() async throws -> Timestamp? {
        try await engine.read { session in
            try session.row(
                """
                SELECT MIN(CASE WHEN state = 'queued' THEN next_attempt ELSE lease_expires END)
                FROM backfill_jobs WHERE state IN ('queued', 'running')
                """
            ) { $0.optionalTime() } ?? nil
        }
    }

    /// The workers that hold a job now.
    package func owners() async throws -> [String] {
        try await engine.read { session in
            try session.rows(
                "SELECT DISTINCT lease_owner FROM backfill_jobs WHERE state = 'running' AND lease_owner IS NOT NULL"
            ) {
                $0.text()
            }
        }
    }

    private func finish(
        _ claim: Claim,
        as state: JobState,
        error: String?,
        source: CandleSource,
        by actor: Actor
    ) async throws {
        try await engine.write { [clock] session in
            try session.requireLease(claim)
            let now = clock.now
            try session.execute(
                """
                UPDATE backfill_jobs
                SET state = ?, error = ?, finished_at = ?, lease_owner = NULL, lease_expires = NULL, feed_cursor = NULL,
                    done_until = CASE WHEN ? THEN end_time ELSE done_until END,
                    done_units = CASE WHEN ? THEN expected_units ELSE done_units END
                WHERE id = ?
                """,
                [
                    .text(state), .text(error), .time(now), .boolean(state == .completed),
                    .boolean(state == .completed), .id(claim.job.id),
                ]
            )
            let job = try session.job(claim.job.id)
            try session.recordRun(of: job, source: source, at: now)
            try session.setBackfillStatus(
                state == .completed ? .completed : .failed,
                of: job.symbolID,
                error: error,
                lastBackfill: state == .completed ? now : nil
            )
            try session.recordJobChange(
                "backfill.\(state.rawValue)",
                of: job,
                by: actor,
                at: now,
                note: error ?? "\(job.progress.candles) candles, \(job.progress.rejected) rejected"
            )
        }
    }

    private static func candidates(
        abandoned: [String]
    ) -> (sql: String, arguments: @Sendable (Timestamp) -> [SQLValue]) {
        let dead =
            abandoned.isEmpty ? "" : " OR j.lease_owner IN (\(abandoned.map { _ in "?" }.joined(separator: ", ")))"
        let sql = """
            ((j.state = 'queued' AND j.next_attempt <= ?) OR (j.state = 'running' AND (j.lease_expires <= ?\(dead))))
            """
        return (sql, { now in [.time(now), .time(now)] + abandoned.map { .text($0) } })
    }
}

extension StoreSession {
    /// The fence: only who holds the newest token of a running job may write for it.
    fileprivate func requireLease(_ claim: LeaseStore.Claim) throws {
        let holds = try count(
            "SELECT COUNT(*) FROM backfill_jobs WHERE id = ? AND state = 'running' AND lease_token = ?",
            [.id(claim.job.id), .integer(claim.token)]
        )
        guard holds == 1 else { throw StoreError.leaseLost(claim.job.id) }
    }
}
