import Foundation
import Store
import Testing
import Warehouse

@Suite struct KeyCreationTests {
    @Test func `a new key has everything that was asked for`() async throws {
        try await withStore { test in
            let expiry = TestStore.start + .seconds(60)
            let created = try await test.createKey("Ünïcode 鍵", scope: .read, expiresAt: expiry)
            let key = created.key
            #expect(key.id == KeyID(1))
            #expect(key.name == "Ünïcode 鍵")
            #expect(key.scope == .read)
            #expect(key.preview == String(created.raw.reveal().prefix(12)))
            #expect(key.createdAt == TestStore.start)
            #expect(key.createdBy == "alice")
            #expect(key.expiresAt == expiry)
            #expect(key.lastUsed == nil && key.requestCount == 0 && key.revocation == nil && key.rotatedTo == nil)
            #expect(key.state(at: test.clock.now) == .active)
            #expect(try await test.store.keys.find(key.id) == key)
            #expect(try await test.store.keys.find(hash: created.raw.hash) == key)
            #expect(try await test.audited() == ["key.create | scope read, expires 2026-09-21T14:14:20Z"])
            #expect(try await test.store.audit.newest(1)[0].event.keyName == "Ünïcode 鍵")
        }
    }

    @Test func `the key itself is nowhere in the files`() async throws {
        try await withStore { test in
            var generator = SeededGenerator(seed: 5)
            var raws = [try await test.createKey("first").raw]
            raws.append(
                try await test.store.keys.rotate(
                    KeyID(1),
                    grace: .seconds(60),
                    by: test.alice,
                    using: &generator
                ).raw
            )
            await #expect(throws: StoreError.self) { try await test.store.keys.resolve(raws[0].reveal()) }
            let files = try FileManager.default.contentsOfDirectory(atPath: test.folder)
            try #require(files.contains("mdw.sqlite-wal"))
            for file in files {
                let content = bytes(of: test.folder + "/" + file)
                for raw in raws {
                    let secret = String(raw.reveal().dropFirst(12))
                    #expect(!content.contains(Data(secret.utf8)), "\(file)")
                }
            }
            // The search would find it.
            #expect(bytes(of: test.path + "-wal").contains(Data(raws[0].hash.hex.utf8)))
            #expect(bytes(of: test.path + "-wal").contains(Data(raws[0].preview.utf8)))
        }
    }

    @Test(arguments: [("a moment ago", -1), ("now", 0)])
    func `an expiry that has come is refused`(name: String, seconds: Int) async throws {
        try await withStore { test async throws in
            let expiry = TestStore.start + .seconds(seconds)
            await expectRefusal(.badExpiry("\(expiry) has passed")) { try await test.createKey(expiresAt: expiry) }
            #expect(try await test.store.keys.count() == 0)
            #expect(try await test.store.audit.count() == 0)
        }
    }

    @Test func `names may come twice, ids and keys never`() async throws {
        try await withStore { test in
            let first = try await test.createKey("ops")
            let second = try await test.createKey("ops")
            #expect(first.key.id != second.key.id)
            #expect(first.raw.hash != second.raw.hash)
            await #expect(throws: StoreError.self) {
                _ = try await test.createKey("a", seed: 1)
                return try await test.createKey("b", seed: 1)
            }
        }
    }

    @Test func `an id is never given out again`() async throws {
        try await withStore { test in
            for _ in 0..<3 {
                let key = try await test.createKey(scope: .read).key
                try await test.store.keys.delete(key.id, by: test.alice)
            }
            #expect(try await test.createKey().key.id == KeyID(4))
        }
    }

    @Test func `the first key is made once`() async throws {
        try await withStore { test in
            var generator = SeededGenerator(seed: 1)
            _ = try await test.createKey("reader", scope: .read)
            let first = try await test.store.keys.createFirst(by: test.alice, using: &generator)
            #expect(first?.key.name == "admin")
            #expect(first?.key.scope == .admin)
            #expect(try await test.audited() == ["key.create | the first admin key"])
            #expect(try await test.store.keys.createFirst(by: test.alice, using: &generator)?.key == nil)
            // A revoked admin key counts: there may be a reason why nobody may come in.
            _ = try await test.store.keys.revoke(
                try #require(first).key.id,
                lastAdmin: .confirmed,
                by: test.alice
            )
            #expect(try await test.store.keys.createFirst(by: test.alice, using: &generator)?.key == nil)
        }
    }

    @Test func `a created key shows no secret`() async throws {
        try await withStore { test in
            let created = try await test.createKey()
            var dumped = ""
            dump(created, to: &dumped)
            let secret = created.raw.reveal().dropFirst(12)
            for text in ["\(created)", String(reflecting: created), dumped] {
                #expect(!text.contains(secret))
            }
        }
    }
}
