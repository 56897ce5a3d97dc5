import Testing
import Warehouse

@testable import Store

@Suite struct AuditLogTests {
    @Test func `sequence numbers have no holes, and each row follows the one before`() async throws {
        try await withStore { test in
            for number in 1...20 {
                try await test.store.audit.append(AuditEvent("test.\(number)", by: test.alice))
                test.clock.advance(by: .seconds(1))
            }
            await #expect(throws: StoreError.unknownKey("9")) {
                try await test.store.keys.delete(KeyID(9), by: test.alice)
            }
            try await test.store.audit.append(AuditEvent("test.21", by: test.alice))
            let rows = try await test.store.audit.oldest(100)
            #expect(rows.map(\.sequence) == Array(1...21))
            #expect(rows.map(\.event.action) == (1...21).map { "test.\($0)" })
            #expect(rows[0].previousHash == AuditEntry.genesis)
            #expect(rows.dropFirst().map(\.previousHash) == rows.dropLast().map(\.hash))
            #expect(rows[4].time == TestStore.start + .seconds(4))
        }
    }

    @Test func `hashes are those that anybody can compute`() async throws {
        try await withStore { test in
            var first = AuditEvent(
                "key.create",
                by: Actor(source: .cli, name: "alice", address: "192.0.2.7"),
                key: (KeyID(7), "Ünïcode")
            )
            first.detail = "scope admin"
            try await test.store.audit.append(first)
            test.clock.advance(by: .seconds(1))
            let second = AuditEvent(
                "GET /api/v1/admin/symbols",
                by: Actor(source: .http, name: "bob", address: "2001:db8::1"),
                status: 200,
                duration: .microseconds(1500)
            )
            try await test.store.audit.append(second)
            let rows = try await test.store.audit.oldest(10)
            // Computed with Python's hashlib from the documented form.
            #expect(
                rows.map(\.hash) == [
                    "2fc4eb36c666741debb9b7dc8b6fb8a8da0e5b1f67360a489423136c856aeff8",
                    "0695beb25bb337c7a0d7b5558f7aac2af6edeb131f73e42790a1737a1355e0c9",
                ]
            )
            #expect(rows.map(\.event) == [first, second])
            #expect(
                try await test.store.audit.anchor().description
                    == "2:0695beb25bb337c7a0d7b5558f7aac2af6edeb131f73e42790a1737a1355e0c9"
            )
        }
    }

    @Test func `rows of one call are one transaction, in their order`() async throws {
        try await withStore { test in
            let before = try await test.store.generations()[.audit]
            let rows = try await test.store.audit.append(
                ["a", "b", "c"].map { AuditEvent($0, by: test.alice) }
            )
            #expect(rows.map(\.sequence) == [1, 2, 3])
            #expect(rows.map(\.event.action) == ["a", "b", "c"])
            #expect(try await test.store.generations()[.audit] > before)
            try await test.tamper(
                """
                CREATE TRIGGER no_e BEFORE INSERT ON api_key_audit WHEN NEW.action = 'e'
                BEGIN SELECT RAISE(ABORT, 'no'); END
                """
            )
            await #expect(throws: StoreError.self) {
                try await test.store.audit.append(["d", "e"].map { AuditEvent($0, by: test.alice) })
            }
            #expect(try await test.store.audit.count() == 3)
        }
    }

    @Test func `an empty log ends in the genesis`() async throws {
        try await withStore { test in
            let anchor = try await test.store.audit.anchor()
            #expect(anchor == AuditAnchor(sequence: 0, hash: String(repeating: "0", count: 64)))
            #expect(try await test.store.audit.verify() == .intact(rows: 0, head: anchor))
            #expect(try await test.store.audit.newest(10).isEmpty)
        }
    }

    @Test func `pages go on where the last one ended`() async throws {
        try await withStore { test in
            try await test.store.audit.append((1...7).map { AuditEvent("test.\($0)", by: test.alice) })
            let audit = test.store.audit
            #expect(try await audit.newest(3).map(\.sequence) == [7, 6, 5])
            #expect(try await audit.newest(3, before: 5).map(\.sequence) == [4, 3, 2])
            #expect(try await audit.newest(3, before: 2).map(\.sequence) == [1])
            #expect(try await audit.newest(3, before: 1).isEmpty)
            #expect(try await audit.oldest(3).map(\.sequence) == [1, 2, 3])
            #expect(try await audit.oldest(3, after: 6).map(\.sequence) == [7])
            #expect(try await audit.oldest(3, after: 7).isEmpty)
        }
    }

    @Test func `filters by key, source, time and words`() async throws {
        try await withStore { test in
            let http = Actor(source: .http, name: "Bob", address: "198.51.100.9")
            try await test.store.audit.append(AuditEvent("key.create", by: test.alice, key: (KeyID(1), "Éclair")))
            test.clock.advance(by: .seconds(10))
            try await test.store.audit.append(
                AuditEvent("GET /symbols", by: http, key: (KeyID(2), "ops"), status: 403, detail: "100% _sure\\")
            )
            test.clock.advance(by: .seconds(10))
            try await test.store.audit.append(AuditEvent("worker.pause", by: test.alice))

            func found(_ change: (inout AuditLog.Filter) -> Void) async throws -> [Int64] {
                var filter = AuditLog.Filter()
                change(&filter)
                let rows = try await test.store.audit.oldest(10, matching: filter).map(\.sequence)
                #expect(try await test.store.audit.count(matching: filter) == Int64(rows.count))
                #expect(try await test.store.audit.newest(10, matching: filter).map(\.sequence) == rows.reversed())
                return rows
            }
            #expect(try await found { _ in } == [1, 2, 3])
            #expect(try await found { $0.key = KeyID(2) } == [2])
            #expect(try await found { $0.source = .cli } == [1, 3])
            #expect(try await found { $0.since = TestStore.start + .seconds(10) } == [2, 3])
            #expect(try await found { $0.until = TestStore.start + .seconds(10) } == [1])
            #expect(try await found { $0.text = .words(["ALICE", "key"]) } == [1])
            #expect(try await found { $0.text = .words(["bob"]) } == [2])
            #expect(try await found { $0.text = .words(["403"]) } == [2])
            #expect(try await found { $0.text = .words(["198.51"]) } == [2])
            #expect(try await found { $0.text = .words(["http"]) } == [2])
            // What stands for any text in LIKE is a letter like any other here.
            #expect(try await found { $0.text = .words(["%"]) } == [2])
            #expect(try await found { $0.text = .words(["100%\u{301}"]) } == [])
            #expect(try await found { $0.text = .words(["_"]) } == [2])
            #expect(try await found { $0.text = .words(["\\"]) } == [2])
            #expect(try await found { $0.text = .words(["w%r"]) } == [])
            // Letters beyond ASCII are found as they are written.
            #expect(try await found { $0.text = .words(["Éclair"]) } == [1])
        }
    }

    @Test func `texts are cleaned and cut on the way in`() async throws {
        try await withStore { test in
            let long = String(repeating: "x", count: 1000)
            let actor = Actor(source: .http, name: "eve\u{1B}[2J", address: long)
            let entry = try await test.store.audit.append(
                AuditEvent("GET /\u{202E}\n", by: actor, key: (KeyID(1), "a\u{0}b"), detail: long)
            )
            #expect(entry.event.actor.name == "eve\u{FFFD}[2J")
            #expect(entry.event.actor.address?.count == 101)
            #expect(entry.event.action == "GET /\u{FFFD}\u{FFFD}")
            #expect(entry.event.keyName == "a\u{FFFD}b")
            #expect(entry.event.detail?.count == 501)
            #expect(try await test.store.audit.newest(1) == [entry])
            #expect(try await test.store.audit.verify() == .intact(rows: 1, head: test.store.audit.anchor()))
        }
    }

    /// Each change that is audited, and a trigger that refuses its row.
    @Test(arguments: AuditedChange.allCases)
    func `without its audit row no change happens`(change: AuditedChange) async throws {
        try await withStore { test in
            let subjects = try await AuditedChange.Subjects(test)
            try await test.tamper(
                "CREATE TRIGGER full BEFORE INSERT ON api_key_audit BEGIN SELECT RAISE(ABORT, 'the audit is full'); END"
            )
            let before = try await test.content()
            await #expect(throws: StoreError.failed("the audit is full (SQLite 1811)")) {
                try await change.run(test, subjects)
            }
            #expect(try await test.content() == before)
            // The same change goes through, with one row more, once the log can be written.
            try await test.tamper("DROP TRIGGER full")
            let rows = try await test.store.audit.count()
            try await change.run(test, subjects)
            #expect(try await test.store.audit.count() == rows + 1)
            #expect(try await test.content() != before)
        }
    }
}
