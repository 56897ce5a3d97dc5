import Foundation
import Migrations
import Testing
import Warehouse

@testable import Store

@Suite struct OpeningTests {
    private static let clock = ManualClock(TestStore.start)

    private func open(
        _ path: String,
        _ access: Store.Access = .createAndMigrate,
        patience: Duration = .seconds(10)
    ) async throws -> Store {
        try await Store.open(sqlite: path, access: access, clock: Self.clock, patience: patience)
    }

    @Test(arguments: [Store.Access.readWrite, .readOnly])
    func `a missing database is made only on request`(access: Store.Access) async throws {
        try await withFolder { folder async throws in
            let path = folder + "/mdw.sqlite"
            await expectRefusal(.missing(path: path)) { try await open(path, access) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func `folder and files are the owner's alone`() async throws {
        try await withFolder { folder in
            let path = folder + "/a/b/mdw.sqlite"
            let store = try await open(path)
            #expect(try mode(of: folder + "/a/b") == 0o700)
            for suffix in ["", "-wal", "-shm", ".lock", ".next"] {
                #expect(try mode(of: path + suffix) == 0o600, "\(suffix)")
            }
            #expect(Store.permissionWarnings(sqlite: path).isEmpty)
            try store.close()
        }
    }

    @Test func `files that others can read are told`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            try await open(path).close()
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o602], ofItemAtPath: path + ".lock")
            #expect(
                Store.permissionWarnings(sqlite: path) == [
                    "\(path) can be read or written by others: run 'chmod 600 \(path)'",
                    "\(path).lock can be read or written by others: run 'chmod 600 \(path).lock'",
                ]
            )
        }
    }

    @Test func `an existing folder keeps its permissions`() async throws {
        try await withFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
            try await open(folder + "/mdw.sqlite").close()
            #expect(try mode(of: folder) == 0o755)
        }
    }

    @Test(arguments: [Store.Access.createAndMigrate, .readWrite, .readOnly])
    func `a folder is no database`(access: Store.Access) async throws {
        try await withFolder { folder in
            await expectRefusal(.notADatabase(path: folder)) { try await open(folder, access) }
        }
    }

    @Test(
        arguments: [
            ("a few bytes", "hello"), ("a text", String(repeating: "this is no database\n", count: 500)),
        ],
        [Store.Access.createAndMigrate, .readWrite, .readOnly]
    )
    func `a file of another kind is refused and stays as it is`(
        content: (name: String, text: String),
        access: Store.Access
    ) async throws {
        try await withFolder { folder in
            let path = folder + "/notes.txt"
            try Data(content.text.utf8).write(to: URL(fileURLWithPath: path))
            await expectRefusal(.notADatabase(path: path)) { try await open(path, access) }
            #expect(bytes(of: path) == Data(content.text.utf8))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
        }
    }

    @Test(arguments: [Store.Access.createAndMigrate, .readWrite, .readOnly])
    func `the database of another program is refused and stays as it is`(access: Store.Access) async throws {
        try await withFolder { folder in
            let path = folder + "/other.sqlite"
            try ChildProcess.sqlite(path, "CREATE TABLE users (id INTEGER); INSERT INTO users VALUES (1)")
            let before = bytes(of: path)
            await expectRefusal(.foreignDatabase) { try await open(path, access) }
            #expect(bytes(of: path) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["other.sqlite"])
        }
    }

    @Test func `a newer schema is refused and stays as it is`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            try await open(path).close()
            try ChildProcess.sqlite(
                path,
                "INSERT INTO schema_migrations VALUES (900, 'future', '', 0, 0); PRAGMA journal_mode = DELETE"
            )
            let before = bytes(of: path)
            await expectRefusal(.newerSchema(version: 900, known: Migration.all.count)) { try await open(path) }
            #expect(bytes(of: path) == before)
        }
    }

    @Test func `an empty file becomes a database`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            try Data().write(to: URL(fileURLWithPath: path))
            await expectRefusal(.notMigrated(version: 0, known: Migration.all.count)) {
                try await open(path, .readOnly)
            }
            #expect(bytes(of: path).isEmpty)
            let store = try await open(path, .readWrite)
            #expect(try await store.migrations.status().pending.isEmpty)
            try store.close()
        }
    }

    @Test func `a file where the folder should be is told`() async throws {
        try await withFolder { folder in
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
            let path = folder + "/file/mdw.sqlite"
            await expectRefusal(.noPermission(path: path, detail: "Not a directory")) { try await open(path) }
            await expectRefusal(.noPermission(path: path, detail: "Not a directory")) {
                try await open(path, .readWrite)
            }
            let deeper = folder + "/file/a/mdw.sqlite"
            await expectRefusal(
                .noPermission(path: folder + "/file/a", detail: "the folder can't be made: Not a directory")
            ) { try await open(deeper) }
        }
    }

    @Test func `a folder that nobody can write to is told`() async throws {
        await #expect(throws: StoreError.self) { try await open("/proc/self/mdw/mdw.sqlite") }
        await #expect(throws: StoreError.self) { try await open("/proc/self/mdw.sqlite") }
    }

    @Test func `what is opened for reading can't be written`() async throws {
        try await withStore { test in
            let key = try await test.createKey()
            let reader = try await test.another(.readOnly)
            #expect(reader.isReadOnly)
            #expect(!test.store.isReadOnly)
            #expect(try await reader.keys.list().map(\.id) == [key.key.id])
            await expectRefusal(.readOnly(path: test.path)) {
                try await reader.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: test.alice)
            }
            // What others write shows.
            _ = try await test.addSymbol()
            #expect(try await reader.symbols.count() == 1)
            try reader.close()
        }
    }

    @Test func `reading works without the files that SQLite keeps beside the database`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            try await open(path).close()
            // Closing the last connection of another program removes them.
            try ChildProcess.sqlite(path, "PRAGMA wal_checkpoint(TRUNCATE)")
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
            let reader = try await open(path, .readOnly)
            #expect(try await reader.keys.count() == 0)
            try reader.close()
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [Store.Access.createAndMigrate, .readWrite, .readOnly])
    func `a database that another program holds is busy, and well afterwards`(access: Store.Access) async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            try await open(path).close()
            let other = try ChildProcess.holdingDatabase(path)
            await expectRefusal(.busy(detail: "a program other than mdw holds it; close that program")) {
                try await open(path, access, patience: .milliseconds(50))
            }
            other.kill()
            let store = try await open(path, access)
            #expect(try await store.engine.integrityProblems().isEmpty)
            try store.close()
        }
    }

    /// A dropped lock would let the other program take the write-ahead log away from under the store.
    @Test func `a second store of the process leaves the locks of the first alone`() async throws {
        try await withStore { test in
            _ = try await test.addSymbol()
            try await test.another(.createAndMigrate).close()
            let said = try ChildProcess.sqlite(test.path, "PRAGMA journal_mode = DELETE", mayFail: true)
            #expect(said != "delete")
            #expect(try await test.text("PRAGMA journal_mode") == "wal")
            _ = try await test.addSymbol("MSFT")
            #expect(try ChildProcess.sqlite(test.path, "SELECT COUNT(*) FROM tracked_symbols") == "2")
        }
    }

    @Test(arguments: [
        ("/a/b.sqlite", "/a"), ("b.sqlite", ""), ("h/b.sqlite", "h"), ("h", ""), ("/h", "/"), ("a/b//c", "a/b/"),
        ("", ""),
        ("a/b/", "a"),
    ])
    func `the folder of a path`(path: String, folder: String) {
        #expect(DatabaseFile.folder(of: path) == folder)
    }
}
