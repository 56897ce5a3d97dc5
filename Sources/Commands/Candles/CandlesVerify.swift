import ArgumentParser
import Feeds
import Store
import Warehouse

/// `mdw candles verify`.
struct CandlesVerify: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compares the stored candles of a symbol with those of a file.",
        discussion: """
            Reads what 'mdw candles import' reads, and compares from the file's first candle to its last, field by field, what \
            the file has columns for. The exit code is 1 when anything differs.

            Example: mdw candles verify AAPL --timeframe 1d --against aapl.csv.gz
            """
    )

    @OptionGroup var symbol: SymbolArgument

    @Option(help: "Which candles.")
    var timeframe: Timeframe

    @Option(help: ArgumentHelp("The file.", valueName: "file"), completion: .file(extensions: ["csv", "gz"]))
    var against: String

    @Option(help: ArgumentHelp("Columns by other names, as for import.", valueName: "field=column,…"))
    var map: ColumnMapping?

    @Option(help: ArgumentHelp("How many differences to show.", valueName: "number"))
    var limit = 100

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let symbol = try await session.store.symbols.find(symbol.symbol)
        let targets = ImportTargets(symbols: [symbol], isNamed: true)
        let reader = try CandleFileReader(
            path: against,
            mapping: map?.names ?? [:],
            times: FieldTime(calendar: targets.calendar, timeframe: timeframe),
            filter: targets.filter
        )
        var comparison = CandleComparison(reader.columns, limit: max(0, limit))
        var progress = FileProgress(of: reader.size ?? 0, surroundings: session.surroundings)
        defer { progress.clear() }
        var file = JudgedFile(reader, path: against, ticker: symbol.ticker, timeframe: timeframe, now: session.now)
        let series = CandleSeries(symbol: symbol.id, timeframe: timeframe)
        var stored: StoredCandles?
        var waiting: Candle?
        while let (candles, rejected) = file.next() {
            for row in rejected { comparison.add(unreadable: row) }
            for there in candles {
                if stored == nil { stored = StoredCandles(of: series, from: there.time, in: session.store.candles) }
                while let here = try await stored?.next(upTo: there.time) {
                    if here.time == there.time {
                        waiting = here
                        break
                    }
                    comparison.add(missingThere: here)
                }
                if let here = waiting {
                    comparison.compare(here: here, there: there)
                    waiting = nil
                } else {
                    comparison.add(missingHere: there)
                }
            }
            progress.show(against, bytes: reader.position, candles: comparison.equal)
        }
        progress.clear()
        try comparison.show(session.renderer, symbol: symbol.symbol)
        if let fault = file.fault { throw fault }
        guard comparison.isEqual else { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}
