import Foundation
import Migrations
import Testing
import Warehouse

@testable import Store

@Suite struct MigrationRunnerTests {
    private static let clock = ManualClock(TestStore.start)

    private static func step(_ version: Int, _ sql: String, name: String? = nil) -> Migration {
        Migration(version: version, name: name ?? "step\(version)", bytes: Array(sql.utf8))
    }

    /// The real first step and two small ones.
    private static let three = [
        Migration.all[0], step(2, "CREATE TABLE second (a BIGINT)"), step(3, "CREATE TABLE third (a BIGINT)"),
    ]

    private func withEngine(_ body: (SQLiteEngine) async throws -> Void) async throws {
        try await withFolder { folder in
            let engine = try SQLiteEngine(path: folder + "/mdw.sqlite", readOnly: false, creates: true)
            try await body(engine)
            try engine.close()
        }
    }

    private func runner(_ engine: SQLiteEngine, _ steps: [Migration]) -> MigrationRunner {
        MigrationRunner(engine: engine, clock: Self.clock, steps: steps)
    }

    private func tables(_ engine: SQLiteEngine) async throws -> [String] {
        try await engine.read { try $0.tableNames() }
    }

    @Test func `applies the steps in order and once`() async throws {
        try await withEngine { engine in
            let applied = try await runner(engine, Self.three).migrate()
            #expect(applied.map(\.version) == [1, 2, 3])
            #expect(applied.map(\.name) == ["foundation", "step2", "step3"])
            #expect(applied.map(\.appliedAt) == [TestStore.start, TestStore.start, TestStore.start])
            #expect(applied[1].checksum == SHA256Digest(of: Self.three[1].bytes).hex)
            #expect(try await runner(engine, Self.three).migrate().isEmpty)
            let status = try await runner(engine, Self.three).status()
            #expect(status.applied == applied)
            #expect(status.pending.isEmpty)
            #expect(
                try await tables(engine)
                    == ["generations", "id_sequences", "schema_migrations", "second", "settings", "third"]
            )
        }
    }

    @Test func `goes on where an older mdw stopped`() async throws {
        try await withEngine { engine in
            try await runner(engine, Array(Self.three.prefix(2))).migrate()
            #expect(try await runner(engine, Self.three).status().pending.map(\.version) == [3])
            #expect(try await runner(engine, Self.three).migrate().map(\.version) == [3])
        }
    }

    @Test func `a failing step leaves those before it and nothing of itself`() async throws {
        try await withEngine { engine async throws in
            let broken =
                Array(Self.three.prefix(2)) + [
                    Self.step(3, "CREATE TABLE third (a BIGINT); INSERT INTO nowhere VALUES (1)"),
                    Self.step(4, "CREATE TABLE fourth (a BIGINT)"),
                ]
            await #expect(throws: StoreError.self) { try await runner(engine, broken).migrate() }
            #expect(
                try await tables(engine) == ["generations", "id_sequences", "schema_migrations", "second", "settings"]
            )
            #expect(try await runner(engine, broken).status().applied.map(\.version) == [1, 2])
            // Repaired, it goes on.
            #expect(try await runner(engine, Self.three).migrate().map(\.version) == [3])
        }
    }

    @Test func `a failing first step leaves an empty database`() async throws {
        try await withEngine { engine async throws in
            let broken = [Self.step(1, "CREATE TABLE a (b BIGINT); SELECT * FROM nowhere")]
            await #expect(throws: StoreError.self) { try await runner(engine, broken).migrate() }
            #expect(try await tables(engine).isEmpty)
        }
    }

    @Test func `a step that was changed after it was applied is refused`() async throws {
        try await withEngine { engine in
            try await runner(engine, Self.three).migrate()
            var changed = Self.three
            changed[1] = Self.step(2, "CREATE TABLE second (a BIGINT) ")
            let refusal = StoreError.changedMigration(version: 2, name: "step2")
            await expectRefusal(refusal) { try await runner(engine, changed).migrate() }
            await expectRefusal(refusal) { try await runner(engine, changed).status() }
        }
    }

    @Test func `an applied step that is unknown here is refused`() async throws {
        try await withEngine { engine in
            try await runner(engine, Self.three).migrate()
            let without = [Self.three[0], Self.three[2]]
            await expectRefusal(.missingMigration(version: 2, name: "step2")) {
                try await runner(engine, without).migrate()
            }
        }
    }

    @Test func `a newer schema is refused`() async throws {
        try await withEngine { engine in
            try await runner(engine, Self.three).migrate()
            await expectRefusal(.newerSchema(version: 3, known: 2)) {
                try await runner(engine, Array(Self.three.prefix(2))).migrate()
            }
        }
    }

    @Test func `reading needs the newest schema`() async throws {
        try await withEngine { engine in
            await expectRefusal(.notMigrated(version: 0, known: 3)) {
                try await runner(engine, Self.three).requireCurrent()
            }
            try await runner(engine, Array(Self.three.prefix(2))).migrate()
            await expectRefusal(.notMigrated(version: 2, known: 3)) {
                try await runner(engine, Self.three).requireCurrent()
            }
            try await runner(engine, Self.three).migrate()
            try await runner(engine, Self.three).requireCurrent()
        }
    }

    @Test(arguments: [
        ("another program's tables", "CREATE TABLE users (id INTEGER)"),
        ("a program that keeps migrations too", "CREATE TABLE schema_migrations (version TEXT)"),
    ])
    func `the database of another program is refused and not written to`(name: String, sql: String) async throws {
        try await withEngine { engine in
            try await engine.write { try $0.executeScript(sql) }
            let before = try await tables(engine)
            await expectRefusal(.foreignDatabase) { try await runner(engine, Self.three).migrate() }
            #expect(try await tables(engine) == before)
        }
    }

    @Test func `several openers at once apply each step once`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: Self.clock)
                        #expect(try await store.migrations.status().pending.isEmpty)
                        try store.close()
                    }
                }
                try await group.waitForAll()
            }
            let versions = try ChildProcess.sqlite(path, "SELECT version FROM schema_migrations ORDER BY rowid")
            #expect(versions == Migration.all.map { String($0.version) }.joined(separator: "\n"))
        }
    }

    @Test func `hints for one engine are comments to any other`() {
        #expect(
            SQLiteSession.unwrappingHints("a /* sqlite: WITHOUT ROWID */; b /* c */") == "a WITHOUT ROWID; b /* c */"
        )
    }

    @Test func `the schema of a file is told without a change to it`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            await expectRefusal(.missing(path: path)) { try Store.schema(sqlite: path) }
            let applied = try await Store.migrate(sqlite: path, clock: Self.clock)
            #expect(applied.map(\.version) == Migration.all.map(\.version))
            #expect(try await Store.migrate(sqlite: path, clock: Self.clock).isEmpty)
            let schema = try Store.schema(sqlite: path)
            #expect(schema == applied)
            try ChildProcess.sqlite(
                path,
                "DELETE FROM schema_migrations WHERE version = \(Migration.all.count); PRAGMA wal_checkpoint"
            )
            #expect(try Store.schema(sqlite: path).last?.applied == nil)
        }
    }
}
