import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw candles export`.
struct CandlesExport: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the candles of a symbol to standard output, the oldest first.",
        discussion: "Example: mdw candles export AAPL --timeframe 1d --from 2019-01-01 --to 2019-01-31 --format csv"
    )

    @OptionGroup var symbol: SymbolArgument

    @Option(help: "Which candles.")
    var timeframe = Timeframe.oneDay

    @OptionGroup var days: DayRangeOptions

    @Option(help: "csv: a header and a line a candle; json: an array; jsonl: an object a line.")
    var format = ExportFormat.csv

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let symbol = try await session.store.symbols.find(symbol.symbol)
        let series = CandleSeries(symbol: symbol.id, timeframe: timeframe)
        let range = try days.range(in: TradingCalendar(for: symbol.ticker.assetClass))
        let chosen = options.json ? ExportFormat.json : format
        var stream = try RecordStream(chosen, of: .candles, to: session.surroundings.output)
        var start = range.lowerBound
        while start < range.upperBound {
            let page = try await session.store.candles.list(series, in: start..<range.upperBound, limit: 5000)
            for stored in page {
                try stream.append(CandleRecord(ticker: symbol.ticker, timeframe: timeframe, stored: stored))
            }
            guard let last = page.last else { break }
            start = last.candle.time + .microseconds(1)
        }
        try stream.finish()
    }
}
