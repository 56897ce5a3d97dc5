import Backfill
import Logging
import ServiceLifecycle
import Store
import Testing
import VendorStub
import Warehouse

/// What an administrator does while a worker runs.
@Suite(.timeLimit(.minutes(2))) struct WorkerControlTests {
    /// A feed whose second page comes when the gate is opened.
    static func gatedFeed(_ shop: Workshop, _ reached: StubGate, _ gate: StubGate) -> ScriptedFeed {
        ScriptedFeed(clock: shop.clock) { question throws(FeedError) in
            if question.number == 1 {
                await reached.open()
                await gate.wait()
                if Task.isCancelled { throw .cancelled }
            }
            return HourlyMarket().page(for: question)
        }
    }

    @Test func `a job that is paused while its page is fetched stores nothing more`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let (reached, gate) = (StubGate(), StubGate())
            let feed = Self.gatedFeed(shop, reached, gate)
            let job = try await shop.enqueue("2024-05-01", "2024-05-04")
            let other = try await shop.enqueue("2024-05-10", "2024-05-11")
            try await shop.run(shop.worker(feed)) {
                await reached.wait()
                if try await shop.store.jobs.find(job.id).state == .running {
                    _ = try await shop.store.jobs.pause(job.id, by: shop.admin)
                    await gate.open()
                }
                return try await shop.store.jobs.find(other.id).state == .completed
            }
            let paused = try await shop.store.jobs.find(job.id)
            #expect(paused.state == .paused)
            #expect(paused.progress.candles == 24)
            _ = try await shop.store.jobs.resume(job.id, by: shop.admin)
            let done = try await shop.finish(job, shop.worker(feed))
            #expect(done.state == .completed)
            #expect(done.progress.candles == 72)
            #expect(done.progress.pages == 3)
            #expect(try await shop.candles().count == 96)
        }
    }

    @Test func `a job that is cancelled while its page is fetched stays cancelled`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let (reached, gate) = (StubGate(), StubGate())
            let feed = Self.gatedFeed(shop, reached, gate)
            let job = try await shop.enqueue("2024-05-01", "2024-05-04")
            let other = try await shop.enqueue("2024-05-10", "2024-05-11")
            try await shop.run(shop.worker(feed)) {
                await reached.wait()
                if try await shop.store.jobs.find(job.id).state == .running {
                    _ = try await shop.store.jobs.cancel(job.id, by: shop.admin)
                    await gate.open()
                }
                return try await shop.store.jobs.find(other.id).state == .completed
            }
            #expect(try await shop.store.jobs.find(job.id).state == .cancelled)
            #expect(try await shop.candles().count == 48)
        }
    }

    @Test func `paused workers finish their page, give the job back and claim nothing`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let (reached, gate) = (StubGate(), StubGate())
            let feed = Self.gatedFeed(shop, reached, gate)
            let job = try await shop.enqueue("2024-05-01", "2024-05-04")
            try await shop.run(shop.worker(feed)) {
                await reached.wait()
                if try await !shop.store.workers.isPaused() {
                    try await shop.store.workers.setPaused(true, by: shop.admin)
                    await gate.open()
                }
                return try await shop.store.jobs.find(job.id).state == .queued
            }
            let waiting = try await shop.store.jobs.find(job.id)
            #expect(waiting.progress.pages == 2)
            #expect(waiting.attempts == 0)
            #expect(waiting.error == nil)
            #expect(feed.questions.count == 2)

            let idle = shop.clock.now
            try await shop.run(shop.worker(feed)) {
                shop.clock.advance(by: .seconds(1))
                return shop.clock.now - idle > .seconds(300)
            }
            #expect(feed.questions.count == 2)
            try await shop.store.workers.setPaused(false, by: shop.admin)
            let done = try await shop.finish(job, shop.worker(feed))
            #expect(done.progress.candles == 72)
            #expect(feed.questions.count == 3)
        }
    }

    @Test func `a worker that is cancelled gives its job back at once`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let (reached, gate) = (StubGate(), StubGate())
            let feed = Self.gatedFeed(shop, reached, gate)
            let job = try await shop.enqueue("2024-05-01", "2024-05-04")
            try await shop.run(shop.worker(feed)) {
                await reached.wait()
                return true
            }
            let waiting = try await shop.store.jobs.find(job.id)
            #expect(waiting.state == .queued)
            #expect(waiting.attempts == 0)
            #expect(waiting.error == nil)
            #expect(waiting.nextAttempt <= shop.clock.now)
            #expect(waiting.progress.candles == 24)
            #expect(try await shop.store.workers.list().isEmpty)
            await gate.open()
            let done = try await shop.finish(job, shop.worker(feed))
            #expect(done.progress.candles == 72)
            #expect(done.progress.pages == 3)
        }
    }

    @Test func `a graceful shutdown ends the worker in the middle of a job`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let (reached, gate) = (StubGate(), StubGate())
            let feed = Self.gatedFeed(shop, reached, gate)
            let job = try await shop.enqueue("2024-05-01", "2024-05-04")
            let worker = shop.worker(feed)
            let group = ServiceGroup(
                configuration: .init(services: [worker], logger: .init(label: "test") { _ in SwiftLogNoOpLogHandler() })
            )
            async let ended: Void = group.run()
            await reached.wait()
            await group.triggerGracefulShutdown()
            try await ended
            #expect(try await shop.store.jobs.find(job.id).state == .queued)
            #expect(try await shop.store.jobs.find(job.id).progress.candles == 24)
            #expect(try await shop.store.workers.list().isEmpty)
        }
    }
}
