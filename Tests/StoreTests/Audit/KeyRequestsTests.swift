import Migrations
import Testing
import Warehouse

@testable import Store

/// The requests of a key, and their number.
@Suite struct KeyRequestsTests {
    private static func event(_ action: String, _ key: APIKey?, status: Int? = 200) -> AuditEvent {
        AuditEvent(action, by: TestStore.alice, key: key.map { ($0.id, $0.name) }, status: status)
    }

    @Test func `pages of a key's requests, the newest first`() async throws {
        try await withStore { test in
            let key = try await test.createKey("a").key
            let other = try await test.createKey("b").key
            for number in 1...5 {
                try await test.store.audit.append([
                    Self.event("GET /\(number)", key), Self.event("GET /other", other), Self.event("GET /", nil),
                    Self.event("key.note", key, status: nil),
                ])
            }
            let audit = test.store.audit
            func page(_ limit: Int, _ offset: Int64 = 0, before: Int64? = nil) async throws -> [String] {
                let (entries, total) = try await audit.requests(
                    of: key.id,
                    limit: limit,
                    offset: offset,
                    before: before
                )
                #expect(total == 5)
                return entries.map(\.event.action)
            }
            #expect(try await page(10) == ["GET /5", "GET /4", "GET /3", "GET /2", "GET /1"])
            #expect(try await page(2) == ["GET /5", "GET /4"])
            #expect(try await page(2, 2) == ["GET /3", "GET /2"])
            #expect(try await page(2, 5).isEmpty)
            let third = try #require(try await audit.requests(of: key.id, limit: 3).entries.last)
            #expect(try await page(10, before: third.sequence) == ["GET /2", "GET /1"])
            #expect(try await page(1, 1, before: third.sequence) == ["GET /1"])
        }
    }

    @Test func `the number stays right when rows are added, rolled back, and the key is gone`() async throws {
        try await withStore { test in
            let key = try await test.createKey("a").key
            try await test.store.audit.append([Self.event("GET /1", key), Self.event("GET /2", key)])
            await #expect(throws: StoreError.self) {
                try await test.engine.write { session -> Void in
                    try session.append(Self.event("GET /3", key), at: TestStore.start)
                    throw StoreError.full
                }
            }
            try await test.store.keys.delete(key.id, lastAdmin: .confirmed, by: test.alice)
            let (entries, total) = try await test.store.audit.requests(of: key.id, limit: 10)
            #expect(total == 2 && entries.count == 2)
            #expect(
                try await test.count(
                    "SELECT COUNT(*) FROM api_key_audit WHERE api_key_id = 1 AND status IS NOT NULL"
                ) == total
            )
        }
    }

    @Test func `a key without requests has none`() async throws {
        try await withStore { test in
            let (entries, total) = try await test.store.audit.requests(of: KeyID(77), limit: 10)
            #expect(total == 0 && entries.isEmpty)
        }
    }

    @Test func `rows that an older mdw wrote are counted`() async throws {
        try await withFolder { folder in
            let engine = try SQLiteEngine(path: folder + "/mdw.sqlite", readOnly: false, creates: true)
            let clock = ManualClock(TestStore.start)
            try await MigrationRunner(engine: engine, clock: clock, steps: Migration.all.filter { $0.version < 6 })
                .migrate()
            try await engine.write { session -> Void in
                for (number, status) in [(1, "200"), (1, "404"), (2, "200"), (1, "NULL")].enumerated().map({
                    ($0.offset + 1, ($0.element.0, $0.element.1))
                }) {
                    try session.execute(
                        """
                        INSERT INTO api_key_audit (sequence, time, source, actor, api_key_id, action, status, previous_hash, hash)
                        VALUES (\(number), 0, 'http', 'k', \(status.0), 'GET /', \(status.1), '', '\(number)')
                        """
                    )
                }
            }
            try await MigrationRunner(engine: engine, clock: clock).migrate()
            let audit = AuditLog(engine: engine, clock: clock)
            #expect(try await audit.requests(of: KeyID(1), limit: 1).total == 2)
            #expect(try await audit.requests(of: KeyID(2), limit: 1).total == 1)
            try engine.close()
        }
    }
}
