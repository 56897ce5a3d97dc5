import Logging
import Store
import Testing
import VendorStub
import Warehouse

@testable import Backfill

@Suite(.timeLimit(.minutes(2))) struct AlertWatchTests {
    @Test func `a failed backfill is told once, and its end too`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let (channel, log) = (RecordingChannel(), RecordingChannel("log"))
            let watch = shop.watch(channel, log)
            let job = try await shop.fail()
            for _ in 0..<3 { await shop.round(watch) }
            #expect(channel.delivered == ["raised backfill.failed BTC 1h"])
            #expect(log.delivered == channel.delivered)

            _ = try await shop.store.jobs.retry(job, by: shop.admin)
            await shop.round(watch)
            #expect(channel.delivered.count == 1)
            try await shop.complete()
            for _ in 0..<3 { await shop.round(watch) }
            #expect(channel.delivered == ["raised backfill.failed BTC 1h", "resolved backfill.failed BTC 1h"])
            #expect(log.delivered == channel.delivered)
        }
    }

    @Test func `what does not arrive is tried again after 1, 5, 30, 120 and 600 seconds`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let (down, fine) = (RecordingChannel { $0 < 6 ? "HTTP 500" : nil }, RecordingChannel("mail"))
            let watch = shop.watch(down, fine)
            _ = try await shop.fail()
            await shop.round(watch)
            #expect(down.tries == 1)
            // The other channel is not held up.
            #expect(fine.delivered.count == 1)
            for (attempt, wait) in [1, 5, 30, 120, 600, 600].enumerated() {
                shop.clock.advance(by: .seconds(wait) - .milliseconds(1))
                await watch.deliver()
                #expect(down.tries == attempt + 1)
                shop.clock.advance(by: .milliseconds(1))
                await watch.deliver()
                #expect(down.tries == attempt + 2)
            }
            #expect(down.delivered == ["raised backfill.failed BTC 1h"])
            #expect(fine.tries == 1)
        }
    }

    @Test func `of two processes one tells`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let channel = RecordingChannel()
            let other = try await shop.secondStore()
            let watches = [shop.watch(channel), shop.watch(channel, store: other, owner: "other")]
            _ = try await shop.fail()
            for _ in 0..<3 {
                await withTaskGroup { group in
                    for watch in watches { group.addTask { await shop.round(watch) } }
                }
            }
            #expect(channel.delivered == ["raised backfill.failed BTC 1h"])
            try other.close()
        }
    }

    /// Transactions of a round: the alert, the claim, the confirmation.
    @Test(arguments: [(0, false), (0, true), (1, false), (1, true), (2, false), (2, true)])
    func `a process that dies at any transaction loses no alert`(writes: Int, lastIsCommitted: Bool) async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let channel = RecordingChannel()
            _ = try await shop.fail()
            let engine = DyingEngine(shop.store.engine, after: writes, lastIsCommitted: lastIsCommitted)
            await shop.round(shop.watch(channel, store: Store(engine: engine, clock: shop.clock)))
            #expect(engine.isDead)

            let next = shop.watch(channel, owner: "next")
            await shop.round(next)
            shop.clock.advance(by: AlertCourier.lease)
            for _ in 0..<3 { await shop.round(next) }
            // Only who dies between sending and writing that down lets it be sent twice.
            #expect(channel.delivered.count == (writes == 2 && !lastIsCommitted ? 2 : 1))
            #expect(Set(channel.delivered) == ["raised backfill.failed BTC 1h"])
        }
    }

    @Test func `runs until it is cancelled`() async throws {
        try await Workshop.with { shop in
            let channel = RecordingChannel { $0 == 0 ? "HTTP 500" : nil }
            let watch = shop.watch(channel)
            _ = try await shop.fail()
            try await withThrowingTaskGroup { group in
                group.addTask { try await watch.run() }
                while channel.delivered.isEmpty { await Task.yield() }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(channel.delivered == ["raised backfill.failed BTC 1h"])
        }
    }

    @Test func `a broken audit log is told, and that it is whole again`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let channel = RecordingChannel()
            let other = try await shop.secondStore()
            let watches = [shop.watch(channel), shop.watch(channel, store: other, owner: "other")]
            for watch in watches { await shop.round(watch) }
            #expect(channel.delivered.isEmpty)

            let change = "UPDATE api_key_audit SET actor = '%' WHERE sequence = 1"
            try await shop.store.engine.write { try $0.executeScript(change.replacing("%", with: "mallory")) }
            // It lies behind both walks: the walk of the next day finds it.
            for watch in watches { await shop.round(watch) }
            #expect(channel.delivered.isEmpty)
            shop.clock.advance(by: .seconds(86_400))
            for _ in 0..<3 { for watch in watches { await shop.round(watch) } }
            #expect(channel.delivered == ["raised audit.broken"])

            try await shop.store.engine.write { try $0.executeScript(change.replacing("%", with: "tester")) }
            for _ in 0..<4 { for watch in watches { await shop.round(watch) } }
            #expect(channel.delivered == ["raised audit.broken", "resolved audit.broken"])
            try other.close()
        }
    }

    @Test func `rows that are cut off at the end are told`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let channel = RecordingChannel()
            let watch = shop.watch(channel)
            _ = try await shop.store.audit.append([AuditEvent("a", by: shop.admin), AuditEvent("b", by: shop.admin)])
            await shop.round(watch)
            try await shop.store.engine.write {
                try $0.executeScript("DELETE FROM api_key_audit WHERE sequence > 1")
            }
            await shop.round(watch)
            #expect(channel.delivered == ["raised audit.broken"])
        }
    }

    @Test func `a store that fails ends nothing`() async throws {
        try await Workshop.with(clock: TestClock(stands: true)) { shop in
            let channel = RecordingChannel()
            let engine = FlakyEngine(shop.store.engine) { $0 < 2 ? .full : nil }
            let watch = shop.watch(channel, store: Store(engine: engine, clock: shop.clock))
            _ = try await shop.fail()
            for _ in 0..<4 { await shop.round(watch) }
            #expect(channel.delivered == ["raised backfill.failed BTC 1h"])
        }
    }
}

extension Workshop {
    func watch(_ channels: any AlertChannel..., store: Store? = nil, owner: String = "test") -> AlertWatch {
        AlertWatch(
            store: store ?? self.store,
            rules: AlertRules(staleAfter: .seconds(36_525 * 86_400)),
            channels: channels,
            owner: owner,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// A minute of a watch.
    func round(_ watch: AlertWatch) async {
        clock.advance(by: .seconds(60))
        await watch.verify()
        await watch.look()
        await watch.deliver()
    }

    /// Lets a backfill of an hour's candles fail.
    func fail() async throws -> JobID {
        let job = try await enqueue("2024-05-01", "2024-05-02")
        let claim = try #require(try await store.leases.claim(by: "w", for: .seconds(30)))
        try await store.leases.fail(claim, error: "HTTP 500", source: .polygon, by: admin)
        return job.id
    }

    /// Lets the backfill that waits get everything.
    func complete() async throws {
        let claim = try #require(try await store.leases.claim(by: "w", for: .seconds(30)))
        try await store.leases.complete(claim, source: .polygon, by: admin)
    }
}
