import Foundation
import Warehouse

@testable import Store

/// The store that each test begins with: made once, copied for each.
enum Seed {
    /// What the clock of a test shows at first: a Saturday, midnight in UTC.
    static let now = time("2026-05-30T00:00:00Z")
    static let alice = Actor(source: .cli, name: "alice", address: "192.0.2.7")
    /// Rows of the audit log in a seeded store.
    static let auditRows: Int64 = 21
    static let jobs: Int64 = 1

    static func time(_ iso: String) -> Timestamp {
        guard let time = Timestamp(iso: iso) else { preconditionFailure("\(iso) is not an instant") }
        return time
    }

    static func day(_ iso: String) -> TradingDay {
        guard let day = TradingDay(iso: iso) else { preconditionFailure("\(iso) is not a day") }
        return day
    }

    /// A folder with the seeded database.
    static let template = Task<String, any Error> {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-api-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let clock = ManualClock(time("2026-05-29T00:00:00Z"))
        let store = try await Store.open(sqlite: folder + "/mdw.sqlite", access: .createAndMigrate, clock: clock)
        try await keys(store)
        try await symbols(store)
        try store.close()
        return folder
    }

    /// Copies the template into `folder`.
    static func copy(into folder: String) async throws {
        let template = try await template.value
        for file in try FileManager.default.contentsOfDirectory(atPath: template) where !file.hasSuffix("-shm") {
            try FileManager.default.copyItem(atPath: "\(template)/\(file)", toPath: "\(folder)/\(file)")
        }
    }

    private static func keys(_ store: Store) async throws {
        func create(_ key: TestKey, _ scope: KeyScope = .admin, expiresAt: Timestamp? = nil) async throws -> KeyID {
            var generator = key.generator
            let name = try KeyName(key.rawValue)
            return try await store.keys.create(name, scope: scope, expiresAt: expiresAt, by: alice, using: &generator)
                .key.id
        }
        _ = try await create(.admin)
        let reader = try await create(.reader, .read)
        _ = try await store.keys.revoke(try await create(.revoked), reason: "test", by: alice)
        _ = try await create(.expired, expiresAt: time("2026-05-29T01:00:00Z"))
        let rotating = try await create(.rotating)
        var generator = TestKey.successor.generator
        _ = try await store.keys.rotate(rotating, grace: .seconds(7 * 86_400), by: alice, using: &generator)
        _ = try await store.keys.revoke(try await create(.compromised), compromised: true, by: alice)
        let deleted = try await create(.deleted)
        try await record(["GET /one", "GET /two", "GET /three"], by: deleted, .deleted, in: store)
        try await store.keys.delete(deleted, by: alice)
        try await record(["GET /read/1", "GET /read/2"], by: reader, .reader, in: store)
        try await insertLegacyKey(into: store)
    }

    private static func record(_ actions: [String], by id: KeyID, _ key: TestKey, in store: Store) async throws {
        let log = store.makeRequestLog(ring: store.makeKeyRing())
        for action in actions {
            let actor = Actor(source: .http, name: key.rawValue, address: "198.51.100.1")
            try await log.record(AuditEvent(action, by: actor, key: (id, key.rawValue), status: 200))
        }
    }

    /// As an import leaves it.
    private static func insertLegacyKey(into store: Store) async throws {
        let raw = TestKey.legacy.raw
        try await store.engine.write { session -> Void in
            let id = try session.nextID(of: "api_keys")
            try session.execute(
                """
                INSERT INTO api_keys (id, key_hash, preview, name, scope, active, created_at, created_by, compromised)
                VALUES (?, ?, ?, 'legacy', 'admin', ?, ?, 'import', ?)
                """,
                [
                    .integer(id), .text(SHA256Digest(of: raw.utf8).hex), .text(String(raw.prefix(12))), .boolean(true),
                    .time(store.clock.now), .boolean(false),
                ]
            )
            try session.raise(.keys)
        }
    }

    private static func symbols(_ store: Store) async throws {
        let apple = try await store.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: alice)
        let bitcoin = try await store.symbols.add(Ticker(stored: "BTC", assetClass: .crypto), by: alice)
        let old = try await store.symbols.add(Ticker(stored: "OLD", assetClass: .etf), by: alice)
        _ = try await store.symbols.setActive(false, symbol: old.id, by: alice)
        try await store.engine.write { session -> Void in
            try session.store(SeedCandles.apple, of: CandleSeries(symbol: apple.id, timeframe: .oneDay))
            try session.store(SeedCandles.bitcoin, of: CandleSeries(symbol: bitcoin.id, timeframe: .oneDay))
        }
        _ = try await store.jobs.start(
            apple,
            timeframe: .oneDay,
            from: day("2026-01-01"),
            to: day("2026-03-31"),
            by: alice
        )
    }
}
