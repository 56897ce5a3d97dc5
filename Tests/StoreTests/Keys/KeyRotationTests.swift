import Store
import Testing
import Warehouse

@Suite struct KeyRotationTests {
    private func rotate(
        _ test: TestStore,
        _ id: KeyID,
        grace: Duration = .zero,
        seed: UInt64 = 77
    ) async throws -> CreatedKey {
        var generator = SeededGenerator(seed: seed)
        return try await test.store.keys.rotate(id, grace: grace, by: test.alice, using: &generator)
    }

    @Test func `without a grace the old key is revoked at once`() async throws {
        try await withStore { test in
            let expiry = TestStore.start + .seconds(1000)
            let old = try await test.createKey("ops", scope: .read, expiresAt: expiry).key
            test.clock.advance(by: .seconds(10))
            let new = try await rotate(test, old.id).key
            #expect(new.id == KeyID(2))
            #expect(new.name == "ops" && new.scope == .read && new.expiresAt == expiry)
            #expect(new.createdAt == TestStore.start + .seconds(10))
            #expect(new.state(at: test.clock.now) == .active)
            let left = try await test.store.keys.find(old.id)
            #expect(left.state(at: test.clock.now) == .revoked)
            #expect(
                left.revocation
                    == APIKey.Revocation(
                        at: TestStore.start + .seconds(10),
                        by: "alice",
                        reason: "rotated",
                        compromised: false
                    )
            )
            #expect(left.rotatedTo == new.id)
            #expect(try await test.audited() == ["key.rotate | replaced by key 2"])
            #expect(try await test.store.audit.newest(1)[0].event.keyID == old.id)
        }
    }

    @Test func `with a grace both work until it ends, to the instant`() async throws {
        try await withStore { test in
            let old = try await test.createKey("ops").key
            let new = try await rotate(test, old.id, grace: .seconds(60)).key
            #expect(new.expiresAt == nil)
            let left = try await test.store.keys.find(old.id)
            #expect(left.expiresAt == TestStore.start + .seconds(60))
            #expect(left.state(at: TestStore.start + .seconds(60) - .microseconds(1)) == .rotating)
            #expect(left.state(at: TestStore.start + .seconds(60)) == .expired)
            #expect(try await test.store.keys.count(KeyStore.Query(usableOnly: true)) == 2)
            test.clock.advance(by: .seconds(60))
            #expect(try await test.store.keys.list(KeyStore.Query(usableOnly: true)).map(\.id) == [new.id])
            #expect(
                try await test.audited() == ["key.rotate | replaced by key 2, works until 2026-09-21T14:14:20Z"]
            )
        }
    }

    @Test func `a grace never reaches beyond the key's own expiry`() async throws {
        try await withStore { test in
            let expiry = TestStore.start + .seconds(30)
            let old = try await test.createKey("ops", expiresAt: expiry).key
            _ = try await rotate(test, old.id, grace: .seconds(3600))
            #expect(try await test.store.keys.find(old.id).expiresAt == expiry)
            #expect(
                try await test.audited() == ["key.rotate | replaced by key 2, works until 2026-09-21T14:13:50Z"]
            )
        }
    }

    @Test(
        arguments: [
            ("negative", Duration.seconds(-1), false), ("none", .zero, true), ("30 days", .seconds(2_592_000), true),
            ("a moment more", .seconds(2_592_000) + .microseconds(1), false),
        ]
    )
    func `a grace is 30 days at most`(name: String, grace: Duration, fits: Bool) async throws {
        try await withStore { test in
            let old = try await test.createKey().key
            if fits {
                _ = try await rotate(test, old.id, grace: grace)
            } else {
                await expectRefusal(.badGrace) { try await rotate(test, old.id, grace: grace) }
                #expect(try await test.store.keys.count() == 1)
            }
        }
    }

    @Test func `only an active key can be rotated`() async throws {
        try await withStore { test in
            await expectRefusal(.unknownKey("9")) { try await rotate(test, KeyID(9)) }
            let revoked = try await test.createKey("a").key.id
            _ = try await test.store.keys.revoke(revoked, lastAdmin: .confirmed, by: test.alice)
            await expectRefusal(.notUsable(revoked, .revoked)) { try await rotate(test, revoked) }
            let rotating = try await test.createKey("b").key.id
            _ = try await rotate(test, rotating, grace: .seconds(60), seed: 1)
            await expectRefusal(.notUsable(rotating, .rotating)) { try await rotate(test, rotating) }
            test.clock.advance(by: .seconds(60))
            await expectRefusal(.notUsable(rotating, .expired)) { try await rotate(test, rotating) }
            let compromised = try await test.createKey("c").key.id
            _ = try await test.store.keys.revoke(compromised, compromised: true, by: test.alice)
            await expectRefusal(.notUsable(compromised, .compromised)) { try await rotate(test, compromised) }
        }
    }

    @Test func `the last admin key can be rotated, its successor is the last one then`() async throws {
        try await withStore { test in
            let old = try await test.createKey().key.id
            let new = try await rotate(test, old).key
            #expect(try await test.store.keys.isLastAdmin(new))
        }
    }

    @Test func `a replaced key that was restored is one of its own again`() async throws {
        try await withStore { test in
            let old = try await test.createKey("ops").key.id
            _ = try await rotate(test, old)
            let restored = try await test.store.keys.restore(old, by: test.alice)
            #expect(restored.state(at: test.clock.now) == .active)
            #expect(restored.rotatedTo == nil)
            #expect(restored.expiresAt == nil)
            // It can be replaced anew.
            _ = try await rotate(test, old, seed: 78)
        }
    }

    @Test func `restoring in the grace period does not make it longer`() async throws {
        try await withStore { test in
            let old = try await test.createKey("ops").key.id
            _ = try await rotate(test, old, grace: .seconds(60))
            _ = try await test.store.keys.revoke(old, by: test.alice)
            let restored = try await test.store.keys.restore(old, by: test.alice)
            #expect(restored.state(at: TestStore.start + .seconds(59)) == .active)
            #expect(restored.state(at: TestStore.start + .seconds(60)) == .expired)
        }
    }
}
