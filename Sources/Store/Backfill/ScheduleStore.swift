package import Warehouse

/// The daily runs: who does the one that is due, and what came of those before.
package struct ScheduleStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// A daily run.
    package struct Run: Hashable, Sendable {
        package let dueAt: Timestamp
        package let owner: String
        package let startedAt: Timestamp
        /// `nil` while it is under way, or when its process died.
        package let finishedAt: Timestamp?
        package let outcome: Outcome
    }

    /// What a run did.
    package struct Outcome: Hashable, Sendable {
        package var symbols: Int64
        package var jobs: Int64
        package var skipped: Int64
        package var error: String?

        package init(symbols: Int64 = 0, jobs: Int64 = 0, skipped: Int64 = 0, error: String? = nil) {
            self.symbols = symbols
            self.jobs = jobs
            self.skipped = skipped
            self.error = error
        }
    }

    /// Takes the run that was due at `due`; `false` when it is done, or another process does it.
    ///
    /// A run whose process died is taken over when `lease` is over. What was due before the first look at a database is
    /// nobody's: a new warehouse begins with the next run.
    package func claim(_ due: Timestamp, by owner: String, for lease: Duration) async throws -> Bool {
        let isTaken = try await engine.read { [clock] session in
            try session.count(
                "SELECT COUNT(*) FROM scheduler_runs WHERE due_at = ? AND (finished_at IS NOT NULL OR lease_expires > ?)",
                [.time(due), .time(clock.now)]
            ) > 0
        }
        // Most looks find nothing to do: they must not write.
        guard !isTaken else { return false }
        return try await engine.write { [clock] session in
            let now = clock.now
            let isFirst = try session.count("SELECT COUNT(*) FROM scheduler_runs") == 0
            let taken = try session.execute(
                """
                INSERT INTO scheduler_runs (due_at, owner, started_at, lease_expires, finished_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (due_at) DO UPDATE SET
                    owner = excluded.owner, started_at = excluded.started_at, lease_expires = excluded.lease_expires
                WHERE scheduler_runs.finished_at IS NULL AND scheduler_runs.lease_expires <= excluded.started_at
                """,
                [.time(due), .text(owner), .time(now), .time(now + lease), .time(isFirst ? now : nil)]
            )
            return taken > 0 && !isFirst
        }
    }

    /// Ends a run; only its owner can.
    package func finish(_ due: Timestamp, by owner: String, _ outcome: Outcome) async throws {
        try await engine.write { [clock] session -> Void in
            try session.execute(
                """
                UPDATE scheduler_runs SET finished_at = ?, symbols = ?, jobs = ?, skipped = ?, error = ?
                WHERE due_at = ? AND owner = ? AND finished_at IS NULL
                """,
                [
                    .time(clock.now), .integer(outcome.symbols), .integer(outcome.jobs), .integer(outcome.skipped),
                    .text(outcome.error?.sanitized(limit: 500)), .time(due), .text(owner),
                ]
            )
        }
    }

    /// The runs, the newest first: at most `limit`.
    package func list(limit: Int) async throws -> [Run] {
        try await engine.read { session in
            try session.rows(
                """
                SELECT due_at, owner, started_at, finished_at, symbols, jobs, skipped, error FROM scheduler_runs
                ORDER BY due_at DESC LIMIT ?
                """,
                [.integer(limit)]
            ) { row in
                Run(
                    dueAt: row.time(),
                    owner: row.text(),
                    startedAt: row.time(),
                    finishedAt: row.optionalTime(),
                    outcome: Outcome(
                        symbols: row.integer(),
                        jobs: row.integer(),
                        skipped: row.integer(),
                        error: row.optionalText()
                    )
                )
            }
        }
    }
}
