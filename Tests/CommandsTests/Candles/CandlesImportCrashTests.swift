import Foundation
import Testing

/// Large files: imports that are killed at any instant, and what they need of memory.
@Suite(.serialized) struct CandlesImportCrashTests {
    @Test func afterKillsEverythingIsThereOnce() async throws {
        let household = try await Household.ready()
        let plain = household.folder + "/file.csv"
        try CandleFiles.write(candles: 150_000, to: plain)
        let file = try await household.gzip(plain)
        let arguments = ["candles", "import", file, "--symbol", "BTC", "--timeframe", "5m", "--json"]
        var killed = 0
        for round in 1...6 {
            let program = try household.start(arguments)
            let goal = round * 20_000
            for _ in 0..<4000 where program.isRunning {
                let count = Int(try await household.answer("SELECT COALESCE(SUM(candles), 0) FROM symbol_stats")) ?? 0
                if count >= goal { break }
            }
            try await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
            program.send(SIGKILL)
            if await program.outcome().code == -SIGKILL { killed += 1 }
            // What coverage calls had is there: no further than the last candle, unless that is the file's last.
            let ahead = """
                SELECT COUNT(*) FROM coverage
                WHERE state = 'had' AND end_time > (SELECT last_time + 300000000 FROM symbol_stats)
                  AND (SELECT candles FROM symbol_stats) < 149850
                """
            let found = try await household.answer(ahead)
            #expect(found == "0", "round \(round)")
        }
        #expect(killed >= 4)
        let last = try await household.mdw(arguments)
        #expect(last.code == 0, "\(last.errors)")
        let before = try await household.dump()
        let again = try JSON(try await household.mdw(arguments).output)
        #expect(again["changed"].flag == false && again["unchanged"].integer == 149_850)
        #expect(try await household.dump() == before)

        let undisturbed = try await Household.ready()
        #expect(try await undisturbed.mdw(arguments).code == 0)
        for query in Self.queries {
            #expect(try await household.answer(query) == undisturbed.answer(query), "\(query)")
        }
        #expect(try await household.answer("SELECT COUNT(*) FROM candles") == "149850")
        #expect(try await household.mdw("doctor").code == 0)
    }

    /// What must not depend on where an import was killed; the time of the import does.
    private static let queries = [
        "SELECT symbol_id, timeframe, time, open, high, low, close, volume, flags, source FROM candles ORDER BY time",
        "SELECT * FROM symbol_stats", "SELECT * FROM coverage ORDER BY start_time",
        "SELECT symbol_id, timeframe, time, rule, raw FROM rejected_candles ORDER BY raw",
    ]

    @Test func memoryDoesNotGrowWithTheFile() async throws {
        let household = try await Household.ready()
        let plain = household.folder + "/file.csv"
        let candles = Int(ProcessInfo.processInfo.environment["MDW_IMPORT_CANDLES"] ?? "") ?? 1_000_000
        try CandleFiles.write(candles: candles, to: plain)
        let file = try await household.gzip(plain)
        let program = try household.start(["candles", "import", file, "--symbol", "BTC", "--timeframe", "5m", "--json"])
        var peak = 0
        while let memory = program.peakMemory {
            peak = max(peak, memory)
            try await Task.sleep(for: .milliseconds(20))
        }
        let outcome = await program.outcome()
        #expect(outcome.code == 0, "\(outcome.errors)")
        let report = try JSON(outcome.output)
        #expect(report["stored"].integer == candles - candles / 1000)
        #expect(report["rejected_by_rule"]["V02"]["samples"].array?.count == 20)
        #expect(peak > 1 << 20 && peak < 100 << 20, "\(peak >> 20) MiB")
    }
}
