import Testing
import Warehouse

@testable import Store

@Suite struct AuditVerificationTests {
    /// What somebody with the database file in hands did to row 3 of 5, and what verification says.
    struct Tampering: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let sql: String
        let at: Int64
        let reason: String

        init(_ name: String, _ sql: String, at: Int64, _ reason: String) {
            self.testDescription = name
            self.sql = sql
            self.at = at
            self.reason = reason
        }
    }

    private static let content = "its content is not what was written"
    private static let swap = """
        UPDATE api_key_audit SET sequence = -1 WHERE sequence = 2;
        UPDATE api_key_audit SET sequence = 2 WHERE sequence = 3;
        UPDATE api_key_audit SET sequence = 3 WHERE sequence = -1
        """

    private static func edit(_ column: String, to value: String) -> Tampering {
        Tampering(
            "\(column) edited",
            "UPDATE api_key_audit SET \(column) = \(value) WHERE sequence = 3",
            at: 3,
            content
        )
    }

    static let tamperings: [Tampering] = [
        edit("time", to: "time + 1"), edit("source", to: "'cli'"), edit("actor", to: "'mallory'"),
        edit("api_key_id", to: "4"), edit("api_key_id", to: "NULL"), edit("api_key_name", to: "'other'"),
        edit("action", to: "'key.create'"), edit("status", to: "201"), edit("status", to: "NULL"),
        edit("address", to: "'192.0.2.8'"), edit("address", to: "NULL"), edit("duration", to: "duration + 1"),
        edit("detail", to: "''"), edit("detail", to: "NULL"), edit("hash", to: "previous_hash"),
        // What mdw could not have written ends no verification.
        edit("source", to: "'nobody'"), edit("time", to: "'yesterday'"), edit("status", to: "'200 OK'"),
        edit("duration", to: "'2000 and more'"), edit("detail", to: "detail || char(0) || 'x'"),
        edit("detail", to: "CAST(detail AS BLOB)"), edit("api_key_id", to: "3.5"),
        // What looks the same once it was made safe to show is not the same.
        Tampering(
            "a character edited into another unsafe one",
            "UPDATE api_key_audit SET actor = 'eve' || char(8238) WHERE sequence = 4",
            at: 4,
            content
        ),
        Tampering(
            "text beyond the cut edited",
            "UPDATE api_key_audit SET action = substr(action, 1, 300) || 'and more' WHERE sequence = 5",
            at: 5,
            content
        ),
        Tampering(
            "a row deleted",
            "DELETE FROM api_key_audit WHERE sequence = 3",
            at: 3,
            "the row is missing: row 4 follows 2"
        ),
        Tampering(
            "the first row deleted",
            "DELETE FROM api_key_audit WHERE sequence = 1",
            at: 1,
            "the row is missing: row 2 follows 0"
        ),
        Tampering(
            "a row deleted and the rest moved up",
            """
            DELETE FROM api_key_audit WHERE sequence = 3; UPDATE api_key_audit SET sequence = 3 WHERE sequence = 4;
            UPDATE api_key_audit SET sequence = 4 WHERE sequence = 5
            """,
            at: 3,
            "it does not follow the row before it"
        ),
        Tampering(
            "a row inserted at the end",
            """
            INSERT INTO api_key_audit SELECT 6, time, source, actor, api_key_id, api_key_name, action, status, address,
            duration, detail, hash, hash FROM api_key_audit WHERE sequence = 5
            """,
            at: 6,
            content
        ),
        Tampering(
            "a row inserted before the first",
            "INSERT INTO api_key_audit SELECT 0, time, source, actor, 1, '', '', 0, '', 0, '', '', '' "
                + "FROM api_key_audit WHERE sequence = 5",
            at: 1,
            "the row is missing: row 0 follows 0"
        ),
        Tampering("two rows swapped", swap, at: 2, "it does not follow the row before it"),
        Tampering(
            "the link to the row before edited",
            "UPDATE api_key_audit SET previous_hash = hash WHERE sequence = 3",
            at: 3,
            "it does not follow the row before it"
        ),
    ]

    private func fill(_ test: TestStore) async throws {
        let events = (1...5).map { number in
            AuditEvent(
                number == 5 ? String(repeating: "x", count: 400) : "test.\(number)",
                by: number == 4
                    ? Actor(source: .console, name: "eve\u{202D}") : Actor(source: .http, name: "bob", address: "::1"),
                key: (KeyID(3), "ops"),
                status: 200,
                duration: .milliseconds(2),
                detail: "detail \(number)"
            )
        }
        try await test.store.audit.append(events)
    }

    @Test(arguments: tamperings)
    func `names the first row that is wrong`(tampering: Tampering) async throws {
        try await withStore { test in
            try await fill(test)
            let anchor = try await test.store.audit.anchor()
            #expect(try await test.store.audit.verify(against: anchor) == .intact(rows: 5, head: anchor))
            try await test.tamper(tampering.sql)
            #expect(
                try await test.store.audit.verify() == .broken(at: tampering.at, reason: tampering.reason)
            )
            #expect(
                try await test.store.problems().contains(
                    "the audit log is broken at row \(tampering.at): \(tampering.reason)"
                )
            )
        }
    }

    @Test func `a cut tail shows only against an anchor`() async throws {
        try await withStore { test in
            try await fill(test)
            let anchor = try await test.store.audit.anchor()
            try await test.tamper("DELETE FROM api_key_audit WHERE sequence > 3")
            let head = try await test.store.audit.anchor()
            #expect(try await test.store.audit.verify() == .intact(rows: 3, head: head))
            #expect(
                try await test.store.audit.verify(against: anchor)
                    == .broken(
                        at: 4,
                        reason: "the log ends at row 3, before the anchor: rows are missing at its end"
                    )
            )
            // Written on, the log is as long as it was, but not the same.
            try await test.store.audit.append((4...5).map { AuditEvent("test.\($0)", by: test.alice) })
            #expect(
                try await test.store.audit.verify(against: anchor)
                    == .broken(at: 5, reason: "its hash is not the anchor's")
            )
        }
    }

    @Test func `a log that goes on holds all its earlier anchors`() async throws {
        try await withStore { test in
            var anchors = [try await test.store.audit.anchor()]
            for number in 1...5 {
                try await test.store.audit.append(AuditEvent("test.\(number)", by: test.alice))
                anchors.append(try await test.store.audit.anchor())
            }
            let head = try #require(anchors.last)
            for anchor in anchors {
                #expect(try await test.store.audit.verify(against: anchor) == .intact(rows: 5, head: head))
            }
        }
    }

    @Test func `an anchor of another log is refused at the start`() async throws {
        try await withStore { test in
            try await fill(test)
            let other = AuditAnchor(sequence: 2, hash: String(repeating: "a", count: 64))
            #expect(
                try await test.store.audit.verify(against: other)
                    == .broken(at: 2, reason: "its hash is not the anchor's")
            )
        }
    }
}
