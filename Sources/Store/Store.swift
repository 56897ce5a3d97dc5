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
    ///
    /// `patience`: how long a writer waits for others before it gives up with ``StoreError/busy(detail:)``.
    /// - Throws: ``StoreError``; the database is as it was then.
    package static func open(
        sqlite path: String,
        access: Access,
        clock: any WallClock,
        patience: Duration = .seconds(10)
    ) async throws -> Store {
        guard access != .readOnly else {
            let store = Store(engine: try SQLiteEngine(path: path, readOnly: true, patience: patience), clock: clock)
            try await store.migrations.requireCurrent()
            return store
        }
        let (engine, status) = try writableEngine(
            sqlite: path,
            creates: access == .createAndMigrate,
            patience: patience
        )
        let store = Store(engine: engine, clock: clock)
        if !status.pending.isEmpty { try await store.migrations.migrate() }
        return store
    }

    /// An engine that can write the database at `path`, and what its schema is, unless it is not one of mdw.
    static func writableEngine(
        sqlite path: String,
        creates: Bool,
        patience: Duration = .seconds(10)
    ) throws -> (engine: SQLiteEngine, status: MigrationRunner.Status) {
        var status = MigrationRunner.Status(applied: [], pending: [])
        let engine = try SQLiteEngine(path: path, readOnly: false, creates: creates, patience: patience) { session in
            status = try MigrationRunner.status(in: session)
        }
        return (engine, status)
    }

    package var migrations: MigrationRunner { MigrationRunner(engine: engine, clock: clock) }
    package var keys: KeyStore { KeyStore(engine: engine, clock: clock) }
    package var audit: AuditLog { AuditLog(engine: engine, clock: clock) }
    package var symbols: SymbolStore { SymbolStore(engine: engine, clock: clock) }
    package var candles: CandleStore { CandleStore(engine: engine) }
    package var jobs: JobStore { JobStore(engine: engine, clock: clock) }
    package var leases: LeaseStore { LeaseStore(engine: engine, clock: clock) }
    package var workers: WorkerStore { WorkerStore(engine: engine, clock: clock) }
    package var schedule: ScheduleStore { ScheduleStore(engine: engine, clock: clock) }
    package var alerts: AlertStore { AlertStore(engine: engine, clock: clock) }
    package var legacy: LegacyStore { LegacyStore(engine: engine, clock: clock) }
    package var vendorRequests: VendorRequestLog { VendorRequestLog(engine: engine, clock: clock) }

    /// The keys in memory; each ring keeps them once.
    package func makeKeyRing() -> KeyRing { KeyRing(engine: engine) }

    /// A log of requests on this store; those who share one share its commits, which `ring` follows.
    package func makeRequestLog(ring: KeyRing) -> RequestLog { RequestLog(engine: engine, clock: clock, ring: ring) }

    /// The same store, whose next change also writes the row that `request` makes, in the same transaction.
    package func recording(_ request: @escaping @Sendable () -> AuditEvent) -> (store: Store, RequestRecordingEngine) {
        let recorder = RequestRecordingEngine(engine, clock: clock, request: request)
        return (Store(engine: recorder, clock: clock), recorder)
    }

    package var isReadOnly: Bool { engine.isReadOnly }

    /// A number that is another one after any commit of any process; asking costs microseconds.
    package func changeCounter() throws -> Int64 {
        try engine.changeCounter()
    }

    /// The files of which every commit writes at least one, shortly before the change counter moves; empty where no file
    /// tells.
    package var commitFiles: [String] { engine.commitFiles }

    /// The change counters of all concerns.
    package func generations() async throws -> Generations {
        try await engine.read { try Generations.read($0) }
    }

    /// The same on the calling thread, which waits.
    package func generationsAtOnce() throws -> Generations {
        try engine.peek { try Generations.read($0) }
    }

    /// How much the database takes on disk, in bytes.
    package func size() async throws -> Int64 { try await engine.size() }

    /// Writes something that nobody will miss, to find out whether the store can be written.
    /// - Throws: ``StoreError`` when it can't.
    package func probe() async throws {
        try await engine.write { [clock] session -> Void in
            try session.execute(
                """
                INSERT INTO settings (name, value) VALUES ('last_probe', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
                [.text("\(clock.now)")]
            )
        }
    }

    package func close() throws {
        try engine.close()
    }

    /// What others than its owner can do with the database at `path`, one sentence each; empty when all is well.
    package static func permissionWarnings(sqlite path: String) -> [String] {
        DatabaseFile.permissionWarnings(for: path)
    }
}
