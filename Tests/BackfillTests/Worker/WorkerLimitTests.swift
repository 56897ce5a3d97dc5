import Backfill
import Store
import Testing
import Warehouse

/// The vendor plan's rate holds for all workers of a database, and over their restarts.
@Suite(.timeLimit(.minutes(2))) struct WorkerLimitTests {
    /// The most requests in any 60 seconds.
    private func busiest(_ times: [Timestamp]) -> Int {
        times.map { start in times.count { $0 >= start && $0 - start < .seconds(60) } }.max() ?? 0
    }

    @Test(arguments: [1, 5, 7]) func `never more requests in any minute than the plan allows`(limit: Int) async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { question in
                shop.clock.advance(by: .milliseconds(700))
                return HourlyMarket().page(for: question)
            }
            let worker = shop.worker(feed) { $0.requestsPerMinute = limit }
            let began = shop.clock.now
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-29"), worker)
            #expect(job.state == .completed)
            #expect(feed.questions.count == 28)
            #expect(busiest(feed.questions.map(\.time)) == limit)
            // And not slower than the plan.
            let last = try #require(feed.questions.last)
            #expect(last.time - began < .seconds(62 * (28 / limit)))
        }
    }

    @Test func `a restart does not forget the requests before it`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            let job = try await shop.enqueue("2024-05-01", "2024-05-21")
            for start in 1...6 {
                let identity = Workshop.identity(Int32(start))
                try await shop.run(shop.worker(feed, identity: identity) { $0.requestsPerMinute = 5 }) {
                    feed.questions.count >= start * 3
                }
            }
            let done = try await shop.finish(job, shop.worker(feed) { $0.requestsPerMinute = 5 })
            #expect(done.progress.candles == 480)
            #expect(busiest(feed.questions.map(\.time)) == 5)
        }
    }

    @Test func `two workers share the plan`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let second = try await shop.secondStore()
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            for day in 1...8 { _ = try await shop.enqueue("2024-05-0\(day)", "2024-05-0\(day + 1)") }
            // Time goes by in leaps here: no lease may run out meanwhile.
            let configure: (inout BackfillWorker.Configuration) -> Void = {
                $0.requestsPerMinute = 3
                $0.leaseDuration = .seconds(3600)
            }
            var minutes = 1
            try await shop.run(
                shop.worker(feed, identity: Workshop.identity(1), configure: configure),
                shop.worker(feed, store: second, identity: Workshop.identity(2), configure: configure)
            ) {
                #expect(feed.questions.count <= 3 * minutes)
                if feed.questions.count == 3 * minutes {
                    // Both wait now; nobody may ask before the minute is over.
                    for _ in 0..<500 { await Task.yield() }
                    shop.clock.advance(by: .seconds(59))
                    for _ in 0..<500 { await Task.yield() }
                    #expect(feed.questions.count == 3 * minutes)
                    minutes += 1
                    shop.clock.advance(by: .milliseconds(1001))
                }
                return try await shop.store.jobs.count(JobStore.Query(states: [.completed])) == 8
            }
            #expect(feed.questions.count == 8)
            #expect(try await shop.candles().count == 192)
            try second.close()
        }
    }
}
