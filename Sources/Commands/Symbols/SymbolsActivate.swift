import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw symbols activate`.
struct SymbolsActivate: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Keeps a symbol up to date again.",
        discussion: "Example: mdw symbols activate AAPL"
    )

    @OptionGroup var symbol: SymbolArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        try await session.setActive(true, symbol.symbol)
    }
}

/// `mdw symbols deactivate`.
struct SymbolsDeactivate: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "deactivate",
        abstract: "Stops keeping a symbol up to date. Its candles stay.",
        discussion: "Example: mdw symbols deactivate AAPL"
    )

    @OptionGroup var symbol: SymbolArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        try await session.setActive(false, symbol.symbol)
    }
}

extension CommandSession {
    fileprivate func setActive(_ active: Bool, _ reference: String) async throws {
        let symbol = try await store.symbols.find(reference)
        let changed = try await store.symbols.setActive(active, symbol: symbol.id, by: actor)
        try renderer.done(
            "\(changed.symbol) is \(active ? "active" : "inactive: its candles stay")",
            SymbolRecord(symbol: changed),
            as: .plain
        )
    }
}
