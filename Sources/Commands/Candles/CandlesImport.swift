import ArgumentParser
import Store
import Warehouse

/// `mdw candles import`.
struct CandlesImport: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Stores the candles of CSV files and of the vendor's flat files, plain or compressed by gzip.",
        discussion: """
            Candles pass the same rules as those of the vendor. An import that was interrupted is started again; a second \
            time it changes nothing. Rows of a file that names tickers are taken for --symbol only, or without it for every \
            tracked symbol. Times are ISO 8601 (UTC where they name no zone), days, or numbers since 1970.

            Example: mdw candles import 2024-*.csv.gz --timeframe 1d
            Example: mdw candles import prices.csv --symbol AAPL --timeframe 1d --map time=Day,close=Last
            """
    )

    @Argument(
        help: ArgumentHelp("The files.", valueName: "file"),
        completion: .file(extensions: ["csv", "gz"])
    )
    var files: [String]

    @Option(help: "The symbol whose candles are taken.", completion: Completion.symbols)
    var symbol: String?

    @Option(help: "How long the candles are.")
    var timeframe: Timeframe

    @Option(
        name: .customLong("class"),
        help:
            "What the symbol is, which tracks it where it is not; without --symbol, only tracked symbols of this class."
    )
    var assetClass: AssetClass?

    @Option(help: ArgumentHelp("Columns by other names: \(Self.fields).", valueName: "field=column,…"))
    var map: ColumnMapping?

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let targets = try await ImportTargets.find(symbol, assetClass, in: session)
        var work = CandleFileImport(
            targets: targets,
            timeframe: timeframe,
            mapping: map ?? ColumnMapping(),
            in: session
        )
        try await work.run(files)
        try work.report.show(session.renderer)
        guard work.report.isComplete else { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private static let fields = "time, open, high, low, close, volume, vwap, trades, ticker"
}
