import Testing
import Warehouse

@testable import Store

/// A real store on a real file, with a clock that the test owns.
struct TestStore {
    let folder: String
    let clock: ManualClock
    let store: Store

    var path: String { folder + "/mdw.sqlite" }
    var engine: any StoreEngine { store.engine }

    static let start = Timestamp(seconds: 1_790_000_000)
    static let alice = Actor(source: .cli, name: "alice", address: "192.0.2.7")
    var alice: Actor { Self.alice }

    /// Another store on the same file, as another process has it.
    func another(_ access: Store.Access = .readWrite, patience: Duration = .seconds(10)) async throws -> Store {
        try await Store.open(sqlite: path, access: access, clock: clock, patience: patience)
    }

    /// Changes the database behind mdw's back.
    func tamper(_ sql: String) async throws {
        try await engine.write { try $0.executeScript(sql) }
    }

    func count(_ sql: String) async throws -> Int64 {
        try await engine.read { try $0.count(sql) }
    }

    func text(_ sql: String) async throws -> String? {
        try await engine.read { session in try session.row(sql) { $0.text() } }
    }

    /// What the newest rows of the audit log say, the newest first.
    func audited(_ limit: Int = 1) async throws -> [String] {
        try await store.audit.newest(limit).map { entry in
            ([entry.event.action] + [entry.event.detail].compactMap { $0 }).joined(separator: " | ")
        }
    }

    func createKey(
        _ name: String = "key",
        scope: KeyScope = .admin,
        expiresAt: Timestamp? = nil,
        seed: UInt64 = .random(in: 0 ... .max)
    ) async throws -> CreatedKey {
        var generator = SeededGenerator(seed: seed)
        return try await store.keys.create(
            try KeyName(name),
            scope: scope,
            expiresAt: expiresAt,
            by: alice,
            using: &generator
        )
    }

    func addSymbol(_ symbol: String = "AAPL", _ assetClass: AssetClass = .stock) async throws -> TrackedSymbol {
        try await store.symbols.add(Ticker(stored: symbol, assetClass: assetClass), by: alice)
    }

    func series(_ symbol: String = "AAPL", _ timeframe: Timeframe = .oneDay) async throws -> CandleSeries {
        CandleSeries(symbol: try await addSymbol(symbol).id, timeframe: timeframe)
    }
}

/// Runs `body` with a new, migrated store in a folder of its own.
func withStore<Value>(_ body: (TestStore) async throws -> Value) async throws -> Value {
    try await withFolder { folder in
        let clock = ManualClock(TestStore.start)
        let store = try await Store.open(sqlite: folder + "/mdw.sqlite", access: .createAndMigrate, clock: clock)
        let test = TestStore(folder: folder, clock: clock, store: store)
        let value = try await body(test)
        try store.close()
        return value
    }
}

/// Expects that `body` is refused with `error`.
func expectRefusal(
    _ error: StoreError,
    _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> some Any
) async {
    await #expect(throws: error, comment, sourceLocation: sourceLocation) { _ = try await body() }
}

extension TestStore {
    /// Every row of every table but the audit's, or of one table, as text: equal contents, equal stores.
    func content(of only: String? = nil) async throws -> [String] {
        try await engine.read { session in
            try session.tableNames().filter { only == $0 || only == nil && $0 != "api_key_audit" }.flatMap {
                table -> [String] in
                let columns = try session.rows("SELECT name FROM pragma_table_info(?)", [.text(table)]) { $0.text() }
                let values = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
                return try session.rows("SELECT \(values) FROM \(table) ORDER BY 1") { "\(table): \($0.text())" }
            }
        }
    }

    /// Queues the backfill of ten days.
    func enqueue(
        _ series: CandleSeries,
        days: Range<Int> = 0..<10,
        priority: JobPriority = .manual
    ) async throws -> BackfillJob {
        try await store.jobs.enqueue(
            series,
            range: .sample(days.lowerBound)..<(.sample(days.upperBound)),
            expectedUnits: Int64(days.count),
            priority: priority,
            by: alice
        )
    }

    /// Claims the next job for 30 s; fails the test when none is due.
    func claim(by worker: String = "worker", abandoned: [String] = []) async throws -> LeaseStore.Claim {
        try #require(try await store.leases.claim(by: worker, for: .seconds(30), abandoned: abandoned))
    }
}

extension TestStore {
    /// Stores a batch as an import does.
    func write(_ batch: CandleBatch, of series: CandleSeries, in store: Store? = nil) async throws {
        _ = try await (store ?? self.store).engine.write { try $0.store(batch, of: series) }
    }
}
