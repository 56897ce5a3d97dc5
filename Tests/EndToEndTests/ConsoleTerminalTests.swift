import Foundation
import Glibc
import TestPrograms
import Testing

/// The console against terminals as they come.
@Suite(.serialized) struct ConsoleTerminalTests {
    @Test func withoutATerminalThereIsOneSentenceAndNoDatabase() throws {
        let console = try TmuxConsole(width: 80, height: 24)
        defer { console.close() }
        let outcome = try Program.run(
            Program.path,
            ["console"],
            environment: ["HOME": console.folder.path, "MDW_DATABASE": console.database, "TERM": "xterm"]
        )
        #expect(outcome.code == 2)
        #expect(outcome.errors == "mdw: the console needs a terminal, and standard input or output is none\n")
        #expect(!FileManager.default.fileExists(atPath: console.database))
    }

    @Test func aDumbTerminalIsRefusedInOneSentence() async throws {
        let console = try TmuxConsole(width: 80, height: 24)
        defer { console.close() }
        try console.open(environment: ["TERM": "dumb"])
        let lines = try await console.wait(for: "ENDED 2")
        #expect(lines[0].hasPrefix("mdw: the console needs a terminal that can move its cursor, and TERM=dumb can't"))
        #expect(!FileManager.default.fileExists(atPath: console.database))
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func aSignalEndsItAndGivesTheTerminalBack(signal: Int32) async throws {
        let console = try TmuxConsole(width: 80, height: 24)
        defer { console.close() }
        try console.open("--no-worker")
        try await console.wait(for: "first admin key")
        try console.press("s")
        try await console.wait(for: "symbol.add")
        kill(try console.processID(), signal)
        let lines = try await console.wait(for: "ENDED \(128 + signal)")
        // The shell's screen is back: nothing of the console is left on it.
        #expect(!lines.contains { $0.contains("API keys") })
    }

    @Test func everySizeIsDrawnWhileItIsResized() async throws {
        let console = try TmuxConsole(width: 80, height: 24)
        defer { console.close() }
        try console.open("--no-worker")
        try await console.wait(for: "first admin key")
        try console.press("s")
        for (width, height) in [(200, 60), (19, 4), (40, 10), (1, 1), (2, 30), (300, 2), (120, 40)] {
            try console.resize(width: width, height: height)
        }
        try await console.wait(for: "4 Audit")
        try console.resize(width: 30, height: 8)
        try await console.wait(for: "1 Symbols")
        try console.press("q")
        try await console.wait(for: "ENDED 0")
    }

    @Test func anUnknownTerminalIsDrivenAsTheNearestKnownOne() async throws {
        let console = try TmuxConsole(width: 120, height: 40)
        defer { console.close() }
        try console.open("--no-worker", environment: ["TERM": "xterm-from-the-future"])
        try await console.wait(for: "first admin key")
        try console.press("s", "m")
        try await console.wait(for: "driven as xterm")
        try console.press("q", "q")
        try await console.wait(for: "ENDED 0")
    }

    @Test func asciiAloneDrawsNoOtherCharacter() async throws {
        let console = try TmuxConsole(width: 80, height: 24)
        defer { console.close() }
        try console.open("--no-worker --ascii", environment: ["NO_COLOR": "1"])
        try await console.wait(for: "first admin key")
        try console.press("s")
        let lines = try await console.wait(for: "symbol.add")
        #expect(lines.joined().utf8.allSatisfy { $0 < 128 })
    }
}
