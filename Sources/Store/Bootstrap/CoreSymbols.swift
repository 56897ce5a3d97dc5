package import Warehouse

/// The symbols that a new warehouse tracks.
package enum CoreSymbols {
    package static let tickers: [Ticker] =
        ["AAPL", "MSFT", "GOOGL", "AMZN", "TSLA", "META", "NVDA", "AMD", "INTC", "QCOM"].map {
            Ticker(stored: $0, assetClass: .stock)
        } + ["SPY", "QQQ", "IWM"].map { Ticker(stored: $0, assetClass: .etf) }
        + ["BTC", "ETH"].map { Ticker(stored: $0, assetClass: .crypto) }
}
