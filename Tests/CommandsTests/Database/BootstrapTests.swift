import Foundation
import Migrations
import Testing

/// `mdw bootstrap`, `mdw migrate` and `mdw doctor`.
@Suite struct BootstrapTests {
    @Test func twiceChangesNothing() async throws {
        let household = try Household()
        let first = try await household.mdw("bootstrap")
        #expect(first.code == 0)
        #expect(first.errors.isEmpty)
        let keyFile = household.folder + "/data/mdw/first-admin.key"
        #expect(first.output.contains("15 added: AAPL MSFT"))
        #expect(first.output.hasSuffix("key 1 'admin' (admin) was made and written to \(keyFile)\n"))
        #expect(first.output.firstMatch(of: KeysTests.form) == nil)
        let raw = try String(contentsOfFile: keyFile, encoding: .utf8)
        #expect(raw.dropLast().wholeMatch(of: KeysTests.form) != nil)
        let audit = try await household.mdw("audit", "export").output

        let second = try await household.mdw("bootstrap", "--key-file", keyFile)
        #expect(second.code == 0)
        #expect(second.output.hasSuffix("nothing to do: 15 symbols, an admin key\n"))
        #expect(try String(contentsOfFile: keyFile, encoding: .utf8) == raw)
        #expect(try await household.mdw("audit", "export").output == audit)
        let third = try await household.json("bootstrap")
        #expect(third["changed"].flag == false)
        #expect(third["key_id"].isNull)
    }

    @Test func filesAreTheOwnersOnly() async throws {
        let household = try await Household.ready()
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(household.folder + "/data/mdw") == 0o700)
        #expect(try mode(household.database) == 0o600)
        #expect(try mode(household.folder + "/admin.key") == 0o600)
        for suffix in [".lock", ".next"] { #expect(try mode(household.database + suffix) == 0o600) }
    }

    @Test func onATerminalTheKeyIsShownThere() async throws {
        let household = try Household()
        let desk = Desk(answers: [], in: household)
        #expect(await desk.run(["bootstrap"], isTerminal: true) == 0)
        #expect(desk.output.text.split(separator: "\n").last?.wholeMatch(of: KeysTests.form) != nil)
        #expect(desk.errors.text.contains("It is shown this once only"))
    }

    @Test func machinesLearnWhereTheKeyIs() async throws {
        let household = try Household()
        let report = try await household.json("bootstrap")
        #expect(report["changed"].flag == true)
        #expect(report["key_id"].integer == 1)
        #expect(report["key_file"].text == household.folder + "/data/mdw/first-admin.key")
        #expect(report["symbols_added"].array?.count == 15)
        #expect(report["migrations_applied"].integer == Migration.all.count)
        #expect(report["problems"].array?.isEmpty == true)
    }

    @Test func anOldKeyFileIsNotReplaced() async throws {
        let household = try Household()
        let path = household.folder + "/old.key"
        try "precious".write(toFile: path, atomically: true, encoding: .utf8)
        let outcome = try await household.mdw("bootstrap", "--key-file", path)
        #expect(outcome.code == 1)
        #expect(outcome.errors == "mdw: \(path) exists: name a new file\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        // Nothing stands in the way of another try.
        #expect(try await household.mdw("bootstrap").code == 0)
    }

    @Test func migrateMakesAndReports() async throws {
        let household = try Household()
        let missing = try await household.mdw("migrate", "--status")
        #expect(missing.code == 3)
        #expect(
            missing.errors == "mdw: there is no database at \(household.database): run 'mdw bootstrap' to make it\n"
        )
        let first = try await household.mdw("migrate")
        #expect(first.output == Migration.all.map { "applied \($0.version) \($0.name)\n" }.joined())
        #expect(try await household.mdw("migrate").output == "nothing to do: the schema is up to date\n")
        let status = try await household.json("migrate", "--status")
        #expect(status.array?.map { $0["state"].text } == Migration.all.map { _ in "applied" })
        #expect(status[0].keys == ["version", "name", "state", "applied_at", "checksum", "duration_us"])
    }

    @Test func doctorFindsNothingWrong() async throws {
        let household = try await Household.ready()
        let outcome = try await household.mdw("doctor")
        #expect(outcome.code == 0)
        #expect(!outcome.output.contains("problem"))
        let report = try await household.json("doctor")
        #expect(report["healthy"].flag == true)
        #expect(
            report["checks"].array?.map { $0["name"].text } == [
                "file", "permissions", "disk", "feed", "schema", "structure", "audit", "keys", "worker", "jobs",
            ]
        )
    }

    @Test func doctorChangesNothing() async throws {
        let household = try Household()
        #expect(try await household.mdw("doctor").code == 3)
        #expect(!FileManager.default.fileExists(atPath: household.database))
    }

    @Test func doctorNamesWhatIsWrong() async throws {
        let household = try await Household.ready(["MDW_FEED_URL": "https://vendor.example"])
        _ = try await household.mdw("keys", "revoke", "admin", "--yes")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: household.database)
        let outcome = try await household.mdw("doctor")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("permissions  warning"))
        #expect(outcome.output.contains("keys         problem  no admin key is usable"))
        #expect(outcome.output.contains("feed         problem  a vendor address needs a key"))
    }
}
