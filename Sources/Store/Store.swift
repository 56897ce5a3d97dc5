package import Warehouse

/// Everything that mdw remembers: the one meeting point of console, command line, server and worker.
///
/// Each change and its audit row are one transaction: when a call returns they are on disk, when it throws neither is.
/// Any number of processes may use one database; each sees what the others commit.
package struct Store: Sendable {
    package let engine: any StoreEngine
    package let clock: any WallClock

    package init(engine: any StoreEngine, clock: any WallClock) {
        self.engine = engine
        self.clock = clock
    }

    /// How a database is opened.
    package enum Access: Sendable {
        /// Made when missing, and brought to the newest schema.
        case createAndMigrate
        /// Must exist; an older schema is brought up to date, as every start of mdw does.
        case readWrite
        /// Nothing can be written through the store.
        case readOnly
    }

    /// Opens the SQLite database at `path`.
    /// - Throws: ``StoreError``; the database is as it was then.
    package static func open(sqlite path: String, access: Access, clock: any WallClock) async throws -> Store {
        let engine = try SQLiteEngine(path: path, readOnly: access == .readOnly, creates: access == .createAndMigrate)
        let store = Store(engine: engine, clock: clock)
        switch access {
        case .createAndMigrate, .readWrite: try await store.migrations.migrate()
        case .readOnly: try await store.migrations.requireCurrent()
        }
        return store
    }

    package var migrations: MigrationRunner { MigrationRunner(engine: engine, clock: clock) }
    package var keys: KeyStore { KeyStore(engine: engine, clock: clock) }
    package var audit: AuditLog { AuditLog(engine: engine, clock: clock) }
    package var symbols: SymbolStore { SymbolStore(engine: engine, clock: clock) }
    package var candles: CandleStore { CandleStore(engine: engine) }
    package var jobs: JobStore { JobStore(engine: engine, clock: clock) }
    package var leases: LeaseStore { LeaseStore(engine: engine, clock: clock) }
    package var workers: WorkerStore { WorkerStore(engine: engine, clock: clock) }
    package var vendorRequests: VendorRequestLog { VendorRequestLog(engine: engine, clock: clock) }

    package var isReadOnly: Bool { engine.isReadOnly }

    /// A number that is another one after any commit of any process; asking costs microseconds.
    package func changeCounter() throws -> Int64 {
        try engine.changeCounter()
    }

    /// The change counters of all concerns.
    package func generations() async throws -> Generations {
        try await engine.read { try Generations.read($0) }
    }

    package func close() throws {
        try engine.close()
    }

    /// What others than its owner can do with the database at `path`, one sentence each; empty when all is well.
    package static func permissionWarnings(sqlite path: String) -> [String] {
        DatabaseFile.permissionWarnings(for: path)
    }
}
