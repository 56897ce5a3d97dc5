import Foundation
import Glibc
import Store
import Testing
import Warehouse

/// The console, played by a script, while the store is in trouble: it answers every key and says what is wrong.
@Suite(.timeLimit(.minutes(3))) struct ConsoleTroubleTests {
    /// Plays a script; returns what it saved as `screen`.
    private func play(_ script: String, in household: Household, _ arguments: String...) async throws -> String {
        let file = household.folder + "/script"
        let screen = household.folder + "/screen"
        try script.replacing("SCREEN", with: screen).write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try await household.mdw(["console", "--script", file] + arguments)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try String(contentsOfFile: screen, encoding: .utf8)
    }

    @Test(.enabled(if: FullDiskTests.canMount, "a file system can't be mounted here"))
    func onAFullDiskAChangeIsRefusedAndEverythingElseGoesOn() async throws {
        let household = try Household()
        let disk = household.folder + "/data"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        try #require(mount("tmpfs", disk, "tmpfs", 0, "size=8m") == 0)
        defer { umount2(disk, Int32(MNT_DETACH)) }
        #expect(try await household.mdw("bootstrap", "--key-file", household.folder + "/admin.key").code == 0)
        _ = try await household.shell("cat /dev/zero > \(disk)/ballast")
        // Each symbol is a change of its own: somewhere among them the disk is full.
        let symbols = (0..<400).map { "SYM\($0)" }.joined(separator: " ")
        let screen = try await play(
            """
            :wait text AAPL
            1:add \(symbols) stock 1d<Enter>
            :wait text disk is full
            2<Enter>
            :wait text Key 1
            <Esc>m
            :save-display SCREEN
            """,
            in: household,
            "--no-worker"
        )
        #expect(screen.contains("disk is full"))
        #expect(try await household.mdw("audit", "verify").code == 0)
    }

    @Test func besideAWorkerAtFullSpeedEveryKeyIsAnswered() async throws {
        let household = try await Household.ready()
        for symbol in ["BTC", "ETH"] {
            let outcome = try await household.mdw(
                ["backfill", "start", symbol, "--timeframe", "5m", "--from", "2015-01-01"]
            )
            #expect(outcome.code == 0)
        }
        let keys = (0..<40).map { _ in "1jk3jk2jk4kG\n:wait idle\n" }.joined()
        let screen = try await play(
            ":wait text running\n\(keys)2:create busy read<Enter>\n:wait text this one time only\ns\n:save-display SCREEN",
            in: household,
            "--simulated"
        )
        #expect(screen.contains("busy"))
    }
}
