import Testing
import Warehouse

@testable import Store

/// Removing the oldest rows, with a chain that can still be verified.
@Suite struct AuditPruningTests {
    /// A log with rows of the days 0 to `days`, three a day.
    private static func fill(_ test: TestStore, days: Int) async throws {
        let key = try await test.createKey("ops").key
        for day in 0..<days {
            test.clock.set(TestStore.start + .seconds(Int64(day) * 86_400))
            for number in 1...3 {
                try await test.store.audit.append(
                    AuditEvent(
                        "GET /\(day)/\(number)",
                        by: Actor(source: .http, name: "ops"),
                        key: (key.id, key.name),
                        status: 200
                    )
                )
            }
        }
    }

    private static func day(_ number: Int) -> Timestamp { TestStore.start + .seconds(Int64(number) * 86_400) }

    private static func prune(_ test: TestStore, before day: Int) async throws -> Int64 {
        let last = try #require(try await test.store.audit.lastRow(before: self.day(day)))
        return try await test.store.audit.prune(through: last, by: test.alice, exportedTo: "old.jsonl")
    }

    @Test func `what is left is verified from the cut on`() async throws {
        try await withStore { test in
            try await Self.fill(test, days: 4)
            let before = try await test.store.audit.anchor()
            // The creation of the key and the rows of two days.
            #expect(try await Self.prune(test, before: 2) == 7)
            let rows = try await test.store.audit.oldest(100)
            #expect(rows.first?.event.action == "GET /2/1" && rows.count == 7)
            #expect(rows.last?.event.action == "audit.prune")
            let head = try await test.store.audit.anchor()
            #expect(head.sequence == before.sequence + 1)
            #expect(try await test.store.audit.verify() == .intact(rows: 7, head: head))
            #expect(try await test.store.audit.verify(against: before) == .intact(rows: 7, head: head))
        }
    }

    @Test func `the number of a key's requests is that of its rows`() async throws {
        try await withStore { test in
            try await Self.fill(test, days: 4)
            _ = try await Self.prune(test, before: 2)
            let (entries, total) = try await test.store.audit.requests(of: KeyID(1), limit: 100)
            #expect(total == 6 && entries.count == 6)
        }
    }

    @Test func `pruning goes on where the last one ended`() async throws {
        try await withStore { test in
            try await Self.fill(test, days: 4)
            #expect(try await Self.prune(test, before: 1) == 4)
            #expect(try await Self.prune(test, before: 3) == 6)
            let head = try await test.store.audit.anchor()
            #expect(try await test.store.audit.verify() == .intact(rows: 5, head: head))
        }
    }

    @Test func `more rows than one transaction removes`() async throws {
        try await withStore { test in
            let actor = test.alice
            for _ in 0..<6 {
                try await test.store.audit.append((0..<1000).map { AuditEvent("row \($0)", by: actor) })
            }
            test.clock.advance(by: .seconds(1))
            try await test.store.audit.append(AuditEvent("kept", by: actor))
            let last = try #require(try await test.store.audit.lastRow(before: test.clock.now))
            #expect(try await test.store.audit.prune(through: last, by: actor, exportedTo: "x") == 6000)
            let head = try await test.store.audit.anchor()
            #expect(try await test.store.audit.verify() == .intact(rows: 2, head: head))
        }
    }

    @Test func `the newest row is never pruned, and nothing young`() async throws {
        try await withStore { test in
            #expect(try await test.store.audit.lastRow(before: Self.day(9)) == nil)
            try await Self.fill(test, days: 1)
            #expect(try await test.store.audit.lastRow(before: Self.day(0)) == nil)
            #expect(try await test.store.audit.lastRow(before: Self.day(9))?.sequence == 3)
        }
    }

    @Test func `a cut that no row tells of is found`() async throws {
        try await withStore { test in
            try await Self.fill(test, days: 3)
            let row = try #require(try await test.store.audit.oldest(1, after: 3).first)
            try await test.tamper(
                """
                DELETE FROM api_key_audit WHERE sequence <= 4;
                INSERT INTO settings (name, value) VALUES ('audit_cut', '4:\(row.hash)')
                """
            )
            guard case .broken(_, let reason) = try await test.store.audit.verify() else {
                Issue.record("the cut was not found")
                return
            }
            #expect(reason.contains("no row tells of a pruning"))
        }
    }

    @Test func `rows that go with no cut are found`() async throws {
        try await withStore { test in
            try await Self.fill(test, days: 3)
            _ = try await Self.prune(test, before: 1)
            try await test.tamper("DELETE FROM api_key_audit WHERE sequence = 5")
            #expect(
                try await test.store.audit.verify()
                    == .broken(at: 5, reason: "the row is missing: row 6 follows 4")
            )
        }
    }

    @Test func `an anchor among what was pruned is verified against the export`() async throws {
        try await withStore { test in
            try await Self.fill(test, days: 3)
            let anchor = try #require(try await test.store.audit.oldest(1, after: 1).first)
            _ = try await Self.prune(test, before: 2)
            let verification = try await test.store.audit.verify(
                against: AuditAnchor(sequence: anchor.sequence, hash: anchor.hash)
            )
            guard case .broken(at: 2, let reason) = verification else {
                Issue.record("\(verification)")
                return
            }
            #expect(reason.contains("verify their export"))
        }
    }
}
