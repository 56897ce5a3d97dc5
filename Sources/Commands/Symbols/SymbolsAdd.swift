import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw symbols add`.
struct SymbolsAdd: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Starts tracking symbols.",
        discussion: """
            All lower case becomes upper case, mixed case stays. One symbol that is refused does not stop the others.

            Example: mdw symbols add BTC ETH --class crypto --timeframes 1h,1d
            """
    )

    @Argument(help: ArgumentHelp("The symbols, as the vendor spells them.", valueName: "symbol"))
    var symbols: [String]

    @Option(name: .customLong("class"), help: "What they are.")
    var assetClass = AssetClass.stock

    @Option(
        help: ArgumentHelp(
            "Which candles to keep: \(Timeframe.allCases.joined).",
            valueName: "list"
        )
    )
    var timeframes = TimeframeList(SymbolStore.defaultTimeframes)

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        // A symbol that can't be one is a slip of the fingers: then nothing is added.
        let tickers = try symbols.map { try Ticker(typed: $0, assetClass: assetClass) }
        var added: [SymbolRecord] = []
        var refused = false
        for ticker in tickers {
            do {
                let symbol = try await session.store.symbols.add(
                    ticker,
                    timeframes: timeframes.timeframes,
                    by: session.actor
                )
                added.append(SymbolRecord(symbol: symbol))
                if !session.renderer.json {
                    try session.renderer.line(
                        "\(symbol.symbol) (\(assetClass.rawValue)) is tracked: \(symbol.timeframes.joined)"
                    )
                }
            } catch let error as StoreError where !error.isUnavailable {
                refused = true
                session.surroundings.note("\(error)")
            }
        }
        if session.renderer.json { try session.renderer.list(added, as: .plain) }
        if refused { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}
