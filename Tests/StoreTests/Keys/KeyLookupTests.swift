import Store
import Testing
import Warehouse

@Suite struct KeyLookupTests {
    @Test func `a key is meant by its id or its name`() async throws {
        try await withStore { test in
            let keys = test.store.keys
            let ops = try await test.createKey("ops").key
            let unicode = try await test.createKey("schlüssel 鍵").key
            #expect(try await keys.resolve("1").id == ops.id)
            #expect(try await keys.resolve("ops").id == ops.id)
            #expect(try await keys.resolve("schlüssel 鍵").id == unicode.id)
        }
    }

    @Test(arguments: ["", "9", "0", "-1", "+1", "01", " 1", "1_0", "0x1", "OPS", "op", "9223372036854775808", "'"])
    func `what names no key is refused`(reference: String) async throws {
        try await withStore { test in
            _ = try await test.createKey("ops")
            await expectRefusal(.unknownKey(reference)) { try await test.store.keys.resolve(reference) }
        }
    }

    @Test func `of several with one name the only usable one is meant`() async throws {
        try await withStore { test in
            let keys = test.store.keys
            let first = try await test.createKey("ops").key.id
            let second = try await test.createKey("ops").key.id
            await expectRefusal(.ambiguousKey(name: "ops", ids: [second, first])) { try await keys.resolve("ops") }
            _ = try await keys.revoke(second, by: test.alice)
            #expect(try await keys.resolve("ops").id == first)
            _ = try await keys.revoke(first, lastAdmin: .confirmed, by: test.alice)
            await expectRefusal(.ambiguousKey(name: "ops", ids: [second, first])) { try await keys.resolve("ops") }
            try await keys.delete(first, by: test.alice)
            #expect(try await keys.resolve("ops").id == second)
        }
    }

    @Test func `a key that is named like an id does not hide the one with the id`() async throws {
        try await withStore { test in
            let first = try await test.createKey("ops").key.id
            let decoy = try await test.createKey("1").key.id
            #expect(try await test.store.keys.resolve("1").id == first)
            try await test.store.keys.delete(first, by: test.alice)
            #expect(try await test.store.keys.resolve("1").id == decoy)
        }
    }

    @Test func `who pastes a key in place of an id does not find it in the error`() async throws {
        try await withStore { test in
            let raw = try await test.createKey("ops").raw
            let error = await #expect(throws: StoreError.self) { try await test.store.keys.resolve(raw.reveal()) }
            #expect(error == .unknownKey(raw.preview + "…"))
            #expect(error?.description.contains(raw.reveal().dropFirst(12)) == false)
        }
    }

    @Test func `lists the newest first, by page`() async throws {
        try await withStore { test in
            for number in 1...5 { _ = try await test.createKey("key \(number)") }
            let keys = test.store.keys
            #expect(try await keys.list().map(\.id.rawValue) == [5, 4, 3, 2, 1])
            #expect(try await keys.list(KeyStore.Query(limit: 2)).map(\.id.rawValue) == [5, 4])
            #expect(try await keys.list(KeyStore.Query(limit: 2, offset: 2)).map(\.id.rawValue) == [3, 2])
            #expect(try await keys.count(KeyStore.Query(limit: 2, offset: 2)) == 5)
        }
    }

    @Test func `an expiring key is usable up to the instant`() async throws {
        try await withStore { test in
            let key = try await test.createKey(expiresAt: TestStore.start + .seconds(60)).key
            let usable = KeyStore.Query(usableOnly: true)
            test.clock.set(TestStore.start + .seconds(60) - .microseconds(1))
            #expect(try await test.store.keys.list(usable) == [key])
            #expect(try await test.store.summary().usableKeys == 1)
            test.clock.advance(by: .microseconds(1))
            #expect(try await test.store.keys.list(usable).isEmpty)
            #expect(try await test.store.summary().usableKeys == 0)
            #expect(try await test.store.keys.list().map { $0.state(at: test.clock.now) } == [.expired])
        }
    }

    @Test(
        arguments: [
            (["reader"], [2]), (["READ"], [2]), (["active"], [6, 2]), (["revoked"], [3]), (["compromised"], [4]),
            (["expired"], [5]), (["rotating"], [1]), (["admin"], [6, 5, 4, 3, 1]), (["admin", "expired"], [5]),
            (["mdw_"], [6, 5, 4, 3, 2, 1]), (["%"], []), (["Éclair"], [3]), (["_"], [6, 5, 4, 3, 2, 1]),
            (["nothing"], []),
        ] as [([String], [Int64])]
    )
    func `words stand in id, name, preview, scope or state`(words: [String], ids: [Int64]) async throws {
        try await withStore { test in
            let keys = test.store.keys
            var generator = SeededGenerator(seed: 11)
            let rotating = try await test.createKey("rot").key.id
            _ = try await test.createKey("reader", scope: .read)
            let revoked = try await test.createKey("Éclair").key.id
            let compromised = try await test.createKey("bad").key.id
            _ = try await test.createKey("brief", expiresAt: TestStore.start + .seconds(1))
            _ = try await keys.rotate(rotating, grace: .seconds(60), by: test.alice, using: &generator)
            _ = try await keys.revoke(revoked, by: test.alice)
            _ = try await keys.revoke(compromised, compromised: true, by: test.alice)
            test.clock.advance(by: .seconds(1))
            let query = KeyStore.Query(filter: .words(words))
            #expect(try await keys.list(query).map(\.id.rawValue) == ids)
            #expect(try await keys.count(query) == Int64(ids.count))
        }
    }
}
