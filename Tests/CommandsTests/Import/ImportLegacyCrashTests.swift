import Foundation
import Store
import Testing
import Warehouse

/// Large dumps: imports that are killed at any instant, and what they need of memory.
@Suite(.serialized) struct ImportLegacyCrashTests {
    @Test func afterKillsEverythingIsThereOnce() async throws {
        let household = try Household()
        let dump = household.folder + "/dump.sql"
        try LegacyDumpSample.write(candles: 100_000, requests: 6000, to: dump)
        var killed = 0
        for round in 1...8 {
            let program = try household.start(["import-legacy", "--dump", dump])
            try await household.waitForWork(of: program, round: round)
            program.send(SIGKILL)
            if await program.outcome().code == -SIGKILL { killed += 1 }
        }
        #expect(killed >= 6)
        let last = try await household.importLegacy(dump)
        #expect(last.code == 0, "\(last.errors)")
        let after = try await household.content()
        #expect(try JSON(try await household.importLegacy(dump).output)["changed"].flag == false)
        #expect(try await household.content() == after)

        let undisturbed = try Household()
        #expect(try await undisturbed.importLegacy(dump).code == 0)
        for query in Self.queries {
            #expect(try await household.query(query) == undisturbed.query(query), "\(query)")
        }
        #expect(try await household.query("SELECT COUNT(*) FROM candles") == "99900\n")
        #expect(try await household.query("SELECT COUNT(*) FROM api_key_audit WHERE source = 'http'") == "6000\n")
        // All kills together are one import.
        let audit = try await household.mdw("audit", "list").output
        #expect(
            audit.contains("2 symbols, 1 key, 6,000 audit rows, 0 backfill runs, 99,900 candles, 100 rejected candles")
        )
        #expect(try await household.mdw("doctor").code == 0)
    }

    /// What must not depend on where an import was killed; the time of the import does.
    private static let queries = [
        "SELECT * FROM candles", "SELECT * FROM symbol_stats", "SELECT * FROM id_sequences WHERE name <> 'x'",
        "SELECT id, key_hash, name, active, scope, preview FROM api_keys",
        "SELECT sequence, time, actor, api_key_id, action, detail, hash FROM api_key_audit WHERE source = 'http'",
        "SELECT symbol_id, timeframe, time, rule, raw FROM rejected_candles ORDER BY raw",
        "SELECT id, symbol, active FROM tracked_symbols", "SELECT * FROM legacy_rows", "SELECT * FROM legacy_audit",
        "SELECT COUNT(*) FROM legacy_imports WHERE finished_at IS NOT NULL",
    ]

    @Test func memoryDoesNotGrowWithTheDump() async throws {
        let household = try Household()
        let dump = household.folder + "/dump.sql"
        let candles = Int(ProcessInfo.processInfo.environment["MDW_IMPORT_CANDLES"] ?? "") ?? 1_000_000
        try LegacyDumpSample.write(candles: candles, requests: 20_000, to: dump)
        let program = try household.start(["import-legacy", "--dump", dump])
        var peak = 0
        while let memory = program.peakMemory {
            peak = max(peak, memory)
            try await Task.sleep(for: .milliseconds(20))
        }
        let outcome = await program.outcome()
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("kept in rejected_candles"))
        #expect(peak > 1 << 20 && peak < 100 << 20, "\(peak >> 20) MiB")
    }
}

extension Household {
    fileprivate func query(_ sql: String) async throws -> String {
        try await shell("sqlite3 '\(database)' \"\(sql)\"").output
    }

    /// Waits until the program has gone on with the audit, then with the candles, for as long as differs by round.
    fileprivate func waitForWork(of program: RunningProgram, round: Int) async throws {
        let question =
            round <= 3 ? "SELECT COUNT(*) FROM api_key_audit" : "SELECT COALESCE(SUM(candles), 0) FROM symbol_stats"
        let goal = round <= 3 ? round * 1200 : (round - 3) * 14_000
        for _ in 0..<2000 where program.isRunning {
            let reached = FileManager.default.fileExists(atPath: database) ? try await query(question) : ""
            if let count = Int(reached.trimmingCharacters(in: .whitespacesAndNewlines)), count >= goal { break }
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
    }
}
