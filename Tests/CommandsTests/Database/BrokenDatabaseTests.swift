import Foundation
import Store
import Testing

/// Databases that can't be used: exit code 3 and one sentence, and what was there stays as it was.
@Suite struct BrokenDatabaseTests {
    static let commands: [[String]] = [
        ["keys", "list"], ["keys", "create", "x"], ["symbols", "list"], ["audit", "list"], ["audit", "verify"],
        ["backfill", "list"], ["candles", "stats"], ["doctor"], ["worker"],
    ]

    @Test(arguments: commands) func missing(_ command: [String]) async throws {
        let household = try Household()
        let outcome = try await household.mdw(command)
        #expect(outcome.code == 3)
        #expect(
            outcome.errors.hasSuffix(
                "mdw: there is no database at \(household.database): run 'mdw bootstrap' to make it\n"
            )
        )
        #expect(!FileManager.default.fileExists(atPath: household.folder + "/data"))
    }

    @Test(arguments: commands + [["bootstrap"], ["migrate"]]) func notADatabase(_ command: [String]) async throws {
        let household = try Household()
        let path = household.folder + "/notes.txt"
        let text = String(repeating: "my notes, not a database\n", count: 100)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let outcome = try await household.mdw(command + ["--database", path])
        #expect(outcome.code == 3)
        #expect(
            outcome.errors.hasSuffix("mdw: \(path) is not an mdw database: choose another file with --database\n"),
            "\(outcome.errors)"
        )
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test(arguments: commands + [["bootstrap"], ["migrate"]]) func aFolder(_ command: [String]) async throws {
        let household = try Household()
        let outcome = try await household.mdw(command + ["--database", household.folder])
        #expect(outcome.code == 3)
        #expect(outcome.errors.hasPrefix("mdw: \(household.folder) "), "\(outcome.errors)")
    }

    @Test(arguments: ["/dev/null/x/mdw.sqlite", "/proc/mdw/mdw.sqlite", "/proc/version"])
    func placesWhereNothingCanBeMade(_ path: String) async throws {
        let household = try Household()
        for command in [["bootstrap"], ["migrate"], ["keys", "list"]] {
            let outcome = try await household.mdw(command + ["--database", path])
            #expect(outcome.code == 3, "\(command) \(outcome.errors)")
            #expect(outcome.errors.hasPrefix("mdw: "))
            #expect(outcome.errors.split(separator: "\n").count == 1)
            #expect(outcome.output.isEmpty)
        }
    }

    @Test(arguments: commands + [["bootstrap"], ["migrate"], ["migrate", "--status"]])
    func aNewerSchema(_ command: [String]) async throws {
        let household = try await Household.ready()
        try await household.withStore { store in
            try await store.engine.write {
                try $0.execute(
                    """
                    INSERT INTO schema_migrations (version, name, checksum, applied_at, duration)
                    VALUES (99, 'future', 'x', 0, 0)
                    """
                )
            }
        }
        let outcome = try await household.mdw(command)
        #expect(outcome.code == 3)
        #expect(outcome.errors.contains(/the database has schema 99, this mdw knows up to \d+: update mdw/))
    }

    @Test(arguments: commands + [["bootstrap"]]) func anotherProgramsDatabase(_ command: [String]) async throws {
        let household = try await Household.ready()
        try await household.withStore { store in
            try await store.engine.write { try $0.execute("ALTER TABLE schema_migrations RENAME TO my_table") }
        }
        let outcome = try await household.mdw(command)
        #expect(outcome.code == 3)
        #expect(outcome.errors.contains("the database belongs to another program"))
    }

    @Test(
        arguments: [
            ("an empty path", ["keys", "list", "--database", ""], 2, "the path of the database is empty"),
            ("an unknown flag", ["keys", "list", "--frob"], 2, "Unknown option '--frob'"),
            ("a flag with an escape", ["keys", "list", "--\u{1B}[31m"], 2, "Unknown option '--\u{FFFD}[31m'"),
            ("a long flag", ["--" + String(repeating: "x", count: 10_000)], 2, "xxx…"),
        ] as [(String, [String], Int32, String)]
    )
    func wrongUsage(_ name: String, _ arguments: [String], _ code: Int32, _ expected: String) async throws {
        let outcome = try await Household().mdw(arguments)
        #expect(outcome.code == code)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(expected), "\(outcome.errors)")
        #expect(!outcome.errors.contains("\u{1B}"))
    }

    @Test func aBrokenConfigurationIsWrongUsage() async throws {
        let household = try Household(["DATABASE_URL": "postgresql://user:hunter2@host/db"])
        let outcome = try await household.mdw("keys", "list")
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("a database of the kind 'postgresql'"))
        #expect(!outcome.errors.contains("hunter2"))
    }
}
