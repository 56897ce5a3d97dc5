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
    /// A part of the symbols that match.
    ///
    /// Statistics are looked up for these rows only.
    package func page(_ query: Query) async throws -> ListPage<SymbolOverview> {
        try await engine.read { session in
            try session.page(
                of: Self.overviews,
                where: query.condition,
                order: query.orderTerms,
                in: query.window,
                Self.decodeOverview
            )
        }
    }

    /// The same without its place in the whole.
    package func overview(_ query: Query = Query()) async throws -> [SymbolOverview] {
        try await engine.read { session in
            try session.rows(
                of: Self.overviews,
                where: query.condition,
                order: query.orderTerms,
                in: query.window,
                Self.decodeOverview
            )
        }
    }

    /// One symbol with its statistics; `nil` when there is none.
    package func overview(of id: SymbolID) async throws -> SymbolOverview? {
        try await engine.read { session in
            try session.row("\(Self.overviewSelect) WHERE s.id = ?", [.id(id)], Self.decodeOverview)
        }
    }

    private static let overviews = ListedTable(source: source, id: "s.id", select: overviewSelect)
    private static let overviewSelect = """
        SELECT \(columns),
               (SELECT SUM(candles) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT MIN(first_time) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT MAX(last_time) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT SUM(rejected) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT SUM(gaps) FROM symbol_stats t WHERE t.symbol_id = s.id),
               (SELECT COUNT(*) FROM symbol_stats t WHERE t.symbol_id = s.id AND source = 'simulated')
        FROM \(source)
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
