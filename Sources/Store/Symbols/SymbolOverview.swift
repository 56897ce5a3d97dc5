package import Warehouse

/// A tracked symbol with what its statistics add up to over all timeframes.
package struct SymbolOverview: Hashable, Sendable, Identifiable {
    package let symbol: TrackedSymbol
    package let candles: Int64
    package let first: Timestamp?
    package let last: Timestamp?
    package let rejected: Int64
    package let gaps: Int64
    /// Whether the candles were made up.
    package let isSimulated: Bool

    package var id: SymbolID { symbol.id }

    /// Share of what was sent that passed validation, 0…1; `nil` when nothing was sent.
    package var validatedShare: Double? {
        candles + rejected == 0 ? nil : Double(candles) / Double(candles + rejected)
    }
}

extension SymbolStore {
    /// The symbols that match, by symbol.
    ///
    /// Statistics are looked up for these rows only.
    package func overview(_ query: Query = Query()) async throws -> [SymbolOverview] {
        try await engine.read { session in
            let (condition, arguments) = query.condition
            return try session.rows(
                "\(Self.overviewSelect) WHERE \(condition) ORDER BY symbol LIMIT ? OFFSET ?",
                arguments + [.integer(query.limit), .integer(query.offset)],
                Self.decodeOverview
            )
        }
    }

    /// One symbol with its statistics; `nil` when there is none.
    package func overview(of id: SymbolID) async throws -> SymbolOverview? {
        try await engine.read { session in
            try session.row("\(Self.overviewSelect) WHERE id = ?", [.id(id)], Self.decodeOverview)
        }
    }

    private static let overviewSelect = """
        SELECT \(columns),
               (SELECT SUM(candles) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT MIN(first_time) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT MAX(last_time) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT SUM(rejected) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT SUM(gaps) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT COUNT(*) FROM symbol_stats t WHERE t.symbol_id = s.id AND source = 'simulated')
        FROM tracked_symbols s
        """

    @Sendable
    private static func decodeOverview(_ row: inout RowReader) throws -> SymbolOverview {
        SymbolOverview(
            symbol: try decode(&row),
            candles: row.optionalInteger() ?? 0,
            first: row.optionalTime(),
            last: row.optionalTime(),
            rejected: row.optionalInteger() ?? 0,
            gaps: row.optionalInteger() ?? 0,
            isSimulated: row.integer() > 0
        )
    }
}
