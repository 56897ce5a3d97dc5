/// The tables of the old service that mdw takes over.
package enum LegacyTable: String, CaseIterable, Sendable {
    case trackedSymbols = "tracked_symbols"
    case apiKeys = "api_keys"
    case apiKeyAudit = "api_key_audit"
    case backfillHistory = "backfill_history"
    case marketData = "market_data"

    /// The table that a `COPY` means.
    ///
    /// TimescaleDB keeps the rows of a hypertable in chunks, which `pg_dump` writes under their own names: a chunk with
    /// the columns of `market_data` is a part of it.
    init?(copied name: String, columns: [String]) {
        if let table = LegacyTable(rawValue: name) {
            self = table
        } else if name.hasPrefix("_hyper_"), name.hasSuffix("_chunk"),
            Self.marketData.missingColumns(of: columns).isEmpty
        {
            self = .marketData
        } else {
            return nil
        }
    }

    /// The columns that mdw reads.
    package var knownColumns: Set<String> {
        switch self {
        case .trackedSymbols:
            [
                "id", "symbol", "asset_class", "active", "date_added", "last_backfill", "backfill_status",
                "backfill_error", "timeframes",
            ]
        case .apiKeys:
            [
                "id", "key_hash", "name", "active", "created_at", "last_used", "last_used_endpoint", "request_count",
                "key_preview",
            ]
        case .apiKeyAudit: ["id", "api_key_id", "endpoint", "method", "status_code", "timestamp"]
        case .backfillHistory:
            [
                "id", "symbol", "symbol_id", "timeframe", "start_date", "end_date", "records_imported", "success",
                "error_details", "timestamp", "created_at", "completed_at",
            ]
        case .marketData:
            [
                "id", "time", "symbol", "symbol_id", "timeframe", "open", "high", "low", "close", "volume", "vwap",
                "trades", "source", "validated", "quality_score", "validation_notes", "gap_detected", "volume_anomaly",
                "fetched_at",
            ]
        }
    }

    /// The columns without which a table can't be read; of those in one list, one is enough.
    private var requiredColumns: [[String]] {
        switch self {
        case .trackedSymbols: [["id"], ["symbol"]]
        case .apiKeys: [["id"], ["key_hash"]]
        case .apiKeyAudit: [["id"], ["endpoint"], ["timestamp"]]
        case .backfillHistory:
            [
                ["id"], ["symbol", "symbol_id"], ["start_date"], ["end_date"],
                ["timestamp", "created_at", "completed_at"],
            ]
        case .marketData: [["time"], ["symbol", "symbol_id"], ["open"], ["high"], ["low"], ["close"], ["volume"]]
        }
    }

    /// What `columns` lack of what is needed.
    func missingColumns(of columns: [String]) -> [String] {
        requiredColumns.filter { !$0.contains(where: columns.contains) }.map { $0.joined(separator: " or ") }
    }
}
