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

    @Test(.enabled("another process's memory can't be read here") { Memory.isReadable })
    func aKeyThatWasShownIsNowhereInMemoryOnceItIsClosed() async throws {
        let console = try TmuxConsole(width: 80, height: 24)
        defer { console.close() }
        try console.open("--no-worker")
        let lines = try await console.wait(for: "first admin key")
        let key = try #require(lines.lazy.compactMap { $0.firstMatch(of: /mdw_[0-9A-Za-z]{49}/) }.first).output
        let process = try console.processID()
        // Without the preview, which is no secret.
        let secret = Array(key.utf8.dropFirst(12))
        try #expect(Memory.count(secret, in: process) > 0)
        try console.press("y")
        try await console.wait(for: "Sent to the terminal's clipboard")
        try console.press("s")
        try await console.wait(for: "symbol.add")
        try #expect(Memory.count(secret, in: process) == 0)
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

    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP])
    func aCrashGivesTheTerminalBack(signal: Int32) async throws {
        let console = try TmuxConsole(width: 80, height: 24)
        defer { console.close() }
        try console.open("--no-worker", underShell: true)
        try await console.wait(for: "first admin key")
        try console.press("s")
        try await console.wait(for: "symbol.add")
        let shell = try console.processID()
        kill(try console.child(of: shell) ?? shell, signal)
        try await console.wait(for: "ENDED \(128 + signal)")
        // What is typed is seen again, and lines end where they should.
        try console.type("stty -a | tr ' ;' '\\n\\n' | grep -c -x -e icanon -e echo -e icrnl")
        try console.press("Enter")
        try await console.waitForLine("3")
        let lines = try console.screen()
        #expect(!lines.contains { $0.contains("API keys") })
    }

    @Test func itIsStoppedAndTakenUpAgain() async throws {
        let console = try TmuxConsole(width: 100, height: 30)
        defer { console.close() }
        try console.open("--no-worker", underShell: true)
        try await console.wait(for: "first admin key")
        try console.press("s")
        try await console.wait(for: "symbol.add")
        try console.press("C-z")
        try await console.wait(for: "Stopped")
        try console.type("fg; echo ENDED $?")
        try console.press("Enter")
        try await console.wait(for: "4 Audit")
        try console.press("2", "Enter")
        try await console.wait(for: "Key 1")
        try console.press("q", "q")
        try await console.wait(for: "ENDED 0")
    }

    @Test func whatIsTypedAheadArrives() async throws {
        let console = try TmuxConsole(width: 100, height: 30)
        defer { console.close() }
        try console.open("--no-worker")
        try await console.wait(for: "first admin key")
        // All at once: the key is stored, another one is made, the filter is typed.
        try console.type("s2cci-bot")
        try console.press("Enter", "Enter", "Enter")
        try await console.wait(for: "this one time only")
        try console.type("s/ci")
        try await console.wait(for: "1 match /ci")
    }

    @Test func aPastedListBecomesSymbols() async throws {
        let console = try TmuxConsole(width: 100, height: 30)
        defer { console.close() }
        try console.open("--no-worker")
        try await console.wait(for: "first admin key")
        try console.press("s")
        try await console.wait(for: "symbol.add")
        try console.paste("DIS\nKO PEP")
        try await console.wait(for: "DIS KO PEP")
        try console.press("C-s")
        try await console.wait(for: "added DIS, KO, PEP")
    }

    @Test func aTerminalThatDiesEndsIt() async throws {
        let console = try TmuxConsole(width: 100, height: 30)
        defer { console.close() }
        try console.open("--no-worker")
        try await console.wait(for: "first admin key")
        let process = try console.processID()
        console.hangUp()
        // Gone, or a zombie that nobody has waited for yet.
        for _ in 0..<200 where kill(process, 0) == 0 && !TmuxConsole.isZombie(process) {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(kill(process, 0) != 0 || TmuxConsole.isZombie(process))
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "vt100"]])
    func withoutColoursThereAreNone(environment: [String: String]) async throws {
        let console = try TmuxConsole(width: 100, height: 30)
        defer { console.close() }
        try console.open("--no-worker", environment: environment)
        try await console.wait(for: "first admin key")
        try console.press("s")
        try await console.wait(for: "symbol.add")
        // The selection is seen all the same: its row is reversed.
        let screen = try console.coloredScreen()
        #expect(screen.firstMatch(of: /\u{1B}\[(?:\d+;)*(?:3[0-7]|38|9[0-7]|4[0-7]|48)(?:;\d+)*m/) == nil)
        #expect(screen.contains("\u{1B}[7m") || screen.firstMatch(of: /\u{1B}\[(?:\d+;)*7m/) != nil)
    }

    @Test func wideAndCombiningCharactersKeepColumnsStraight() async throws {
        let console = try TmuxConsole(width: 120, height: 30)
        defer { console.close() }
        try console.open("--no-worker")
        try await console.wait(for: "first admin key")
        try console.press("s")
        for name in ["東京-bot", "e\u{301}clair", "plain"] {
            try console.type("2c\(name)")
            try console.press("Enter", "Enter", "Enter")
            try await console.wait(for: "this one time only")
            try console.press("s")
        }
        try await console.wait(for: "plain")
        let rows = try console.screen().filter { $0.contains("active") && $0.contains("read") }
        #expect(rows.count == 3)
        // The state begins in one column, whatever stands before it.
        let columns = Set(
            rows.map { row in
                TmuxConsole.columns(of: row.prefix(upTo: row.range(of: "active")?.lowerBound ?? row.endIndex))
            }
        )
        #expect(columns.count == 1, "\(rows)")
    }

    @Test func plainSaysWhatHappensAndDrawsNothing() async throws {
        let console = try TmuxConsole(width: 120, height: 40)
        defer { console.close() }
        try console.open("--no-worker --plain")
        try await console.wait(for: "first admin key")
        try console.press("s", "2")
        try await console.wait(for: "id 1, name admin, scope admin, state active")
        try console.type(":revoke admin")
        try console.press("Enter")
        try await console.wait(for: "Type the key's name to confirm: admin")
        try console.press("Escape")
        let lines = try await console.wait(for: "cancelled: nothing was changed")
        #expect(!lines.contains { $0.contains("─") || $0.contains("│") })
        try console.press("q")
        try await console.wait(for: "ENDED 0")
    }
}
