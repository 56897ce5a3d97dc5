import Foundation
import TestPrograms
import Testing

/// A console with its worker, and commands in a loop, on one database.
///
/// Takes `MDW_CONTENTION_SECONDS`, 5 without it; `make crash-check` lets it run for a minute.
@Suite(.serialized) struct ContentionTests {
    @Test func aConsoleAndCommandsShareADatabase() async throws {
        let seconds = ProcessInfo.processInfo.environment["MDW_CONTENTION_SECONDS"].flatMap { Int($0) } ?? 5
        let console = try TmuxConsole(width: 120, height: 40)
        defer { console.close() }
        try console.open()
        try await console.wait(for: "first admin key")
        try console.press("s", "b")
        try await console.wait(for: "Fetch candles of AAPL")
        // 5-minute candles of many years: the worker writes all the while.
        try console.press("Home", "Left", "Left", "Left", "Left", "Left", "Enter")
        try console.type("1995-01-01")
        try console.press("Enter", "Enter")
        try await console.wait(for: "backfill.start")

        let environment = ["HOME": console.folder.path, "MDW_DATABASE": console.database]
        let end = ContinuousClock.now + .seconds(seconds)
        var rounds = 0
        while ContinuousClock.now < end {
            rounds += 1
            for command in [
                ["keys", "create", "loop-\(rounds)", "--json"], ["keys", "revoke", "loop-\(rounds)"],
                ["symbols", "deactivate", "QCOM"], ["symbols", "activate", "QCOM"], ["backfill", "list"],
            ] {
                let outcome = try Program.run(Program.path, command, environment: environment)
                #expect(outcome.code == 0, "\(command.joined(separator: " ")): \(outcome.errors)")
            }
        }
        let lines = try await console.wait(for: "loop-\(rounds)")
        #expect(!lines.joined().contains("locked"))
        try console.press("q")
        try await console.wait(for: "ENDED 0")

        // Not a write is lost, and the log and the file are whole.
        func count(of action: String) throws -> Int {
            let arguments = ["audit", "list", "--grep", action, "--limit", "100000", "--json"]
            let outcome = try Program.run(Program.path, arguments, environment: environment)
            return outcome.output.components(separatedBy: "\"\(action)\"").count - 1
        }
        #expect(try count(of: "key.revoke") == rounds)
        #expect(try count(of: "symbol.deactivate") == rounds)
        #expect(try Program.run(Program.path, ["audit", "verify"], environment: environment).code == 0)
        let checkup = try Program.run(Program.path, ["doctor"], environment: environment)
        #expect(checkup.output.contains("the integrity check found nothing"))
    }
}
