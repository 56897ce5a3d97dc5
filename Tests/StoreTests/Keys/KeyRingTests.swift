import Testing
import Warehouse

@testable import Store

/// The keys in memory, and never older than the store.
@Suite struct KeyRingTests {
    @Test func `finds a key whatever its state`() async throws {
        try await withStore { test in
            let good = try await test.createKey("good")
            let bad = try await test.createKey("bad")
            _ = try await test.store.keys.revoke(bad.key.id, by: test.alice)
            let ring = test.store.makeKeyRing()
            #expect(try ring.find(good.raw.hash)?.id == good.key.id)
            #expect(try ring.find(bad.raw.hash)?.revocation != nil)
            #expect(try ring.find(SHA256Digest(of: "nothing".utf8)) == nil)
        }
    }

    @Test func `sees what another store on the file commits`() async throws {
        try await withStore { test in
            let first = try await test.createKey("first")
            let ring = test.store.makeKeyRing()
            #expect(try ring.find(first.raw.hash)?.revocation == nil)
            let other = try await test.another()
            _ = try await other.keys.revoke(first.key.id, lastAdmin: .confirmed, by: test.alice)
            #expect(try ring.find(first.raw.hash)?.revocation != nil)
            _ = try await other.keys.restore(first.key.id, by: test.alice)
            #expect(try ring.find(first.raw.hash)?.revocation == nil)
            try await other.keys.delete(first.key.id, lastAdmin: .confirmed, by: test.alice)
            #expect(try ring.find(first.raw.hash) == nil)
            try other.close()
        }
    }

    @Test func `reads the keys again only when they changed`() async throws {
        try await withStore { test in
            let engine = GatedEngine(test.engine)
            let ring = KeyRing(engine: engine)
            let key = try await test.createKey("a")
            _ = try ring.find(key.raw.hash)
            let looks = engine.looks
            for _ in 1...10 { _ = try ring.find(key.raw.hash) }
            #expect(engine.looks == looks)
            // Another commit asks for one look, whether the keys are meant; they are not read.
            try await test.store.audit.append(AuditEvent("test", by: test.alice))
            _ = try ring.find(key.raw.hash)
            #expect(engine.looks == looks + 1)
            _ = try await test.store.keys.revoke(key.key.id, lastAdmin: .confirmed, by: test.alice)
            _ = try ring.find(key.raw.hash)
            #expect(engine.looks == looks + 3)
        }
    }

    @Test func `a look that fails lets nobody in, and is made up for`() async throws {
        try await withStore { test in
            let engine = GatedEngine(test.engine)
            let ring = KeyRing(engine: engine)
            let key = try await test.createKey("a")
            #expect(try ring.find(key.raw.hash) != nil)
            _ = try await test.store.keys.revoke(key.key.id, lastAdmin: .confirmed, by: test.alice)
            engine.failLooks(true)
            for _ in 1...3 { #expect(throws: StoreError.self) { _ = try ring.find(key.raw.hash) } }
            engine.failLooks(false)
            #expect(try ring.find(key.raw.hash)?.revocation != nil)
        }
    }

    @Test func `usage figures follow the requests of this process without a look`() async throws {
        try await withStore { test in
            let engine = GatedEngine(test.engine)
            let ring = KeyRing(engine: engine)
            let log = RequestLog(engine: engine, clock: test.clock, ring: ring)
            let key = try await test.createKey("a").key
            _ = try ring.list()
            let looks = engine.looks
            for number in 1...3 {
                test.clock.advance(by: .seconds(1))
                try await log.record(
                    AuditEvent(
                        "GET /\(number)",
                        by: Actor(source: .http, name: "a"),
                        key: (key.id, key.name),
                        status: 200
                    )
                )
            }
            let listed = try #require(try ring.list().keys.first)
            #expect(listed == (try await test.store.keys.find(key.id)))
            #expect(listed.requestCount == 3 && listed.lastUsedEndpoint == "GET /3")
            #expect(engine.looks == looks)
        }
    }

    @Test func `usage figures of another process are read anew`() async throws {
        try await withStore { test in
            let ring = test.store.makeKeyRing()
            let key = try await test.createKey("a").key
            #expect(try ring.list().keys.first?.requestCount == 0)
            let other = try await test.another()
            let request = AuditEvent(
                "GET /",
                by: Actor(source: .http, name: "a"),
                key: (key.id, key.name),
                status: 200
            )
            try await other.makeRequestLog(ring: other.makeKeyRing()).record(request)
            let (keys, counter) = try ring.list()
            #expect(keys.first?.requestCount == 1)
            #expect(counter == (try test.store.changeCounter()))
            try other.close()
        }
    }

    @Test func `lists the keys, the newest first`() async throws {
        try await withStore { test in
            for name in ["a", "b", "c"] { _ = try await test.createKey(name) }
            #expect(try test.store.makeKeyRing().list().keys.map(\.name) == ["c", "b", "a"])
        }
    }

    @Test func `a hash that is none is nobody's`() async throws {
        try await withStore { test in
            let key = try await test.createKey("a")
            _ = try await test.createKey("b")
            try await test.tamper(
                "UPDATE api_keys SET key_hash = 'nonsense' WHERE id = 2; UPDATE generations SET value = value + 1"
            )
            #expect(try test.store.makeKeyRing().find(key.raw.hash)?.id == key.key.id)
        }
    }
}
