import Store
import Testing
import Warehouse

@testable import Backfill

/// A worker asks for what the plan says, and for nothing twice.
@Suite struct WorkerPlanTests {
    /// A market with one candle a day at noon UTC for minutes, and day candles, from `listed` on.
    private static func market(listed: Timestamp? = nil) -> @Sendable (ScriptedFeed.Question) -> FeedPage {
        { question in
            let calendar = TradingCalendar(for: question.request.ticker.assetClass)
            let range = question.request.range
            let days =
                calendar.sessionDay(
                    of: range.lowerBound
                )..<calendar.sessionDay(of: range.upperBound)
                .advanced(by: 1)
            let bars = calendar.sessionDays(in: days).compactMap { day -> RawBar? in
                let noon = day.startUTC + .seconds(16 * 3600)
                let time = question.request.timeframe == .oneDay ? calendar.start(of: day) : noon
                guard range.contains(time), time >= listed ?? time else { return nil }
                return RawBar(time: time.milliseconds, open: 10, high: 11, low: 9, close: 10, volume: 5)
            }
            return FeedPage(ticker: question.request.ticker.vendorTicker, adjusted: true, bars: bars)
        }
    }

    @Test func `a hundred symbols, two years, five requests a minute`() async throws {
        try await Workshop.with(clock: TestClock(.at("2024-06-03T12:00:00Z"))) { shop in
            let feed = ScriptedFeed(clock: shop.clock) { Self.market()($0) }
            var planned = 0
            for number in 0..<100 {
                let symbol = try await shop.store.symbols.add(
                    Ticker(stored: "S\(number)", assetClass: .stock),
                    timeframes: [.fiveMinutes, .oneDay],
                    by: shop.admin
                )
                for timeframe in symbol.timeframes {
                    let days: (TradingDay, TradingDay) = (.on("2022-06-01"), .on("2024-05-31"))
                    planned += try await shop.store.jobs.plan(
                        symbol,
                        timeframe: timeframe,
                        from: days.0,
                        to: days.1
                    ).plan.requests
                    _ = try await shop.store.jobs.start(
                        symbol,
                        timeframe: timeframe,
                        from: days.0,
                        to: days.1,
                        by: shop.admin
                    )
                }
            }
            #expect(planned == 100 * 11)
            // A new worker now and then, as after a restart: the limit is the database's.
            var enough: Int64 = 150
            for process in 1...4 {
                let worker = shop.worker(feed, identity: Workshop.identity(Int32(process))) {
                    $0.requestsPerMinute = 5
                }
                try await shop.run(worker) { try await shop.unfinished() <= enough }
                enough = max(0, enough - 50)
            }
            #expect(try await shop.store.jobs.count(JobStore.Query(states: [.completed])) == 200)
            #expect(feed.questions.count == planned)
            let times = feed.questions.map(\.time)
            for (early, late) in zip(times, times.dropFirst(5)) { #expect(late - early >= .seconds(60)) }

            // A second time there is nothing to ask for.
            for symbol in try await shop.store.symbols.list() where symbol.symbol.hasPrefix("S") {
                for timeframe in symbol.timeframes {
                    _ = try await shop.store.jobs.start(
                        symbol,
                        timeframe: timeframe,
                        from: .on("2022-06-01"),
                        to: .on("2024-05-31"),
                        by: shop.admin
                    )
                }
            }
            try await shop.run(shop.worker(feed)) { try await shop.unfinished() == 0 }
            #expect(feed.questions.count == planned)
            #expect(try await shop.store.jobs.count(JobStore.Query(states: [.completed])) == 400)
        }
    }

    @Test func `hours are made of minutes without a request`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question in
                let range = question.request.range
                let bars = stride(from: range.lowerBound.seconds, to: range.upperBound.seconds, by: 300).map { second in
                    let price = Double(100 + second / 300 % 7)
                    return RawBar(
                        time: second * 1000,
                        open: price,
                        high: price + 1,
                        low: price - 1,
                        close: price,
                        volume: 2,
                        vwap: price,
                        trades: 3
                    )
                }
                return FeedPage(ticker: "X:BTCUSD", adjusted: true, bars: bars)
            }
            _ = try await shop.finish(
                try await shop.enqueue("2024-05-01", "2024-05-03", .fiveMinutes),
                shop.worker(feed)
            )
            #expect(feed.questions.count == 1)
            let job = try await shop.finish(
                try await shop.enqueue("2024-05-01", "2024-05-03", .oneHour),
                shop.worker(feed)
            )
            #expect(job.state == .completed && job.progress.candles == 48 && job.progress.pages == 0)
            #expect(feed.questions.count == 1)
            let hours = try await shop.candles(.oneHour)
            #expect(hours.count == 48)
            #expect(hours.allSatisfy { $0.candle.flags.contains(.derived) })
            #expect(hours.allSatisfy { $0.candle.volume == 24 && $0.candle.trades == 36 })
            #expect(try await shop.coverage(.oneHour) == [CoverageInterval(job.range, .had)])
            // Once more there is nothing to do.
            _ = try await shop.finish(
                try await shop.enqueue("2024-05-01", "2024-05-03", .oneHour),
                shop.worker(feed)
            )
            #expect(try await shop.candles(.oneHour) == hours)
        }
    }

    @Test func `the first candle marks the listing date`() async throws {
        try await Workshop.with(Ticker(stored: "NEW", assetClass: .stock)) { shop in
            let feed = ScriptedFeed(clock: shop.clock) { Self.market(listed: .at("2024-05-08T04:00Z"))($0) }
            let job = try await shop.finish(
                try await shop.enqueue("2024-05-01", "2024-05-11", .oneDay),
                shop.worker(feed)
            )
            let listed = Timestamp.at("2024-05-08T04:00Z")
            #expect(
                try await shop.coverage(.oneDay) == [
                    // Weekends between sessions are nobody's.
                    CoverageInterval(job.range.lowerBound..<Timestamp.at("2024-05-04T04:00Z"), .beforeListing),
                    CoverageInterval(.at("2024-05-04T04:00Z") ..< .at("2024-05-06T04:00Z"), .had),
                    CoverageInterval(.at("2024-05-06T04:00Z")..<listed, .beforeListing),
                    CoverageInterval(listed..<job.range.upperBound, .had),
                ]
            )
            _ = try await shop.finish(
                try await shop.enqueue("2024-05-01", "2024-05-11", .oneDay),
                shop.worker(feed)
            )
            #expect(feed.questions.count == 1)
        }
    }

    @Test func `what waits for long overtakes what is more urgent`() async throws {
        try await Workshop.with(clock: TestClock(.at("2024-06-03T12:00:00Z"), stands: true)) { shop in
            let old = try await shop.store.jobs.enqueue(
                shop.series(),
                range: .at("2024-01-01") ..< .at("2024-01-02"),
                expectedUnits: 24,
                priority: .deepHistory,
                by: shop.admin
            )
            shop.clock.advance(by: .seconds(5 * 3600))
            let urgent = try await shop.enqueue("2024-05-01", "2024-05-02")
            #expect(try await shop.store.leases.claim(by: "w", for: .seconds(30))?.job.id == old.id)
            #expect(try await shop.store.leases.claim(by: "w", for: .seconds(30))?.job.id == urgent.id)
        }
    }
}

extension Workshop {
    fileprivate func unfinished() async throws -> Int64 {
        try await store.jobs.count(JobStore.Query(states: [.queued, .running]))
    }
}
