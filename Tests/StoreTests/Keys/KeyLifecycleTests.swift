import Store
import Testing
import Warehouse

@Suite struct KeyLifecycleTests {
    @Test func `revoked, restored, compromised`() async throws {
        try await withStore { test in
            let keys = test.store.keys
            _ = try await test.createKey("other")
            let id = try await test.createKey("ops").key.id
            test.clock.advance(by: .seconds(5))
            let revoked = try await keys.revoke(id, reason: "left\u{7}", by: Actor(source: .console, name: "bob"))
            #expect(revoked.state(at: test.clock.now) == .revoked)
            #expect(
                revoked.revocation
                    == APIKey.Revocation(
                        at: TestStore.start + .seconds(5),
                        by: "bob",
                        reason: "left\u{FFFD}",
                        compromised: false
                    )
            )
            #expect(try await test.audited() == ["key.revoke | left\u{FFFD}"])
            await expectRefusal(.alreadyRevoked(id)) { try await keys.revoke(id, by: test.alice) }

            let restored = try await keys.restore(id, by: test.alice)
            #expect(restored.state(at: test.clock.now) == .active)
            #expect(restored.revocation == nil)
            #expect(try await test.audited() == ["key.restore"])
            await expectRefusal(.notRevoked(id)) { try await keys.restore(id, by: test.alice) }

            // Revoked first and found out to be compromised later.
            _ = try await keys.revoke(id, by: test.alice)
            let compromised = try await keys.revoke(id, reason: "in a log", compromised: true, by: test.alice)
            #expect(compromised.state(at: test.clock.now) == .compromised)
            #expect(try await test.audited() == ["key.revoke | compromised: in a log"])
            await expectRefusal(.compromised(id)) { try await keys.restore(id, by: test.alice) }
            await expectRefusal(.alreadyRevoked(id)) { try await keys.revoke(id, by: test.alice) }
            await expectRefusal(.alreadyRevoked(id)) {
                try await keys.revoke(id, compromised: true, by: test.alice)
            }
        }
    }

    @Test func `a deleted key is gone, and its rows of the audit stay`() async throws {
        try await withStore { test in
            _ = try await test.createKey("other")
            let created = try await test.createKey("ops")
            let id = created.key.id
            try await test.store.keys.delete(id, by: test.alice)
            await expectRefusal(.unknownKey("2")) { try await test.store.keys.find(id) }
            #expect(try await test.store.keys.find(hash: created.raw.hash) == nil)
            var filter = AuditLog.Filter()
            filter.key = id
            #expect(
                try await test.store.audit.newest(10, matching: filter).map(\.event.action)
                    == ["key.delete", "key.create"]
            )
            #expect(try await test.audited() == ["key.delete | preview \(created.key.preview)"])
        }
    }

    @Test func `what is unknown is refused and leaves no row`() async throws {
        try await withStore { test async throws in
            let id = KeyID(42)
            await expectRefusal(.unknownKey("42")) { try await test.store.keys.revoke(id, by: test.alice) }
            await expectRefusal(.unknownKey("42")) { try await test.store.keys.restore(id, by: test.alice) }
            await expectRefusal(.unknownKey("42")) { try await test.store.keys.delete(id, by: test.alice) }
            await expectRefusal(.unknownKey("42")) { try await test.store.keys.find(id) }
            #expect(try await test.store.audit.count() == 0)
        }
    }

    @Test func `the last admin key goes only when that was confirmed`() async throws {
        try await withStore { test in
            let keys = test.store.keys
            _ = try await test.createKey("reader", scope: .read)
            let admin = try await test.createKey("admin").key
            #expect(try await keys.isLastAdmin(admin))
            await expectRefusal(.lastAdminKey(admin.id)) { try await keys.revoke(admin.id, by: test.alice) }
            await expectRefusal(.lastAdminKey(admin.id)) {
                try await keys.revoke(admin.id, compromised: true, by: test.alice)
            }
            await expectRefusal(.lastAdminKey(admin.id)) { try await keys.delete(admin.id, by: test.alice) }
            #expect(try await keys.find(admin.id).state(at: test.clock.now) == .active)

            // Another one that opens nothing does not help, one that does makes way.
            let expiring = try await test.createKey("soon", expiresAt: TestStore.start + .seconds(10)).key
            #expect(try await !keys.isLastAdmin(admin))
            test.clock.advance(by: .seconds(10))
            await expectRefusal(.lastAdminKey(admin.id)) { try await keys.revoke(admin.id, by: test.alice) }
            #expect(try await !keys.isLastAdmin(expiring))
            let second = try await test.createKey("second").key
            _ = try await keys.revoke(admin.id, by: test.alice)
            #expect(try await keys.isLastAdmin(second))

            // A revoked one is nobody's last key, and restoring makes another one.
            #expect(try await !keys.isLastAdmin(try await keys.find(admin.id)))
            _ = try await keys.restore(admin.id, by: test.alice)
            try await keys.delete(second.id, by: test.alice)
            _ = try await keys.revoke(admin.id, lastAdmin: .confirmed, by: test.alice)
            try await keys.delete(admin.id, by: test.alice)
            #expect(try await keys.count(KeyStore.Query(filter: .words(["admin"]))) == 1)
        }
    }

    @Test func `the last admin key is deleted when that was confirmed`() async throws {
        try await withStore { test in
            let admin = try await test.createKey().key.id
            try await test.store.keys.delete(admin, lastAdmin: .confirmed, by: test.alice)
            #expect(try await test.store.keys.count() == 0)
        }
    }

    @Test func `a read key is no admin's concern`() async throws {
        try await withStore { test in
            let reader = try await test.createKey(scope: .read).key
            #expect(try await !test.store.keys.isLastAdmin(reader))
            try await test.store.keys.delete(reader.id, by: test.alice)
        }
    }

    @Test func `two who take the last two admin keys at once leave one`() async throws {
        try await withStore { test in
            let ids = [try await test.createKey("a").key.id, try await test.createKey("b").key.id]
            let other = try await test.another()
            let revoked = await withTaskGroup(of: Bool.self) { group in
                for (store, id) in zip([test.store, other], ids) {
                    group.addTask { (try? await store.keys.revoke(id, by: TestStore.alice)) != nil }
                }
                return await group.reduce(into: 0) { count, done in count += done ? 1 : 0 }
            }
            #expect(revoked == 1)
            #expect(try await test.store.keys.count(KeyStore.Query(usableOnly: true)) == 1)
            try other.close()
        }
    }

    /// What a cache of keys looks at: it must move with each change of a key.
    @Test func `each change raises the generation of keys and of no other concern`() async throws {
        try await withStore { test in
            let keys = test.store.keys
            var generator = SeededGenerator(seed: 3)
            var before = try await test.store.generations()
            func expectRaised(_ name: Comment) async throws {
                let now = try await test.store.generations()
                #expect(now[.keys] > before[.keys], name)
                #expect(now[.audit] > before[.audit], name)
                #expect(now[.symbols] == before[.symbols] && now[.jobs] == before[.jobs], name)
                before = now
            }
            let id = try await test.createKey().key.id
            try await expectRaised("create")
            let second = try await keys.rotate(id, grace: .seconds(9), by: test.alice, using: &generator).key.id
            try await expectRaised("rotate")
            _ = try await keys.revoke(id, by: test.alice)
            try await expectRaised("revoke")
            _ = try await keys.restore(id, by: test.alice)
            try await expectRaised("restore")
            try await keys.delete(id, by: test.alice)
            try await expectRaised("delete")
            await #expect(throws: StoreError.self) { try await keys.delete(second, by: test.alice) }
            #expect(try await test.store.generations() == before)
        }
    }
}
