import ArgumentParser

/// `mdw candles`.
struct CandlesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candles",
        abstract: "Candles: what the warehouse holds, and files of them.",
        discussion: "Example: mdw candles export AAPL --timeframe 1d --from 2019-01-01 --to 2019-01-31",
        subcommands: [
            CandlesExport.self, CandlesImport.self, CandlesGaps.self, CandlesVerify.self, CandlesStats.self,
        ]
    )
}
