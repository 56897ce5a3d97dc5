package import Warehouse

/// Who works for the store, and whether they may.
package struct WorkerStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// A worker process as its last heartbeat left it.
    package struct Worker: Hashable, Sendable, Identifiable {
        package let id: String
        package let feed: CandleSource
        package let startedAt: Timestamp
        package let heartbeatAt: Timestamp
        /// Why it fetches nothing; `nil` while all is well.
        package let trouble: String?

        /// A worker beats every 10 s: after three missed beats it counts as gone.
        package func isAlive(at now: Timestamp) -> Bool { now - heartbeatAt < .seconds(30) }
    }

    /// Writes that `id` lives, what feeds it, and what ails it.
    package func beat(_ id: String, feed: CandleSource, trouble: String?) async throws {
        let trouble = trouble?.sanitized(limit: 500)
        try await engine.write { [clock] session in
            let now = clock.now
            let known = try session.row("SELECT trouble FROM workers WHERE id = ?", [.text(id)]) {
                $0.optionalText() ?? ""
            }
            try session.execute(
                """
                INSERT INTO workers (id, feed, started_at, heartbeat_at, trouble) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at, trouble = excluded.trouble
                """,
                [.text(id), .text(feed), .time(now), .time(now), .text(trouble)]
            )
            // A plain heartbeat is nothing that a screen would have to be drawn for.
            if known != trouble ?? "" || known == nil { try session.raise(.workers) }
        }
    }

    /// Takes a worker off the list when it ends, and those that have been silent for an hour.
    package func remove(_ id: String) async throws {
        try await engine.write { [clock] session in
            try session.execute(
                "DELETE FROM workers WHERE id = ? OR heartbeat_at < ?",
                [.text(id), .time(clock.now - .seconds(3600))]
            )
            try session.raise(.workers)
        }
    }

    package func list() async throws -> [Worker] {
        try await engine.read { try $0.workers() }
    }

    /// Whether workers may claim jobs.
    package func isPaused() async throws -> Bool {
        try await engine.read { try $0.areWorkersPaused() }
    }

    /// Holds all workers of the database, or lets them go on.
    ///
    /// A job that runs finishes its page first.
    package func setPaused(_ paused: Bool, by actor: Actor) async throws {
        try await engine.write { [clock] session in
            try session.execute(
                """
                INSERT INTO settings (name, value) VALUES ('workers_paused', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
                [.text(paused ? "true" : "false")]
            )
            try session.raise(.workers)
            try session.append(AuditEvent(paused ? "worker.pause" : "worker.resume", by: actor), at: clock.now)
        }
    }
}

extension StoreSession {
    func workers() throws -> [WorkerStore.Worker] {
        try rows("SELECT id, feed, started_at, heartbeat_at, trouble FROM workers ORDER BY id") { row in
            WorkerStore.Worker(
                id: row.text(),
                feed: try row.value(),
                startedAt: row.time(),
                heartbeatAt: row.time(),
                trouble: row.optionalText()
            )
        }
    }

    func areWorkersPaused() throws -> Bool {
        try row("SELECT value FROM settings WHERE name = 'workers_paused'") { $0.text() } == "true"
    }
}
