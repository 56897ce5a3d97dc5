import Testing
import Warehouse

@testable import Store

/// The audit rows of requests, many in one commit.
@Suite(.timeLimit(.minutes(2))) struct RequestLogTests {
    private static func request(_ number: Int, key: (KeyID, String)? = nil) -> AuditEvent {
        AuditEvent("GET /\(number)", by: Actor(source: .http, name: "k", address: "192.0.2.1"), key: key, status: 200)
    }

    /// Records requests all at once; returns how many failed.
    private static func record(_ numbers: Range<Int>, in log: RequestLog, key: (KeyID, String)? = nil) async -> Int {
        await withTaskGroup(of: Bool.self) { tasks in
            for number in numbers {
                let request = request(number, key: key)
                tasks.addTask {
                    do {
                        try await log.record(request)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await tasks.reduce(0) { $0 + ($1 ? 0 : 1) }
        }
    }

    @Test func `a lone request is one commit, and its usage is in it`() async throws {
        try await withStore { test in
            let key = try await test.createKey("ops").key
            let log = test.store.makeRequestLog(ring: test.store.makeKeyRing())
            test.clock.advance(by: .seconds(3))
            try await log.record(Self.request(1, key: (key.id, key.name)))
            let row = try #require(try await test.store.audit.newest(1).first)
            #expect(row.event == Self.request(1, key: (key.id, key.name)))
            #expect(row.time == TestStore.start + .seconds(3))
            let used = try await test.store.keys.find(key.id)
            #expect(used.lastUsed == TestStore.start + .seconds(3))
            #expect(used.lastUsedEndpoint == "GET /1" && used.requestCount == 1)
            #expect(log.statistics.rows == 1 && log.statistics.commits == 1 && log.statistics.waiting == 0)
        }
    }

    @Test func `who comes during a commit shares the next one`() async throws {
        try await withStore { test in
            let engine = GatedEngine(test.engine)
            let log = RequestLog(engine: engine, clock: test.clock, ring: KeyRing(engine: engine))
            engine.shut()
            async let first = Self.record(0..<1, in: log)
            while engine.waiting == 0 { await Task.yield() }
            async let others = Self.record(1..<501, in: log)
            while log.statistics.waiting < 501 { await Task.yield() }
            engine.open()
            #expect(await first == 0)
            #expect(await others == 0)
            #expect(log.statistics.commits == 2 && log.statistics.rows == 501)
            #expect(log.statistics.longestCommit <= log.statistics.commitTime)
            let rows = try await test.store.audit.oldest(1000)
            #expect(Set(rows.map(\.event.action)).count == 501)
            #expect(try await test.store.audit.verify() == .intact(rows: 501, head: test.store.audit.anchor()))
        }
    }

    @Test func `a commit holds a thousand rows at most`() async throws {
        try await withStore { test in
            let engine = GatedEngine(test.engine)
            let log = RequestLog(engine: engine, clock: test.clock, ring: KeyRing(engine: engine))
            engine.shut()
            async let first = Self.record(0..<1, in: log)
            while engine.waiting == 0 { await Task.yield() }
            async let others = Self.record(1..<1502, in: log)
            while log.statistics.waiting < 1502 { await Task.yield() }
            engine.open()
            #expect(await first == 0)
            #expect(await others == 0)
            #expect(log.statistics.commits == 3)
            let rows = try await test.store.audit.count()
            #expect(rows == 1502)
        }
    }

    @Test func `a commit that fails fails for all that shared it, and for nobody after`() async throws {
        try await withStore { test in
            let key = try await test.createKey("ops").key
            let engine = GatedEngine(test.engine)
            let log = RequestLog(engine: engine, clock: test.clock, ring: KeyRing(engine: engine))
            engine.fail(.full)
            engine.shut()
            async let first = Self.record(0..<1, in: log, key: (key.id, key.name))
            while engine.waiting == 0 { await Task.yield() }
            async let others = Self.record(1..<11, in: log, key: (key.id, key.name))
            while log.statistics.waiting < 11 { await Task.yield() }
            engine.open()
            #expect(await first == 1)
            #expect(await others == 10)
            #expect(log.statistics.failures == 2 && log.statistics.rows == 0)
            #expect(try await test.store.keys.find(key.id).requestCount == 0)
            engine.fail(nil)
            #expect(await Self.record(11..<12, in: log, key: (key.id, key.name)) == 0)
            #expect(try await test.store.keys.find(key.id).requestCount == 1)
            #expect(try await test.store.audit.newest(1).first?.event.action == "GET /11")
            #expect(try await test.store.audit.count() == 2)
        }
    }

    @Test func `a request that is cancelled is still written`() async throws {
        try await withStore { test in
            let engine = GatedEngine(test.engine)
            let log = RequestLog(engine: engine, clock: test.clock, ring: KeyRing(engine: engine))
            engine.shut()
            let task = Task { try await log.record(Self.request(1)) }
            while engine.waiting == 0 { await Task.yield() }
            task.cancel()
            engine.open()
            try await task.value
            #expect(try await test.store.audit.count() == 1)
        }
    }

    @Test func `usage of several keys moves in one commit`() async throws {
        try await withStore { test in
            let first = try await test.createKey("a").key
            let second = try await test.createKey("b").key
            _ = try await test.engine.write { session in
                try session.record(
                    [(1, first), (2, second), (3, first), (4, first)].map { number, key in
                        Self.request(number, key: (key.id, key.name))
                    } + [Self.request(5)],
                    at: TestStore.start
                )
            }
            let keys = try await test.store.keys.list()
            #expect(keys.map(\.requestCount) == [1, 3])
            #expect(keys.map(\.lastUsedEndpoint) == ["GET /2", "GET /4"])
        }
    }
}
