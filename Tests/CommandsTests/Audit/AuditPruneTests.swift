import Foundation
import Testing

/// `mdw audit prune`: first to a file, then away.
@Suite struct AuditPruneTests {
    @Test func exportsWhatItRemoves() async throws {
        let household = try await Household.ready()
        let before = try await household.mdw("audit", "export")
        let file = household.folder + "/old.jsonl"
        let outcome = try await household.mdw("audit", "prune", "--before", "0", "--export", file, "--yes")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output == "15 rows removed, exported to \(file)\n")
        // The newest row stays: the chain goes on from it.
        let exported = try String(contentsOfFile: file, encoding: .utf8)
        #expect(exported == before.lines.dropLast().map { $0 + "\n" }.joined())
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let verified = try await household.mdw("audit", "verify")
        #expect(verified.code == 0 && verified.output.hasPrefix("intact: 2 rows"))
    }

    @Test func asksBeforeItRemoves() async throws {
        let household = try await Household.ready()
        let file = household.folder + "/old.jsonl"
        let desk = Desk(answers: ["no"], in: household)
        #expect(await desk.run("audit", "prune", "--before", "0", "--export", file) == 1)
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try await household.mdw("audit", "verify").output.hasPrefix("intact: 16 rows"))
    }

    @Test func neverReplacesAFile() async throws {
        let household = try await Household.ready()
        let file = household.folder + "/old.jsonl"
        try "precious".write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try await household.mdw("audit", "prune", "--before", "0", "--export", file, "--yes")
        #expect(outcome.code == 1 && outcome.errors.contains("exists: name a new file"))
        #expect(try await household.mdw("audit", "verify").output.hasPrefix("intact: 16 rows"))
    }

    @Test func saysWhenNothingIsThatOld() async throws {
        let household = try await Household.ready()
        let file = household.folder + "/old.jsonl"
        let outcome = try await household.mdw("audit", "prune", "--before", "365d", "--export", file, "--yes")
        #expect(outcome.code == 1 && outcome.errors == "mdw: no row is that old: nothing was removed\n")
        #expect(!FileManager.default.fileExists(atPath: file))
    }
}
