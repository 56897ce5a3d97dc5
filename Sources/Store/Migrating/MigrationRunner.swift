package import Migrations
package import Warehouse

/// Brings a database to the newest schema: each step in a transaction of its own, in order, once.
package struct MigrationRunner: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock
    var steps = Migration.all

    /// A step that a database has.
    package struct Applied: Hashable, Sendable {
        package let version: Int
        package let name: String
        /// SHA-256 of the file, hexadecimal.
        package let checksum: String
        package let appliedAt: Timestamp
        package let duration: Duration
    }

    /// What the database has, and what it lacks.
    package struct Status: Sendable {
        package let applied: [Applied]
        package let pending: [Migration]
    }

    /// Applies every step that the database lacks; returns those that it applied now.
    ///
    /// Running it again does nothing.
    /// - Throws: ``StoreError`` when an applied step was changed, is unknown here, or a step fails; the steps before stay.
    @discardableResult
    package func migrate() async throws -> [Applied] {
        guard !(try await status().pending.isEmpty) else { return [] }
        var done: [Applied] = []
        for step in steps {
            let applied: Applied? = try await engine.write { [clock, steps] session in
                try session.executeScript(Self.historyTable)
                // Read inside the transaction: another process may have applied the step in the meantime.
                let history = try Self.history(in: session)
                try Self.verify(history, against: steps)
                guard !history.contains(where: { $0.version == step.version }) else { return nil }
                let start = clock.now
                try session.executeScript(step.sql)
                let applied = Applied(
                    version: step.version,
                    name: step.name,
                    checksum: SHA256Digest(of: step.bytes).hex,
                    appliedAt: start,
                    duration: clock.now - start
                )
                try session.execute(
                    "INSERT INTO schema_migrations (version, name, checksum, applied_at, duration) VALUES (?, ?, ?, ?, ?)",
                    [
                        .integer(applied.version), .text(applied.name), .text(applied.checksum),
                        .time(applied.appliedAt), .integer(applied.duration.wholeMicroseconds),
                    ]
                )
                return applied
            }
            if let applied { done.append(applied) }
        }
        return done
    }

    /// What is applied and what is pending.
    /// - Throws: ``StoreError`` when the database's history does not fit this mdw.
    package func status() async throws -> Status {
        try await engine.read { [steps] in try Self.status(of: steps, in: $0) }
    }

    /// Which of `steps` are applied and which are pending.
    /// - Throws: ``StoreError`` when the database's history does not fit this mdw.
    static func status(of steps: [Migration] = Migration.all, in session: any StoreSession) throws -> Status {
        let tables = try session.tableNames()
        guard tables.isEmpty || firstTables.isSubset(of: tables) else { throw StoreError.foreignDatabase }
        let history = tables.isEmpty ? [] : try history(in: session)
        try verify(history, against: steps)
        return Status(
            applied: history,
            pending: steps.filter { step in !history.contains { $0.version == step.version } }
        )
    }

    /// - Throws: ``StoreError/notMigrated(version:known:)`` when a step is pending.
    package func requireCurrent() async throws {
        let status = try await status()
        guard status.pending.isEmpty else {
            throw StoreError.notMigrated(
                version: status.applied.last?.version ?? 0,
                known: steps.last?.version ?? 0
            )
        }
    }

    /// What the first step leaves behind: other programs keep a table `schema_migrations` too.
    private static let firstTables: Set<String> = ["schema_migrations", "id_sequences", "generations"]

    private static let historyTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version BIGINT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL,
            duration BIGINT NOT NULL
        )
        """

    private static func history(in session: any StoreSession) throws -> [Applied] {
        try session.rows(
            "SELECT version, name, checksum, applied_at, duration FROM schema_migrations ORDER BY version"
        ) { row in
            Applied(
                version: Int(row.integer()),
                name: row.text(),
                checksum: row.text(),
                appliedAt: row.time(),
                duration: .microseconds(row.integer())
            )
        }
    }

    private static func verify(_ history: [Applied], against steps: [Migration]) throws {
        let known = steps.last?.version ?? 0
        for applied in history {
            guard applied.version <= known else { throw StoreError.newerSchema(version: applied.version, known: known) }
            guard let step = steps.first(where: { $0.version == applied.version }) else {
                throw StoreError.missingMigration(version: applied.version, name: applied.name)
            }
            guard SHA256Digest(of: step.bytes).hex == applied.checksum else {
                throw StoreError.changedMigration(version: applied.version, name: applied.name)
            }
        }
    }
}
