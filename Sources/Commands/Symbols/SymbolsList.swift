import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw symbols list`.
struct SymbolsList: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the symbols with their statistics.",
        discussion: "Example: mdw symbols list --active --json"
    )

    @Flag(help: "Only symbols that are kept up to date.")
    var active = false

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let symbols = try await session.store.symbols.overview(SymbolStore.Query(activeOnly: active, limit: .max))
        let statistics = Dictionary(grouping: try await session.store.candles.statistics(), by: \.series.symbol)
        let records = symbols.map { overview in
            SymbolRecord(
                symbol: overview.symbol,
                overview: overview,
                statistics: statistics[overview.id] ?? []
            )
        }
        try session.renderer.list(records, as: .withStatistics)
    }
}
