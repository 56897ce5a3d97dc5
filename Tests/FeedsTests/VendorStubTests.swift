import Feeds
import Testing
import VendorStub
import Warehouse

/// The stub's own promises, as far as other tests lean on them.
@Suite struct VendorStubTests {
    /// Day and week bars of all years of the calendar's table.
    @Test(arguments: ["AAPL", "X:BTCUSD"])
    func itsGridIsTheCalendars(_ ticker: String) throws {
        let isCrypto = ticker.hasPrefix("X:")
        let calendar: TradingCalendar = isCrypto ? .everyDayUTC : .newYorkStockExchange
        let market = SyntheticMarket { calendar.isSession(TradingDay(daysSince1970: $0)) }
        for year in 1990...2030 {
            let range =
                TradingDay(year: year, month: 1, day: 1)
                .startUTC..<TradingDay(year: year + 1, month: 1, day: 1).startUTC
            for (timespan, timeframe) in [("day", Timeframe.oneDay), ("week", .oneWeek)] {
                let grid = TimeGrid(assetClass: isCrypto ? .crypto : .stock, timeframe: timeframe)
                let starts = market.starts(
                    ticker: ticker,
                    multiplier: 1,
                    timespan: timespan,
                    from: range.lowerBound.milliseconds,
                    to: range.upperBound.milliseconds - 1
                )
                #expect(starts.count == calendar.expectedBarCount(timeframe: timeframe, in: range))
                #expect(starts.allSatisfy { grid.contains(Timestamp(milliseconds: $0)) })
            }
        }
    }

    @Test func itsPagesHoldTheBarsItNames() async throws {
        let request = CandleRequest(
            ticker: Ticker(stored: "BTC", assetClass: .crypto),
            timeframe: .fiveMinutes,
            range: CandleFeedContractTests.quarter
        )
        let stub = try await VendorStub.synthetic(SyntheticMarket(pageSize: 10_000))
        try await FeedScene.with(url: stub.url) { feed in
            var cursor: FeedCursor?
            var count = 0
            repeat {
                let page = try await feed.page(of: request, at: cursor)
                for bar in page.bars {
                    let expected = SyntheticBar(ticker: "X:BTCUSD", time: try #require(bar.time))
                    let isEqual =
                        bar.open == expected.open && bar.high == expected.high && bar.low == expected.low
                        && bar.close == expected.close && bar.volume == expected.volume && bar.vwap == expected.vwap
                        && bar.trades == expected.trades
                    #expect(isEqual, "\(bar)")
                }
                count += page.bars.count
                cursor = page.next
            } while cursor != nil
            #expect(count == 90 * 288)
        }
        #expect(await stub.requests.count == 3)
        await stub.shutdown()
    }

    @Test func itAsksForItsKey() async throws {
        let market = SyntheticMarket(key: "another-made-up-key")
        try await VendorStub.with(market.answer) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let error = await #expect(throws: FeedError.self) { try await feed.page(of: FeedScene.apple, at: nil) }
                #expect(error?.kind == "unauthorized")
            }
        }
    }

    @Test func aGateHoldsAnAnswerBack() async throws {
        let gate = StubGate()
        try await VendorStub.with(answers: [FeedScene.okay.held(by: gate)]) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                async let page = feed.page(of: FeedScene.apple, at: nil)
                await stub.waitForRequests(1)
                await gate.open()
                let bars = try await page.bars
                #expect(bars.count == 1)
            }
        }
    }

    @Test func itHasNoAnswerBeyondItsScript() async throws {
        try await VendorStub.with(answers: []) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let error = await #expect(throws: FeedError.self) { try await feed.page(of: FeedScene.apple, at: nil) }
                #expect(error == .transient(detail: "HTTP 500: the stub has no answer left"))
            }
        }
    }
}
