import Feeds
import Testing
import VendorStub
import Warehouse

/// What every feed promises, asked of the simulated one and of the vendor's over real HTTP.
@Suite struct CandleFeedContractTests {
    enum Kind: String, CaseIterable {
        case simulated
        case polygon
    }

    static let tickers = [
        Ticker(stored: "AAPL", assetClass: .stock), Ticker(stored: "BRK.B", assetClass: .etf),
        Ticker(stored: "BTC", assetClass: .crypto),
    ]

    /// The first quarter of 2019: three holidays, no early close, and a change of clocks on 10 March.
    static let quarter =
        TradingDay(year: 2019, month: 1, day: 1).startUTC..<TradingDay(year: 2019, month: 4, day: 1).startUTC

    private func with<Result>(
        _ kind: Kind,
        pageSize: Int = 1_000_000,
        now: Timestamp = TradingDay(year: 2025, month: 1, day: 1).startUTC,
        _ body: (any CandleFeed) async throws -> Result
    ) async throws -> Result {
        switch kind {
        case .simulated: return try await body(SimulatedFeed(pageSize: pageSize, clock: StoppedClock(now)))
        case .polygon:
            let market = SyntheticMarket(pageSize: pageSize, key: FeedScene.key, now: now.milliseconds) { day in
                TradingCalendar.newYorkStockExchange.isSession(TradingDay(daysSince1970: day))
            }
            return try await VendorStub.with(market.answer) { stub in
                try await FeedScene.with(url: stub.url, maximumBodyBytes: 100_000_000, body)
            }
        }
    }

    private func bars(of request: CandleRequest, from feed: any CandleFeed) async throws -> [RawBar] {
        var bars: [RawBar] = []
        var cursor: FeedCursor?
        repeat {
            let page = try await feed.page(of: request, at: cursor)
            bars += page.bars.map(\.withoutBytes)
            cursor = page.next
        } while cursor != nil
        return bars
    }

    @Test(arguments: Kind.allCases, tickers)
    func candlesStandOnTheGridOfTheMarket(_ kind: Kind, _ ticker: Ticker) async throws {
        let calendar = TradingCalendar(for: ticker.assetClass)
        try await with(kind) { feed in
            for timeframe in Timeframe.allCases {
                let request = CandleRequest(ticker: ticker, timeframe: timeframe, range: Self.quarter)
                let page = try await feed.page(of: request, at: nil)
                let times = try page.bars.map { Timestamp(milliseconds: try #require($0.time)) }
                let grid = TimeGrid(assetClass: ticker.assetClass, timeframe: timeframe)
                #expect(page.ticker == ticker.vendorTicker)
                #expect(page.adjusted == true)
                #expect(page.declaredCount == page.bars.count)
                #expect(page.next == nil)
                #expect(times.count == calendar.expectedBarCount(timeframe: timeframe, in: Self.quarter))
                #expect(times.allSatisfy { Self.quarter.contains($0) && grid.contains($0) })
                #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
            }
        }
    }

    @Test(arguments: Kind.allCases, tickers)
    func candlesAreSound(_ kind: Kind, _ ticker: Ticker) async throws {
        try await with(kind) { feed in
            for timeframe in Timeframe.allCases {
                let request = CandleRequest(ticker: ticker, timeframe: timeframe, range: Self.quarter)
                for bar in try await feed.page(of: request, at: nil).bars {
                    let isSound =
                        bar.low > 0 && bar.low <= min(bar.open, bar.close) && bar.high >= max(bar.open, bar.close)
                        && bar.high.isFinite && bar.volume > 0 && (bar.trades ?? 0) > 0
                    #expect(isSound, "\(bar)")
                }
            }
        }
    }

    @Test(arguments: Kind.allCases, [1, 7, 61, 62])
    func pagesOfAnySizeGiveTheSameCandles(_ kind: Kind, _ pageSize: Int) async throws {
        for ticker in Self.tickers {
            let request = CandleRequest(ticker: ticker, timeframe: .oneDay, range: Self.quarter)
            let whole = try await with(kind) { feed in try await feed.page(of: request, at: nil).bars }
            let paged = try await with(kind, pageSize: pageSize) { feed in try await bars(of: request, from: feed) }
            #expect(whole.count == (ticker.assetClass == .crypto ? 90 : 61))
            #expect(paged == whole.map(\.withoutBytes))
        }
    }

    @Test(arguments: Kind.allCases)
    func aPageIsTheSameWheneverItIsAskedFor(_ kind: Kind) async throws {
        let request = CandleRequest(ticker: Self.tickers[0], timeframe: .oneHour, range: Self.quarter)
        try await with(kind, pageSize: 50) { feed in
            let first = try await feed.page(of: request, at: nil)
            let second = try await feed.page(of: request, at: first.next)
            #expect(try await feed.page(of: request, at: nil).bars == first.bars)
            #expect(try await feed.page(of: request, at: first.next).bars == second.bars)
            #expect(first.bars != second.bars)
        }
    }

    @Test(arguments: Kind.allCases, tickers)
    func candlesDoNotDependOnTheRange(_ kind: Kind, _ ticker: Ticker) async throws {
        let part =
            Timestamp(milliseconds: 1_549_000_000_001)..<TradingDay(year: 2019, month: 3, day: 12).startUTC
        try await with(kind) { feed in
            for timeframe in Timeframe.allCases {
                let whole = CandleRequest(ticker: ticker, timeframe: timeframe, range: Self.quarter)
                let narrow = CandleRequest(ticker: ticker, timeframe: timeframe, range: part)
                let expected = try await feed.page(of: whole, at: nil).bars.filter { bar in
                    bar.time.map { part.contains(Timestamp(milliseconds: $0)) } ?? false
                }
                #expect(!expected.isEmpty)
                let found = try await feed.page(of: narrow, at: nil).bars
                #expect(found.map(\.withoutBytes) == expected.map(\.withoutBytes))
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func nothingIsReturnedThatHasNotBegun(_ kind: Kind) async throws {
        // Wednesday, 2019-01-16, 11:12 in New York.
        let now = TradingDay(year: 2019, month: 1, day: 16).startUTC + .seconds(16 * 3600 + 720)
        try await with(kind, now: now) { feed in
            for ticker in Self.tickers {
                for timeframe in Timeframe.allCases {
                    let request = CandleRequest(ticker: ticker, timeframe: timeframe, range: Self.quarter)
                    let page = try await feed.page(of: request, at: nil)
                    let grid = TimeGrid(assetClass: ticker.assetClass, timeframe: timeframe)
                    // The window that is still forming is there, like at the vendor.
                    #expect(page.bars.last?.time == grid.start(of: now).milliseconds)
                    #expect(page.next == nil)
                }
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func anEmptyRangeHasNoCandles(_ kind: Kind) async throws {
        let saturday = TradingDay(year: 2019, month: 1, day: 5)
        let weekend = saturday.startUTC + .seconds(18_000)..<saturday.advanced(by: 2).startUTC
        try await with(kind) { feed in
            for range in [saturday.startUTC..<saturday.startUTC, weekend] {
                let request = CandleRequest(ticker: Self.tickers[0], timeframe: .oneHour, range: range)
                let page = try await feed.page(of: request, at: nil)
                #expect(page.bars.isEmpty && page.next == nil)
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func aForeignCursorIsRefused(_ kind: Kind) async throws {
        let request = CandleRequest(ticker: Self.tickers[0], timeframe: .oneDay, range: Self.quarter)
        try await with(kind) { feed in
            let error = await #expect(throws: FeedError.self) {
                try await feed.page(of: request, at: FeedCursor("line:5"))
            }
            #expect(error?.kind == "untrustworthy")
        }
    }

    @Test(arguments: Kind.allCases)
    func aCancelledTaskGetsNothing(_ kind: Kind) async throws {
        let request = CandleRequest(ticker: Self.tickers[0], timeframe: .oneDay, range: Self.quarter)
        try await with(kind) { feed in
            let gate = StubGate()
            let task = Task {
                await gate.wait()
                return try await feed.page(of: request, at: nil)
            }
            task.cancel()
            let result = await task.result
            #expect(throws: FeedError.cancelled) { try result.get() }
        }
    }
}

extension RawBar {
    /// The values alone, for comparing bars of different pages.
    fileprivate var withoutBytes: RawBar {
        var bar = self
        bar.bytes = 0..<0
        return bar
    }
}
