import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw candles stats`.
struct CandlesStats: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Shows how many candles there are, and how good they are.",
        discussion: "Example: mdw candles stats AAPL"
    )

    @Argument(help: "Only this symbol.", completion: Completion.symbols)
    var symbol: String?

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let symbols: [TrackedSymbol]
        if let symbol {
            symbols = [try await session.store.symbols.find(symbol)]
        } else {
            symbols = try await session.store.symbols.list(SymbolStore.Query(limit: .max))
        }
        let statistics = try await session.store.candles.statistics(of: symbol == nil ? nil : symbols.first?.id)
        let bySymbol = Dictionary(grouping: statistics, by: \.series.symbol)
        let records = symbols.flatMap { symbol in
            (bySymbol[symbol.id] ?? []).sorted { $0.series.timeframe < $1.series.timeframe }
                .map { SeriesRecord(symbol: symbol.symbol, statistics: $0) }
        }
        try session.renderer.list(records, as: .series)
    }
}

/// The statistics of a series with the name of its symbol.
struct SeriesRecord: Sendable {
    let symbol: String
    let statistics: CandleStore.Statistics
}

extension RecordLayout<SeriesRecord> {
    fileprivate static let series = RecordLayout([
        Field("symbol") { .text($0.symbol) },
        Field("timeframe") { .text($0.statistics.series.timeframe.rawValue) },
        Field("record_count", "candles") { .integer($0.statistics.candles) },
        Field("start", "first") { .time($0.statistics.first) },
        Field("end", "last") { .time($0.statistics.last) },
        Field("rejected") { .integer($0.statistics.rejected) },
        Field("validation_rate", "validated") { .share($0.statistics.validatedShare) },
        Field("revisions") { .integer($0.statistics.revisions) },
        Field("gaps_detected", "gaps") { .integer($0.statistics.gaps) },
        Field("volume_anomalies") { .integer($0.statistics.volumeAnomalies) },
        Field("source") { .text($0.statistics.source?.rawValue) },
    ])
}
