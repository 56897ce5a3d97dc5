import Feeds
import Testing
import Warehouse

@Suite struct SimulatedFeedTests {
    static let bitcoin = CandleRequest(
        ticker: Ticker(stored: "BTC", assetClass: .crypto),
        timeframe: .oneHour,
        range: CandleFeedContractTests.quarter
    )

    private func bars(
        _ request: CandleRequest,
        seed: UInt64 = 1,
        clock: StoppedClock = StoppedClock()
    ) async throws -> [RawBar] {
        try await SimulatedFeed(seed: seed, pageSize: 1_000_000, clock: clock).page(of: request, at: nil).bars
    }

    /// The values of one bar each, so that a change of the simulation is noticed: it would revise stored candles.
    @Test(
        arguments: [
            (
                "AAPL", .stock, .oneDay,
                RawBar(
                    time: 1_546_405_200_000,
                    open: 189.561,
                    high: 192.5999,
                    low: 189.1409,
                    close: 192.1693,
                    volume: 4_752_890,
                    vwap: 190.8678,
                    trades: 52_809
                )
            ),
            (
                "BTC", .crypto, .fiveMinutes,
                RawBar(
                    time: 1_546_300_800_000,
                    open: 9834.7766,
                    high: 9848.8452,
                    low: 9834.0007,
                    close: 9844.4861,
                    volume: 45.3311813,
                    vwap: 9840.5271,
                    trades: 906
                )
            ),
        ] as [(String, AssetClass, Timeframe, RawBar)]
    )
    func candlesNeverChange(
        _ symbol: String,
        _ assetClass: AssetClass,
        _ timeframe: Timeframe,
        _ expected: RawBar
    ) async throws {
        let request = CandleRequest(
            ticker: Ticker(stored: symbol, assetClass: assetClass),
            timeframe: timeframe,
            range: CandleFeedContractTests.quarter
        )
        #expect(try await bars(request).first == expected)
    }

    @Test func seedsAndSymbolsDiffer() async throws {
        let first = try await bars(Self.bitcoin)
        #expect(try await bars(Self.bitcoin) == first)
        let other = try await bars(Self.bitcoin, seed: 2)
        #expect(zip(first, other).allSatisfy { $0.open != $1.open })
        let ether = CandleRequest(
            ticker: Ticker(stored: "ETH", assetClass: .crypto),
            timeframe: .oneHour,
            range: Self.bitcoin.range
        )
        #expect(zip(first, try await bars(ether)).allSatisfy { $0.open != $1.open })
    }

    @Test func candlesDoNotDependOnTheClock() async throws {
        let later = StoppedClock(TradingDay(year: 2030, month: 1, day: 1).startUTC)
        #expect(try await bars(Self.bitcoin, clock: later) == (try await bars(Self.bitcoin)))
    }

    @Test func timeframesShowTheSamePrices() async throws {
        let days = try await bars(
            CandleRequest(ticker: Self.bitcoin.ticker, timeframe: .oneDay, range: Self.bitcoin.range)
        )
        let hours = try await bars(Self.bitcoin)
        #expect(hours.count == days.count * 24)
        for (index, day) in days.enumerated() {
            #expect(day.open == hours[index * 24].open)
            #expect(day.close == hours[index * 24 + 23].close)
        }
    }

    @Test func volumesAreFractionalForCryptoAndWholeForStocks() async throws {
        let apple = CandleRequest(
            ticker: Ticker(stored: "AAPL", assetClass: .stock),
            timeframe: .oneHour,
            range: Self.bitcoin.range
        )
        #expect(try await bars(apple).allSatisfy { $0.volume == $0.volume.rounded() })
        #expect(try await bars(Self.bitcoin).filter { $0.volume != $0.volume.rounded() }.count > 2000)
    }

    /// Twenty years of ten symbols keep clear of the limits at which candles are flagged.
    @Test(arguments: AssetClass.allCases)
    func pricesArePlausible(_ assetClass: AssetClass) async throws {
        let range =
            TradingDay(year: 2004, month: 1, day: 1).startUTC..<TradingDay(year: 2024, month: 1, day: 1).startUTC
        for index in 0..<10 {
            let request = CandleRequest(
                ticker: Ticker(stored: "S\(index)", assetClass: assetClass),
                timeframe: .oneDay,
                range: range
            )
            let bars = try await bars(request)
            #expect(zip(bars, bars.dropFirst()).allSatisfy { abs($1.open - $0.close) / $0.close < 0.1 })
            #expect(bars.allSatisfy { ($0.high - $0.low) / $0.low < 0.5 })
            #expect(bars.allSatisfy { bar in bar.vwap.map { $0 >= bar.low && $0 <= bar.high } ?? false })
            #expect(Set(bars.map(\.close)).count > bars.count * 9 / 10)
        }
    }

    @Test func stockDaysStartAtMidnightInNewYork() async throws {
        let request = CandleRequest(
            ticker: Ticker(stored: "AAPL", assetClass: .stock),
            timeframe: .oneDay,
            range: TradingDay(year: 2019, month: 3, day: 7)
                .startUTC..<TradingDay(year: 2019, month: 3, day: 13).startUTC
        )
        // Thursday, Friday, and behind the change of clocks Monday and Tuesday.
        #expect(
            try await bars(request).map(\.time)
                == [1_551_934_800_000, 1_552_021_200_000, 1_552_276_800_000, 1_552_363_200_000]
        )
    }

    @Test(
        arguments: [
            (.thirtyMinutes, "14:30:00 15:00:00 15:30:00 16:00:00 16:30:00 17:00:00 17:30:00"),
            (.oneHour, "14:00:00 15:00:00 16:00:00 17:00:00"), (.fourHours, "13:00:00 17:00:00"),
        ] as [(Timeframe, String)]
    )
    func anEarlyCloseEndsTheDay(_ timeframe: Timeframe, _ starts: String) async throws {
        // 2019-11-29, open from 9:30 to 13:00 in New York, which is 14:30 to 18:00 UTC.
        let day = TradingDay(year: 2019, month: 11, day: 29)
        let request = CandleRequest(
            ticker: Ticker(stored: "AAPL", assetClass: .stock),
            timeframe: timeframe,
            range: day.startUTC..<day.advanced(by: 1).startUTC
        )
        let times = try await bars(request).map { Timestamp(milliseconds: try #require($0.time)).clockTime }
        #expect(times.joined(separator: " ") == starts)
    }

    @Test func aPageTakesItsDelay() async throws {
        let clock = StoppedClock()
        let feed = SimulatedFeed(pageSize: 1000, pageDelay: .milliseconds(250), clock: clock)
        let first = try await feed.page(of: Self.bitcoin, at: nil)
        #expect(first.bars.count == 1000)
        #expect(first.next == FeedCursor("from=1549900800000"))
        #expect(try await feed.page(of: Self.bitcoin, at: first.next).bars.first?.time == 1_549_900_800_000)
        #expect(await clock.slept == [.milliseconds(250), .milliseconds(250)])
    }

    @Test(arguments: ["", "from=", "from=x", "from=5", "from=1554076800000", "from=9223372036854775807", "from=-1e3"])
    func aCursorOutsideOfTheRangeIsRefused(_ text: String) async throws {
        let feed = SimulatedFeed(clock: StoppedClock())
        let error = await #expect(throws: FeedError.self) {
            try await feed.page(of: Self.bitcoin, at: FeedCursor(text))
        }
        #expect(error?.kind == "untrustworthy")
    }
}
