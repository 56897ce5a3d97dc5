import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw symbols show`.
struct SymbolsShow: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a symbol with its statistics.",
        discussion: "Example: mdw symbols show AAPL"
    )

    @OptionGroup var symbol: SymbolArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let symbol = try await session.store.symbols.find(symbol.symbol)
        let record = SymbolRecord(
            symbol: symbol,
            overview: try await session.store.symbols.overview(of: symbol.id),
            statistics: try await session.store.candles.statistics(of: symbol.id)
        )
        try session.renderer.item(record, as: .withStatistics)
    }
}
