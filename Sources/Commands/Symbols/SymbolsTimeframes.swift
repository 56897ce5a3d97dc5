import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw symbols timeframes`.
struct SymbolsTimeframes: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeframes",
        abstract: "Says which candles of a symbol are kept. Candles of other timeframes stay.",
        discussion: "Example: mdw symbols timeframes AAPL 1h,1d,1w"
    )

    @OptionGroup var symbol: SymbolArgument

    @Argument(help: ArgumentHelp("The timeframes: \(Timeframe.allCases.joined).", valueName: "list"))
    var timeframes: TimeframeList

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let symbol = try await session.store.symbols.find(symbol.symbol)
        let changed = try await session.store.symbols.setTimeframes(
            timeframes.timeframes,
            symbol: symbol.id,
            by: session.actor
        )
        try session.renderer.done(
            "\(changed.symbol) is kept in \(changed.timeframes.joined)",
            SymbolRecord(symbol: changed),
            as: .plain
        )
    }
}
