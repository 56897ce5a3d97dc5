package import Store
package import Warehouse

/// A tracked symbol, with its statistics where they were asked for.
package struct SymbolRecord: Sendable {
    package let symbol: TrackedSymbol
    package var overview: SymbolOverview?
    /// Of each timeframe that holds anything.
    package var statistics: [CandleStore.Statistics] = []

    package init(
        symbol: TrackedSymbol,
        overview: SymbolOverview? = nil,
        statistics: [CandleStore.Statistics] = []
    ) {
        self.symbol = symbol
        self.overview = overview
        self.statistics = statistics
    }
}

extension RecordLayout<SymbolRecord> {
    /// A symbol without statistics.
    package static let plain = RecordLayout(SymbolRecord.fields)

    /// A symbol with what its statistics add up to.
    package static let withStatistics = RecordLayout(
        SymbolRecord.fields + [
            Field("candles", nil, .people) { .integer($0.overview?.candles ?? 0) },
            Field("latest", nil, .people) { .time($0.overview?.last) },
            Field("validated", nil, .people) { .share($0.overview?.validatedShare) },
            Field("simulated", nil, .detail) { .flag($0.overview?.isSimulated ?? false) },
            Field("stats", nil, .machines) { .statistics(of: $0) },
        ]
    )
}

extension SymbolRecord {
    fileprivate static let fields: [Field<SymbolRecord>] = [
        Field("id", nil, .machines) { .id($0.symbol.id.rawValue) },
        Field("symbol") { .text($0.symbol.symbol) },
        Field("asset_class", "class") { .text($0.symbol.ticker.assetClass.rawValue) },
        Field("active") { .flag($0.symbol.active) },
        Field("timeframes") { .list($0.symbol.timeframes.map { .text($0.rawValue) }) },
        Field("date_added", "added", .detail) { .time($0.symbol.dateAdded) },
        Field("last_backfill") { .time($0.symbol.lastBackfill) },
        Field("backfill_status", "backfill") { .text($0.symbol.backfillStatus.rawValue) },
        Field("backfill_error", nil, .detail) { .text($0.symbol.backfillError) },
    ]
}

extension Value {
    /// The object that the HTTP interface calls `stats`.
    fileprivate static func statistics(of record: SymbolRecord) -> Value {
        let overview = record.overview
        return .object([
            Member("record_count", .integer(overview?.candles ?? 0)),
            Member(
                "date_range",
                .object([
                    Member("start", .time(record.statistics.compactMap(\.first).min())),
                    Member("end", .time(overview?.last)),
                ])
            ),
            Member("validation_rate", .share(overview?.validatedShare)),
            Member("gaps_detected", .integer(record.statistics.reduce(0) { $0 + $1.gaps })),
        ])
    }
}
