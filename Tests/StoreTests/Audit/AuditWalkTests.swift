import Testing
import Warehouse

@testable import Store

@Suite struct AuditWalkTests {
    private func fill(_ test: TestStore, _ count: Int = 5) async throws {
        let events = (1...count).map { AuditEvent("test.\($0)", by: TestStore.alice) }
        try await test.store.audit.append(events)
    }

    /// The walk behind all rows.
    private func walked(_ test: TestStore, after walk: AuditWalk? = nil) async throws -> AuditWalk {
        guard case .intact(let walk, isAtEnd: true) = try await test.store.audit.verify(after: walk, limit: 1000) else {
            throw StoreError.failed("not intact")
        }
        return walk
    }

    @Test func `goes on where it stood`() async throws {
        try await withStore { test in
            try await fill(test)
            guard case .intact(let walk, isAtEnd: false) = try await test.store.audit.verify(after: nil, limit: 3)
            else {
                return #expect(Bool(false))
            }
            #expect(walk.position.sequence == 3)
            #expect(try await walked(test, after: walk).position == test.store.audit.anchor())
            // What lies behind is looked at by the next walk over all rows, not by this one.
            try await test.tamper("UPDATE api_key_audit SET detail = 'x' WHERE sequence = 2")
            _ = try await walked(test, after: walk)
            #expect(
                try await test.store.audit.verify(after: nil, limit: 3)
                    == .broken(at: 2, reason: "its content is not what was written")
            )
        }
    }

    @Test func `an empty log is intact`() async throws {
        try await withStore { test in
            try await test.tamper("DELETE FROM api_key_audit")
            #expect(try await walked(test).position.sequence == 0)
        }
    }

    @Test(
        arguments: [
            ("DELETE FROM api_key_audit WHERE sequence > 3", 5, "the row was there before and is missing"),
            ("UPDATE api_key_audit SET hash = previous_hash WHERE sequence = 5", 5, "it is another row than before"),
        ]
    )
    func `misses rows that were there`(sql: String, row: Int64, reason: String) async throws {
        try await withStore { test in
            try await fill(test)
            let walk = try await walked(test)
            try await test.tamper(sql)
            #expect(try await test.store.audit.verify(after: walk, limit: 10) == .broken(at: row, reason: reason))
        }
    }

    @Test func `a tail that was cut off and written anew is another one`() async throws {
        try await withStore { test in
            try await fill(test)
            let walk = try await walked(test)
            try await test.tamper("DELETE FROM api_key_audit WHERE sequence > 3")
            try await fill(test, 2)
            #expect(
                try await test.store.audit.verify(after: walk, limit: 10)
                    == .broken(at: 5, reason: "it is another row than before")
            )
        }
    }

    @Test func `a pruning meanwhile breaks nothing`() async throws {
        try await withStore { test in
            try await fill(test)
            let walk = try await walked(test)
            try await fill(test, 3)
            let last = try #require(try await test.store.audit.oldest(1, after: 6).first)
            _ = try await test.store.audit.prune(
                through: AuditAnchor(sequence: last.sequence, hash: last.hash),
                by: TestStore.alice,
                exportedTo: "file"
            )
            _ = try await walked(test, after: walk)
            _ = try await walked(test)
            try await test.tamper("DELETE FROM api_key_audit WHERE action = 'audit.prune'")
            guard case .broken = try await test.store.audit.verify(after: nil, limit: 10) else {
                return #expect(Bool(false))
            }
        }
    }
}
