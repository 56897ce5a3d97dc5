import Backfill
import Store
import Testing
import Warehouse

@Suite(.timeLimit(.minutes(2))) struct BackfillWorkerTests {
    @Test func `every candle is stored once, and a second job asks for nothing`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-04"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.progress.candles == 72)
            #expect(job.progress.pages == 3)
            #expect(job.progress.rejected == 0)
            #expect(job.progress.doneUnits == 72)
            #expect(job.progress.doneUntil == job.range.upperBound)
            #expect(job.progress.cursor == nil)
            #expect(job.error == nil)
            #expect(feed.questions.count == 3)
            let stored = try await shop.candles()
            #expect(stored.count == 72)
            #expect(try await shop.coverage() == [CoverageInterval(job.range, .had)])
            #expect(try await shop.store.symbols.find("BTC").backfillStatus == .completed)

            shop.clock.advance(by: .seconds(60))
            let again = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-04"), shop.worker(feed))
            #expect(again.state == .completed)
            #expect(again.progress.candles == 0)
            #expect(again.fractionDone == 1)
            #expect(feed.questions.count == 3)
            #expect(try await shop.candles() == stored)
        }
    }

    @Test func `only what coverage lacks is asked for`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket(pageSize: 1000).page(for: $0) }
            _ = try await shop.finish(try await shop.enqueue("2024-05-02", "2024-05-03"), shop.worker(feed))
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-05"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.progress.candles == 72)
            #expect(
                feed.questions.map(\.request.range) == [
                    .at("2024-05-02") ..< .at("2024-05-03"), .at("2024-05-01") ..< .at("2024-05-02"),
                    .at("2024-05-03") ..< .at("2024-05-05"),
                ]
            )
            #expect(try await shop.candles().count == 96)
            #expect(try await shop.coverage() == [CoverageInterval(job.range, .had)])
        }
    }

    @Test func `a page is stored in slices`() async throws {
        try await Workshop.with { shop in
            let market = HourlyMarket(pageSize: 100, badEvery: 10)
            let feed = ScriptedFeed(clock: shop.clock) { market.page(for: $0) }
            let worker = shop.worker(feed) { $0.sliceSize = 7 }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-11"), worker)
            #expect(job.progress.pages == 3)
            #expect(job.progress.candles == 216)
            #expect(job.progress.rejected == 24)
            #expect(try await shop.candles().count == 216)
            let statistics = try #require(try await shop.store.candles.statistics().first)
            #expect(statistics.candles == 216)
            #expect(statistics.rejected == 24)
            #expect(try await shop.coverage() == [CoverageInterval(job.range, .had)])
        }
    }

    @Test func `candles that can still change are provisional, and are asked for again`() async throws {
        let clock = TestClock(.at("2024-05-02T12:20:00Z"), stands: true)
        try await Workshop.with(clock: clock) { shop in
            let feed = ScriptedFeed(clock: clock) { HourlyMarket(pageSize: 100).page(for: $0) }
            let first = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-03"), shop.worker(feed))
            #expect(first.state == .completed)
            #expect(first.progress.candles == 37)
            // The candle of 11:00 has settled at 12:15, that of 12:00 is forming.
            #expect(
                try await shop.coverage() == [
                    CoverageInterval(.at("2024-05-01") ..< .at("2024-05-02T12:00:00Z"), .had),
                    CoverageInterval(.at("2024-05-02T12:00:00Z") ..< .at("2024-05-02T13:00:00Z"), .provisional),
                ]
            )
            #expect(feed.questions[0].request.range.upperBound == .at("2024-05-02T13:00:00Z"))

            clock.advance(by: .seconds(86_400))
            let second = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-03"), shop.worker(feed))
            #expect(second.progress.candles == 12)
            #expect(feed.questions[1].request.range == .at("2024-05-02T12:00:00Z") ..< .at("2024-05-03"))
            #expect(try await shop.coverage() == [CoverageInterval(second.range, .had)])
            #expect(try await shop.candles().map(\.candle.flags).allSatisfy { !$0.contains(.provisional) })
        }
    }

    @Test func `a session without a candle is missing, and asked for again`() async throws {
        try await Workshop.with { shop in
            let hole: Range<Timestamp> = .at("2024-05-03") ..< .at("2024-05-04")
            let feed = ScriptedFeed(clock: shop.clock) { question in
                var page = HourlyMarket(pageSize: 1000).page(for: question)
                if question.number == 0 {
                    page.bars.removeAll { hole.contains(Timestamp(milliseconds: $0.time ?? 0)) }
                    page.declaredCount = nil
                }
                return page
            }
            let first = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-06"), shop.worker(feed))
            #expect(first.state == .completed)
            #expect(
                try await shop.coverage() == [
                    CoverageInterval(.at("2024-05-01") ..< .at("2024-05-03"), .had),
                    CoverageInterval(hole, .missing),
                    CoverageInterval(.at("2024-05-04") ..< .at("2024-05-06"), .had),
                ]
            )
            let second = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-06"), shop.worker(feed))
            #expect(feed.questions.map(\.request.range) == [first.range, hole])
            #expect(second.progress.candles == 24)
            #expect(try await shop.coverage() == [CoverageInterval(first.range, .had)])
        }
    }

    @Test func `time in which nobody trades is never asked for`() async throws {
        try await Workshop.with(Ticker(stored: "AAPL", assetClass: .stock)) { shop in
            let feed = ScriptedFeed(clock: shop.clock) { _ in FeedPage(ticker: "AAPL", adjusted: true) }
            // A weekend.
            let job = try await shop.finish(try await shop.enqueue("2024-05-04", "2024-05-06"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(feed.questions.isEmpty)
        }
    }

    @Test func `simulated and real candles don't mix`() async throws {
        try await Workshop.with { shop in
            let real = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            _ = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-02"), shop.worker(real))
            let made = ScriptedFeed(source: .simulated, clock: shop.clock) { HourlyMarket().page(for: $0) }
            let job = try await shop.finish(try await shop.enqueue("2024-05-02", "2024-05-03"), shop.worker(made))
            #expect(job.state == .failed)
            #expect(job.error == "BTC holds polygon candles and can't take simulated ones: use another database")
            #expect(try await shop.candles().count == 24)
        }
    }

    @Test func `a worker shows itself while it lives`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            let identity = Workshop.identity()
            try await shop.run(shop.worker(feed, identity: identity)) {
                try await shop.store.workers.list().map(\.id) == [identity.text]
            }
            #expect(try await shop.store.workers.list().isEmpty)
        }
    }

    @Test func `several lanes share the queue`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            var jobs: [BackfillJob] = []
            for day in 1...6 { jobs.append(try await shop.enqueue("2024-05-0\(day)", "2024-05-0\(day + 1)")) }
            try await shop.run(shop.worker(feed) { $0.concurrency = 3 }) {
                try await shop.store.jobs.count(JobStore.Query(states: [.completed])) == 6
            }
            #expect(feed.questions.count == 6)
            #expect(try await shop.candles().count == 144)
        }
    }
}
