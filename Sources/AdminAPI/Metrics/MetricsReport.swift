import Store
import Warehouse

/// All that `GET /metrics` tells: what the API counted, and what the store knows.
struct MetricsReport {
    let services: APIServices

    /// - Throws: `StoreError` when the store can't be read.
    func text() async throws -> String {
        var text = PrometheusText()
        services.metrics.write(to: &text)
        write(services.requests.statistics, to: &text)
        write(try await services.store.summary(), to: &text)
        text.family("mdw_store_size_bytes", "gauge", "The database on disk, without its write-ahead log.")
        text.sample("mdw_store_size_bytes", try await services.store.size())
        return text.text
    }

    private func write(_ statistics: RequestLog.Statistics, to text: inout PrometheusText) {
        text.family("mdw_audit_queue_length", "gauge", "Requests whose audit rows are not committed yet.")
        text.sample("mdw_audit_queue_length", Int64(statistics.waiting))
        text.family("mdw_audit_rows_total", "counter", "Audit rows of requests that were committed.")
        text.sample("mdw_audit_rows_total", statistics.rows)
        text.family("mdw_audit_commit_failures_total", "counter", "Commits of audit rows that failed.")
        text.sample("mdw_audit_commit_failures_total", statistics.failures)
        text.family("mdw_audit_commit_seconds", "summary", "Time of the commits of audit rows.")
        text.sample("mdw_audit_commit_seconds_sum", statistics.commitTime.inSeconds)
        text.sample("mdw_audit_commit_seconds_count", statistics.commits)
        text.family("mdw_audit_commit_longest_seconds", "gauge", "The longest commit since the start.")
        text.sample("mdw_audit_commit_longest_seconds", statistics.longestCommit.inSeconds)
    }

    private func write(_ summary: StoreSummary, to text: inout PrometheusText) {
        text.family("mdw_candles", "gauge", "Candles in the store.")
        text.sample("mdw_candles", summary.candles)
        text.family("mdw_candles_rejected", "gauge", "Candles that validation refused.")
        text.sample("mdw_candles_rejected", summary.rejected)
        text.family("mdw_symbols_active", "gauge", "Symbols that are kept up to date.")
        text.sample("mdw_symbols_active", summary.activeSymbols)
        text.family("mdw_keys_usable", "gauge", "API keys that open something.")
        text.sample("mdw_keys_usable", summary.usableKeys)
        text.family("mdw_backfill_jobs", "gauge", "Backfill jobs by state.")
        text.sample("mdw_backfill_jobs", summary.unfinishedJobs, [("state", "unfinished")])
        text.sample("mdw_backfill_jobs", summary.failedJobs, [("state", "failed")])
        text.family("mdw_workers_alive", "gauge", "Workers whose heart beats.")
        let now = services.store.clock.now
        text.sample("mdw_workers_alive", Int64(summary.workers.count { $0.isAlive(at: now) }))
        text.family("mdw_audit_rows", "gauge", "Rows of the audit log.")
        text.sample("mdw_audit_rows", summary.auditRows)
    }
}
