package import Warehouse

/// What the candles of the whole warehouse add up to.
package struct DataSummary: Hashable, Sendable {
    /// Symbols with at least one candle.
    package let symbols: Int64
    package let candles: Int64
    package let rejected: Int64
    package let gaps: Int64
    package let latest: Timestamp?
    /// When a backfill last ended well.
    package let lastBackfill: Timestamp?

    /// Share of what was sent that passed validation, 0…1; 1 when nothing was sent.
    package var validatedShare: Double {
        candles + rejected == 0 ? 1 : Double(candles) / Double(candles + rejected)
    }
}

extension Store {
    /// One consistent look at the statistics of all series; no candle is scanned.
    package func dataSummary() async throws -> DataSummary {
        try await engine.read { session in
            let lastBackfill = try session.row("SELECT MAX(last_backfill) FROM tracked_symbols") { $0.optionalTime() }
            let summary = try session.row(
                """
                SELECT COUNT(DISTINCT CASE WHEN candles > 0 THEN symbol_id END), COALESCE(SUM(candles), 0),
                       COALESCE(SUM(rejected), 0), COALESCE(SUM(gaps), 0), MAX(last_time)
                FROM symbol_stats
                """
            ) { row in
                DataSummary(
                    symbols: row.integer(),
                    candles: row.integer(),
                    rejected: row.integer(),
                    gaps: row.integer(),
                    latest: row.optionalTime(),
                    lastBackfill: lastBackfill ?? nil
                )
            }
            guard let summary else { throw StoreError.failed("statistics have no sum") }
            return summary
        }
    }
}
