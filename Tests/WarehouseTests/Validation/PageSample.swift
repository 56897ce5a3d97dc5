import Testing
import Warehouse

/// A page of made-up bars, with the request it answers, for tests to spoil.
struct PageSample {
    var page: FeedPage
    var request: CandleRequest
    /// Long after every bar is final.
    var now: Timestamp

    /// `count` clean bars from `start` on; each bar of the timeframe's grid has one.
    init(
        _ assetClass: AssetClass = .stock,
        _ timeframe: Timeframe = .oneDay,
        from start: String = "2019-01-02T05:00Z",
        count: Int = 3
    ) throws {
        let ticker = try Ticker(typed: assetClass == .crypto ? "BTC" : "AAPL", assetClass: assetClass)
        let grid = TimeGrid(assetClass: assetClass, timeframe: timeframe)
        let first = try isoTime(start)
        var time = first
        var bars: [RawBar] = []
        for _ in 0..<count {
            bars.append(.clean(at: time))
            time = grid.start(after: time)
        }
        request = CandleRequest(ticker: ticker, timeframe: timeframe, range: first..<time)
        page = FeedPage(ticker: ticker.vendorTicker, adjusted: true, declaredCount: count, bars: bars)
        now = time + .seconds(30 * 86_400)
    }

    func verdict(after context: PageContext = PageContext()) -> PageVerdict {
        CandleRules().judge(page, of: request, now: now, after: context)
    }
}

extension RawBar {
    static func clean(at time: Timestamp, price: Double = 100, volume: Double = 1000) -> RawBar {
        RawBar(
            time: time.milliseconds,
            open: price,
            high: price + 2,
            low: price - 2,
            close: price + 1,
            volume: volume,
            vwap: price,
            trades: 10
        )
    }
}
