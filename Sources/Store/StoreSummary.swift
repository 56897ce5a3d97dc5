package import Warehouse

/// The numbers that tell at a glance how a warehouse is doing.
package struct StoreSummary: Hashable, Sendable {
    package let activeSymbols: Int64
    package let candles: Int64
    package let rejected: Int64
    package let latest: Timestamp?
    package let usableKeys: Int64
    package let unfinishedJobs: Int64
    package let failedJobs: Int64
    package let auditRows: Int64
    package let workers: [WorkerStore.Worker]
    package let workersPaused: Bool
}

extension Store {
    /// One consistent look at all of it; no candle and no audit row is scanned.
    package func summary() async throws -> StoreSummary {
        try await engine.read { [clock] session in
            let statistics = try session.row(
                "SELECT COALESCE(SUM(candles), 0), COALESCE(SUM(rejected), 0), MAX(last_time) FROM symbol_stats"
            ) { ($0.integer(), $0.integer(), $0.optionalTime()) }
            return StoreSummary(
                activeSymbols: try session.count(
                    "SELECT COUNT(*) FROM tracked_symbols WHERE active = ?",
                    [.boolean(true)]
                ),
                candles: statistics?.0 ?? 0,
                rejected: statistics?.1 ?? 0,
                latest: statistics?.2,
                usableKeys: try session.count(
                    "SELECT COUNT(*) FROM api_keys WHERE active = ? AND (expires_at IS NULL OR expires_at > ?)",
                    [.boolean(true), .time(clock.now)]
                ),
                unfinishedJobs: try session.count(
                    "SELECT COUNT(*) FROM backfill_jobs WHERE state IN ('queued', 'running', 'paused')"
                ),
                failedJobs: try session.count("SELECT COUNT(*) FROM backfill_jobs WHERE state = 'failed'"),
                auditRows: try session.auditHead().sequence,
                workers: try session.workers(),
                workersPaused: try session.areWorkersPaused()
            )
        }
    }
}
