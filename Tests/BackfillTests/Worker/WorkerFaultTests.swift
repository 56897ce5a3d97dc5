import Backfill
import Store
import Testing
import Warehouse

/// What the worker does about each kind of fault.
@Suite(.timeLimit(.minutes(2))) struct WorkerFaultTests {
    static let passing: [FeedError] = [
        .transient(detail: "HTTP 504"), .vendor(detail: "status ERROR"), .untrustworthy(detail: "it loops"),
    ]

    @Test(arguments: passing) func `a passing fault is tried again`(error: FeedError) async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question throws(FeedError) in
                if question.number < 3 { throw error }
                return HourlyMarket().page(for: question)
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-02"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.attempts == 0)
            #expect(job.progress.candles == 24)
            #expect(feed.questions.count == 4)
            // With a jitter of one half: 1 s, 2 s and 4 s, noticed at the next poll.
            let waits = zip(feed.questions.dropFirst(), feed.questions).map { $0.time - $1.time }
            for (wait, least) in zip(waits, [1, 2, 4]) {
                #expect(wait >= .seconds(least))
                #expect(wait <= .seconds(least) + .milliseconds(1001))
            }
        }
    }

    @Test(arguments: passing) func `after eight attempts in a row the job has failed`(error: FeedError) async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { _ throws(FeedError) in throw error }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-02"), shop.worker(feed))
            #expect(job.state == .failed)
            #expect(job.error == "\(error) (8 attempts)")
            #expect(feed.questions.count == 8)
            #expect(try await shop.store.symbols.find("BTC").backfillStatus == .failed)
            #expect(try await shop.coverage().isEmpty)
        }
    }

    @Test func `attempts count from the last success`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question throws(FeedError) in
                // Every fourth request succeeds: never eight failures in a row.
                if question.number % 4 != 3 { throw .transient(detail: "HTTP 502") }
                return HourlyMarket().page(for: question)
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-06"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.progress.candles == 120)
            #expect(job.progress.pages == 5)
            #expect(feed.questions.count == 20)
        }
    }

    @Test func `a failed job goes on where it stopped when it is retried`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question throws(FeedError) in
                if (1...8).contains(question.number) { throw .transient(detail: "HTTP 503") }
                return HourlyMarket().page(for: question)
            }
            let failed = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-04"), shop.worker(feed))
            #expect(failed.state == .failed)
            #expect(failed.progress.candles == 24)
            let retried = try await shop.store.jobs.retry(failed.id, by: shop.admin)
            let job = try await shop.finish(retried, shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.progress.candles == 72)
            #expect(feed.questions[9].request.range.lowerBound == .at("2024-05-02"))
            #expect(try await shop.candles().count == 72)
        }
    }

    @Test func `an unknown ticker fails at once`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { _ throws(FeedError) in throw .unknownTicker(detail: "404") }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-02"), shop.worker(feed))
            #expect(job.state == .failed)
            #expect(job.error == "the vendor does not know the ticker: 404")
            #expect(feed.questions.count == 1)
        }
    }

    @Test func `a range outside of the plan is remembered`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { _ throws(FeedError) in throw .notEntitled(detail: "plan") }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-03"), shop.worker(feed))
            #expect(job.state == .failed)
            #expect(job.error == "not in the vendor plan: plan")
            #expect(try await shop.coverage() == [CoverageInterval(job.range, .notEntitled)])
            // Asking again would not help, and success would be a lie.
            let retried = try await shop.finish(
                try await shop.store.jobs.retry(job.id, by: shop.admin),
                shop.worker(feed)
            )
            #expect(retried.state == .failed)
            #expect(retried.error == "not in the vendor plan: 2024-05-01 to 2024-05-02, as the vendor said before")
            #expect(feed.questions.count == 1)
        }
    }

    @Test func `a plan without the current day gives the days before it`() async throws {
        try await Workshop.with(clock: TestClock(.at("2024-05-04T12:00:00Z"), stands: true)) { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question throws(FeedError) in
                if question.request.range.upperBound > .at("2024-05-04") { throw .notEntitled(detail: "today") }
                return HourlyMarket().page(for: question)
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-02", "2024-05-05"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.progress.candles == 48)
            #expect(try await shop.coverage() == [CoverageInterval(.at("2024-05-02") ..< .at("2024-05-04"), .had)])
        }
    }

    @Test func `a vendor that refuses the key is left alone`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { _ throws(FeedError) in throw .unauthorized(detail: "401") }
            let job = try await shop.enqueue("2024-05-01", "2024-05-02")
            let other = try await shop.enqueue("2024-05-02", "2024-05-03")
            try await shop.run(shop.worker(feed)) {
                try await shop.store.workers.list().first?.trouble != nil
            }
            #expect(feed.questions.count == 1)
            for id in [job.id, other.id] {
                let left = try await shop.store.jobs.find(id)
                #expect(left.state == .queued)
                #expect(left.attempts == 0)
            }
            #expect(try await shop.store.jobs.find(job.id).error == "the vendor refuses the key: 401")
        }
    }

    @Test func `the trouble is shown as long as the worker runs`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { _ throws(FeedError) in throw .unauthorized(detail: "401") }
            _ = try await shop.enqueue("2024-05-01", "2024-05-02")
            let began = shop.clock.now
            try await shop.run(shop.worker(feed)) {
                guard shop.clock.now - began > .seconds(120) else { return false }
                let worker = try #require(try await shop.store.workers.list().first)
                #expect(worker.trouble == "the vendor refuses the key: 401")
                return true
            }
            #expect(feed.questions.count == 1)
        }
    }

    @Test(arguments: [(Duration.seconds(17), 17), (nil, 60)]) func `over the rate limit everybody waits`(
        retryAfter: Duration?,
        seconds: Int
    ) async throws {
        // On a full minute, so that the next one is 60 s away.
        try await Workshop.with(clock: TestClock(.at("2024-06-03T12:00:00Z"), stands: true)) { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question throws(FeedError) in
                if question.number == 0 { throw .rateLimited(retryAfter: retryAfter) }
                return HourlyMarket().page(for: question)
            }
            let job = try await shop.enqueue("2024-05-01", "2024-05-02")
            try await shop.run(shop.worker(feed)) { try await shop.store.vendorRequests.book(limit: 0) != nil }
            let wait = try #require(try await shop.store.vendorRequests.book(limit: 5))
            #expect(wait == .seconds(seconds))
            #expect(try await shop.store.jobs.find(job.id).attempts == 0)
            shop.clock.advance(by: .seconds(seconds))
            let done = try await shop.finish(job, shop.worker(feed))
            #expect(done.state == .completed)
            #expect(feed.questions.count == 2)
        }
    }

    static let refused: [(name: String, rule: String, spoil: @Sendable (inout FeedPage) -> Void)] = [
        ("another ticker", "V09: the answer is about 'X:ETHUSD', not X:BTCUSD", { $0.ticker = "X:ETHUSD" }),
        ("unadjusted", "V10: the answer holds unadjusted prices, not adjusted ones", { $0.adjusted = false }),
        (
            "nanoseconds", "V05: the time 1714539600000000000 is not in milliseconds since 1970",
            { $0.bars[5].time = 1_714_539_600_000_000_000 }
        ),
        (
            "backwards", "V08: the bar of 2024-05-01T04:00:00Z comes after that of 2024-05-01T05:00:00Z",
            { $0.bars.swapAt(4, 5) }
        ),
    ]

    @Test(arguments: refused.indices) func `nothing of a page that can't be trusted is stored`(index: Int) async throws
    {
        let fault = Self.refused[index]
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question in
                var page = HourlyMarket().page(for: question)
                fault.spoil(&page)
                return page
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-03"), shop.worker(feed))
            #expect(job.state == .failed)
            #expect(job.error == "\(fault.rule) (8 attempts)")
            #expect(feed.questions.count == 8)
            #expect(job.progress.candles == 0)
            #expect(job.progress.pages == 0)
            #expect(job.progress.rejected == 1)
            #expect(try await shop.candles().isEmpty)
            #expect(try await shop.coverage().isEmpty)
            let rejections = try await shop.store.candles.rejected(of: shop.symbol.id, limit: 100)
            #expect(rejections.count == 1)
            let rejected = try #require(rejections.first?.candle)
            #expect("\(rejected.rule.rawValue): \(rejected.reason)" == fault.rule)
            #expect(!rejected.raw.isEmpty)
        }
    }

    @Test func `a refused page that turns good is taken`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question in
                var page = HourlyMarket().page(for: question)
                if question.number == 1 { page.ticker = "X:ETHUSD" }
                return page
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-03"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.progress.candles == 48)
            #expect(job.progress.rejected == 1)
            #expect(feed.questions[2].cursor == feed.questions[1].cursor)
        }
    }

    @Test func `an endless next page ends in a failure`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question in
                // Whatever is asked, the first day comes, and the promise of more.
                let day: Range<Timestamp> = .at("2024-05-01") ..< .at("2024-05-02")
                let request = CandleRequest(ticker: question.request.ticker, timeframe: .oneHour, range: day)
                var page = HourlyMarket().page(
                    for: ScriptedFeed.Question(request: request, cursor: nil, time: question.time, number: 0)
                )
                page.next = FeedCursor("again")
                return page
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-04"), shop.worker(feed))
            #expect(job.state == .failed)
            #expect(job.error?.hasSuffix("(8 attempts)") == true)
            #expect(job.progress.candles == 24)
            #expect(job.progress.doneUntil == .at("2024-05-02"))
            #expect(try await shop.candles().count == 24)
            #expect(try await shop.coverage() == [CoverageInterval(.at("2024-05-01") ..< .at("2024-05-02"), .had)])
        }
    }

    @Test func `a cursor that no longer works is given up`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question throws(FeedError) in
                if question.number > 0, let cursor = question.cursor, cursor.text.hasSuffix("1714608000") {
                    throw .vendor(detail: "the cursor has expired")
                }
                return HourlyMarket().page(for: question)
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-04"), shop.worker(feed))
            #expect(job.state == .completed)
            #expect(job.progress.candles == 72)
            #expect(feed.questions.map { $0.cursor == nil } == [true, false, false, true, false])
            #expect(feed.questions[3].request.range == .at("2024-05-02") ..< .at("2024-05-04"))
        }
    }
}
