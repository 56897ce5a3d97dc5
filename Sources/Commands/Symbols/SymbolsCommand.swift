import ArgumentParser

/// `mdw symbols`.
struct SymbolsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "symbols",
        abstract: "Tracked symbols: what the warehouse keeps candles of.",
        discussion: "Example: mdw symbols add BTC ETH --class crypto --timeframes 1h,1d",
        subcommands: [
            SymbolsList.self, SymbolsAdd.self, SymbolsShow.self, SymbolsActivate.self, SymbolsDeactivate.self,
            SymbolsTimeframes.self,
        ]
    )
}

/// The symbol that a command is about.
struct SymbolArgument: ParsableArguments {
    @Argument(help: "The symbol; its case matters only where two symbols differ in it.", completion: Completion.symbols)
    var symbol: String
}
