import Migrations
package import Warehouse

/// A step of the schema, and when a database took it.
package struct SchemaStep: Hashable, Sendable {
    package let version: Int
    package let name: String
    /// `nil` while it is pending.
    package let applied: MigrationRunner.Applied?
}

extension Store {
    /// The steps that the database at `path` has and those that it lacks, in order.
    ///
    /// Changes nothing.
    /// - Throws: ``StoreError``, also when the database's history does not fit this mdw.
    package static func schema(sqlite path: String) throws -> [SchemaStep] {
        let engine = try SQLiteEngine(path: path, readOnly: true)
        // Nothing was written: a failure to close loses nothing.
        defer { try? engine.close() }
        let status = try engine.peek { try MigrationRunner.status(in: $0) }
        return status.applied.map { SchemaStep(version: $0.version, name: $0.name, applied: $0) }
            + status.pending.map { SchemaStep(version: $0.version, name: $0.name, applied: nil) }
    }

    /// Brings the database at `path` to the newest schema, and makes it when it is missing; returns the steps that were
    /// applied now.
    /// - Throws: ``StoreError``; the steps before the one that failed stay.
    package static func migrate(sqlite path: String, clock: any WallClock) async throws -> [SchemaStep] {
        let engine = try writableEngine(sqlite: path, creates: true).engine
        // What was applied is committed.
        defer { try? engine.close() }
        return try await MigrationRunner(engine: engine, clock: clock).migrate()
            .map { SchemaStep(version: $0.version, name: $0.name, applied: $0) }
    }
}
