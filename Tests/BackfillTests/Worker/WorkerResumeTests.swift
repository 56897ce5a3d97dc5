import Backfill
import Store
import Testing
import Warehouse

@testable import struct Backfill.ProcessTable

/// A worker that dies at any instant leaves the job so that the next one ends with the same figures.
@Suite(.timeLimit(.minutes(5))) struct WorkerResumeTests {
    /// A worker of a process on this machine that is gone.
    static func deadIdentity() -> WorkerIdentity {
        let gone = ProcessTable(mark: ProcessTable.live.mark) { "\($0) (mdw) S" + String(repeating: " 1", count: 30) }
        return WorkerIdentity(host: "test", process: 9_999_999, processes: gone, nonce: 1)
    }

    @Test(arguments: [false, true]) func `killed at any transaction`(lastIsCommitted: Bool) async throws {
        let market = HourlyMarket(pageSize: 40, badEvery: 9)
        var deaths = 0
        for writes in 0... {
            var died = true
            try await Workshop.with(clock: TestClock(stands: true)) { shop in
                let engine = DyingEngine(shop.store.engine, after: writes, lastIsCommitted: lastIsCommitted)
                let feed = ScriptedFeed(clock: shop.clock) { market.page(for: $0) }
                let job = try await shop.enqueue("2024-05-01", "2024-05-06")
                let mortal = shop.worker(
                    feed,
                    store: Store(engine: engine, clock: shop.clock),
                    identity: Self.deadIdentity()
                ) { $0.sliceSize = 9 }
                try await shop.run(mortal) {
                    if engine.isDead { return true }
                    return try await shop.store.jobs.find(job.id).state == .completed
                }
                died = engine.isDead
                let identity = WorkerIdentity(host: "test", process: 1, processes: .live, nonce: 2)
                let successor = shop.worker(feed, identity: identity) { $0.sliceSize = 9 }
                let done = try await shop.finish(job, successor)

                #expect(done.state == .completed)
                #expect(done.progress.candles == 107, "after \(writes) transactions")
                #expect(done.progress.rejected == 13, "after \(writes) transactions")
                #expect(done.progress.pages == 3, "after \(writes) transactions")
                #expect(done.progress.doneUnits == 120)
                #expect(try await shop.candles().count == 107)
                let statistics = try #require(try await shop.store.candles.statistics().first)
                #expect(statistics.candles == 107)
                #expect(statistics.rejected == 13)
                #expect(statistics.revisions == 0)
                #expect(try await shop.coverage() == [CoverageInterval(job.range, .had)])
                // At most the page that was in hand is asked for again.
                #expect(feed.questions.count <= 4)
                #expect(try await shop.store.jobs.history(limit: 10).count == 1)
            }
            guard died else { break }
            deaths += 1
        }
        // A heartbeat, the claim, three pages in slices, the end of the job.
        #expect(deaths > 15)
    }

    @Test func `flags don't depend on where the worker was killed`() async throws {
        func flags(killedAfter writes: Int) async throws -> [CandleFlags] {
            var flags: [CandleFlags] = []
            try await Workshop.with(clock: TestClock(stands: true)) { shop in
                let engine = DyingEngine(shop.store.engine, after: writes, lastIsCommitted: true)
                let feed = ScriptedFeed(clock: shop.clock) { question in
                    var page = HourlyMarket(pageSize: 50).page(for: question)
                    for index in page.bars.indices where (page.bars[index].time ?? 0) / 3_600_000 % 13 == 0 {
                        page.bars[index].volume = 1000
                    }
                    return page
                }
                let job = try await shop.enqueue("2024-05-01", "2024-05-06")
                let mortal = shop.worker(
                    feed,
                    store: Store(engine: engine, clock: shop.clock),
                    identity: Self.deadIdentity()
                ) { $0.sliceSize = 8 }
                try await shop.run(mortal) {
                    if engine.isDead { return true }
                    return try await shop.store.jobs.find(job.id).state == .completed
                }
                let identity = WorkerIdentity(host: "test", process: 1, processes: .live, nonce: 2)
                _ = try await shop.finish(job, shop.worker(feed, identity: identity) { $0.sliceSize = 8 })
                flags = try await shop.candles().map(\.candle.flags)
            }
            return flags
        }
        let whole = try await flags(killedAfter: .max)
        #expect(whole.count == 120)
        #expect(whole.contains(.volumeAnomaly))
        for writes in [4, 6, 9, 13, 16] { #expect(try await flags(killedAfter: writes) == whole) }
    }

    @Test func `the job of a dead process is taken over before its lease runs out`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let job = try await shop.enqueue("2024-05-01", "2024-05-02")
            _ = try await shop.store.leases.claim(by: Self.deadIdentity().text, for: .seconds(30))
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            let identity = WorkerIdentity(host: "test", process: 1, processes: .live, nonce: 2)
            // The clock stands: the lease never runs out.
            #expect(try await shop.finish(job, shop.worker(feed, identity: identity)).progress.candles == 24)
        }
    }

    @Test func `a lease that ran out is taken over`() async throws {
        try await Workshop.with { shop in
            let job = try await shop.enqueue("2024-05-01", "2024-05-02")
            _ = try await shop.store.leases.claim(by: "elsewhere:1:x-1-1", for: .seconds(30))
            let began = shop.clock.now
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket().page(for: $0) }
            #expect(try await shop.finish(job, shop.worker(feed)).progress.candles == 24)
            let asked = try #require(feed.questions.first)
            #expect(asked.time - began >= .seconds(30))
        }
    }

    @Test func `two workers never fetch the same page`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let second = try await shop.secondStore()
            let feed = ScriptedFeed(clock: shop.clock) { HourlyMarket(pageSize: 12).page(for: $0) }
            for day in 1...8 { _ = try await shop.enqueue("2024-05-0\(day)", "2024-05-0\(day + 1)") }
            try await shop.run(
                shop.worker(feed, identity: Workshop.identity(1)),
                shop.worker(feed, store: second, identity: Workshop.identity(2))
            ) {
                try await shop.store.jobs.count(JobStore.Query(states: [.completed])) == 8
            }
            #expect(feed.questions.count == 16)
            let pages = Set(feed.questions.map { "\($0.request.range) \($0.cursor?.text ?? "")" })
            #expect(pages.count == 16)
            #expect(try await shop.candles().count == 192)
            try second.close()
        }
    }

    @Test func `who lost the lease writes nothing`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let store = shop.store
            let feed = ScriptedFeed(clock: shop.clock) { question in
                if question.number == 1 {
                    // While the first worker waits for its second page, another one takes the job, and thinks it dead:
                    // so it does not matter when its heart beats.
                    do {
                        _ = try await store.leases.claim(
                            by: "elsewhere:1:x-1-1",
                            for: .seconds(3600),
                            abandoned: [Workshop.identity().text]
                        )
                    } catch {
                        Issue.record(error)
                    }
                }
                return HourlyMarket().page(for: question)
            }
            let job = try await shop.enqueue("2024-05-01", "2024-05-04")
            let next = try await shop.enqueue("2024-05-10", "2024-05-11")
            try await shop.run(shop.worker(feed)) { try await store.jobs.find(next.id).state == .completed }
            let left = try await store.jobs.find(job.id)
            #expect(left.state == .running)
            #expect(left.lease?.owner == "elsewhere:1:x-1-1")
            #expect(left.progress.candles == 24)
            #expect(left.progress.pages == 1)
            #expect(try await shop.candles().count == 48)
        }
    }

    @Test func `a lease is prolonged while the vendor takes its time`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let store = shop.store
            let feed = ScriptedFeed(clock: shop.clock) { question in
                do {
                    for _ in 0..<6 {
                        while shop.clock.waiting == 0 { await Task.yield() }
                        let expiry = try await store.jobs.list().first?.lease?.expiresAt
                        shop.clock.advance(by: TestClock.passive)
                        // Ends when the heartbeat has written; never, if there is none.
                        while try await store.jobs.list().first?.lease?.expiresAt == expiry { await Task.yield() }
                    }
                } catch {
                    Issue.record(error)
                }
                return HourlyMarket().page(for: question)
            }
            let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-02"), shop.worker(feed))
            #expect(job.progress.candles == 24)
            #expect(feed.questions.count == 1)
        }
    }
}
