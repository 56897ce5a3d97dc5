package import Warehouse

/// A run of a job that ended, as the history keeps it.
package struct BackfillRun: Hashable, Sendable, Identifiable {
    package let id: Int64
    package let job: JobID
    package let symbol: String
    package let timeframe: Timeframe
    package let range: Range<Timestamp>
    package let outcome: JobState
    package let candles: Int64
    package let rejected: Int64
    package let pages: Int64
    package let error: String?
    /// The feed that was asked; `nil` when the run ended before any was.
    package let source: CandleSource?
    package let startedAt: Timestamp
    package let finishedAt: Timestamp
}

extension JobStore {
    /// The runs that ended, the newest first: of one symbol or of all, at most `limit`.
    package func history(of symbol: SymbolID? = nil, limit: Int) async throws -> [BackfillRun] {
        try await engine.read { session in
            try session.rows(
                """
                SELECT id, job_id, symbol, timeframe, start_time, end_time, outcome, candles, rejected, pages, error,
                       source, started_at, finished_at
                FROM backfill_history \(symbol == nil ? "" : "WHERE symbol_id = ?") ORDER BY id DESC LIMIT ?
                """,
                (symbol.map { [.id($0)] } ?? []) + [.integer(limit)]
            ) { row in
                BackfillRun(
                    id: row.integer(),
                    job: JobID(row.integer()),
                    symbol: row.text(),
                    timeframe: try row.value(),
                    range: try row.range(),
                    outcome: try row.value(),
                    candles: row.integer(),
                    rejected: row.integer(),
                    pages: row.integer(),
                    error: row.optionalText(),
                    source: CandleSource(rawValue: row.text()),
                    startedAt: row.time(),
                    finishedAt: row.time()
                )
            }
        }
    }
}
