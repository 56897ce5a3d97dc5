import Testing
import Warehouse

@Suite struct TickerTests {
    @Test(arguments: [
        ("AAPL", "AAPL"), ("aapl", "AAPL"), ("BRK.B", "BRK.B"), ("brk.b", "BRK.B"), ("PEBpE", "PEBpE"), ("BTC", "BTC"),
        ("ETHGBP", "ETHGBP"), ("BF/B", "BF/B"), ("A", "A"), ("ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJKLMNOPQRST"),
    ])
    func `a stock is spelled as the vendor spells it`(typed: String, symbol: String) throws {
        let ticker = try Ticker(typed: typed, assetClass: .stock)
        #expect(ticker.symbol == symbol)
        #expect(ticker.vendorTicker == symbol)
    }

    @Test(arguments: [
        ("BTC", "BTC", "X:BTCUSD"), ("BTCUSD", "BTC", "X:BTCUSD"), ("BTC-USD", "BTC", "X:BTCUSD"),
        ("BTC/USD", "BTC", "X:BTCUSD"), ("X:BTCUSD", "BTC", "X:BTCUSD"), ("x:btcusd", "BTC", "X:BTCUSD"),
        ("Btc-Usd", "BTC", "X:BTCUSD"), ("ETHGBP", "ETHGBP", "X:ETHGBP"), ("ETH-GBP", "ETHGBP", "X:ETHGBP"),
        ("BTCUSDT", "BTCUSDT", "X:BTCUSDT"), ("USDT", "USDT", "X:USDTUSD"), ("USDTUSD", "USDT", "X:USDTUSD"),
        ("PYUSDUSD", "PYUSDUSD", "X:PYUSDUSD"), ("X:PYUSD-USD", "PYUSDUSD", "X:PYUSDUSD"),
    ])
    func `a pair is one symbol however it is typed`(typed: String, symbol: String, vendor: String) throws {
        let ticker = try Ticker(typed: typed, assetClass: .crypto)
        #expect(ticker.symbol == symbol)
        #expect(ticker.vendorTicker == vendor)
        #expect(try Ticker(typed: symbol, assetClass: .crypto) == ticker)
        #expect(Ticker(stored: symbol, assetClass: .crypto) == ticker)
    }

    @Test(arguments: [
        "", " ", "AAPL ", ".", "..", "../..", "-", "/", "A B", "AAPL;DROP", "X:BTCUSD", "ABCDEFGHIJKLMNOPQRSTU",
        "AAPL\n",
        "ÄPL", "ß", "ﬁ", "АAPL", "A%2F", "\u{202E}LPAA",
    ])
    func `a stock can't be named`(typed: String) {
        #expect(throws: InvalidTicker.self) { try Ticker(typed: typed, assetClass: .stock) }
    }

    @Test(arguments: ["", "X:", "-", "X:-/", "BTC USD", "₿", "ſol"])
    func `a pair can't be named`(typed: String) {
        #expect(throws: InvalidTicker.self) { try Ticker(typed: typed, assetClass: .crypto) }
    }

    @Test func `the same letters of two classes are two tickers`() throws {
        let fund = try Ticker(typed: "BTC", assetClass: .etf)
        let coin = try Ticker(typed: "BTC", assetClass: .crypto)
        #expect(fund != coin)
        #expect(fund.vendorTicker == "BTC")
    }

    @Test func `an invalid symbol is shown without its control characters`() {
        let error = #expect(throws: InvalidTicker.self) { try Ticker(typed: "A\u{1B}[2J", assetClass: .stock) }
        #expect(
            error?.description == "'A\u{FFFD}[2J' is not a symbol: use 1 to 20 letters, digits, '.', '-' or '/'"
        )
    }
}
