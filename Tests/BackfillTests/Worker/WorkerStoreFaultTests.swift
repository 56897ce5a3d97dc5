import Backfill
import Store
import Testing
import Warehouse

/// A store that is not available for a while costs time, never a page.
@Suite(.timeLimit(.minutes(2))) struct WorkerStoreFaultTests {
    @Test(arguments: [StoreError.full, .busy(detail: "another program"), .failed("disk I/O error")])
    func `every transaction may fail several times`(error: StoreError) async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket(badEvery: 10).page(for: $0) }
            let engine = FlakyEngine(shop.store.engine) { $0 % 4 == 3 ? nil : error }
            let worker = shop.worker(feed, store: Store(engine: engine, clock: shop.clock)) {
                $0.sliceSize = 10
                $0.leaseDuration = .seconds(3600)
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-04"), worker)
            #expect(job.state == .completed)
            #expect(job.attempts == 0)
            #expect(job.progress.candles == 65)
            #expect(job.progress.rejected == 7)
            #expect(job.progress.pages == 3)
            // The page in hand is kept, not asked for again.
            #expect(feed.questions.count == 3)
            #expect(try await shop.candles().count == 65)
        }
    }

    @Test func `a job is not called completed before the store says so`() async throws {
        try await Workshop.with { shop in
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            // The worker's row, the claim, the lease, the page; then the disk is full for a long time.
            let engine = FlakyEngine(shop.store.engine) { (4..<30).contains($0) ? .full : nil }
            let worker = shop.worker(feed, store: Store(engine: engine, clock: shop.clock)) {
                $0.leaseDuration = .seconds(86_400)
            }
            let job = try await shop.enqueue("2024-05-01", "2024-05-02")
            let began = shop.clock.now
            let done = try await shop.finish(job, worker)
            #expect(done.state == .completed)
            #expect(feed.questions.count == 1)
            let finished = try #require(done.finishedAt)
            #expect(finished - began > .seconds(60))
            #expect(try await shop.store.jobs.history(limit: 10).count == 1)
        }
    }
}
