import ArgumentParser
import Store
import Testing
import Warehouse

@testable import Commands

/// Help, version, completion and pipes.
@Suite struct HelpTests {
    @Test func everyCommandSaysWhatItDoesWithAnExample() {
        func check(_ command: any ParsableCommand.Type) {
            let configuration = command.configuration
            #expect(configuration.abstract.count > 10, "\(command)")
            #expect(configuration.discussion.contains("Example"), "\(command)")
            #expect(configuration.discussion.contains("mdw "), "\(command)")
            for subcommand in configuration.subcommands { check(subcommand) }
        }
        check(Mdw.self)
    }

    @Test func helpGoesToStandardOutput() async throws {
        let household = try Household()
        for arguments in [["--help"], ["help"], ["keys", "--help"], ["help", "keys", "create"], ["keys"]] {
            let outcome = try await household.mdw(arguments)
            #expect(outcome.code == 0, "\(arguments)")
            #expect(outcome.output.contains("USAGE: mdw"), "\(arguments)")
            #expect(outcome.errors.isEmpty, "\(arguments)")
        }
        #expect(try await household.mdw("--version").output.hasPrefix("mdw "))
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionScripts(_ shell: String) async throws {
        let outcome = try await Household().mdw("--generate-completion-script", shell)
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("mdw"))
        #expect(outcome.errors.isEmpty)
    }

    @Test func symbolsAndKeyNamesAreCompleted() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw("keys", "create", "reporting")
        let symbols = try await household.complete(["symbols", "show"], typed: "A")
        #expect(symbols == ["AAPL", "AMD", "AMZN"])
        #expect(try await household.complete(["keys", "revoke"], typed: "") == ["admin", "reporting"])
    }

    @Test func completionIsQuietWithoutADatabase() async throws {
        let household = try Household()
        #expect(try await household.complete(["symbols", "show"], typed: "A").isEmpty)
    }

    @Test func aReaderThatGoesAwayIsNoError() async throws {
        let household = try await Household.ready()
        // More than a pipe holds, so that the writer meets the closed end.
        try await household.withStore { store in
            _ = try await store.audit.append(
                (1...2000).map { .init("GET /\($0)", by: .init(source: .http, name: "x")) }
            )
        }
        let outcome = try await household.shell("set -o pipefail; $MDW audit export | head -n 1; echo $?")
        #expect(outcome.lines.count == 2)
        #expect(outcome.lines.last == "0")
        #expect(outcome.errors.isEmpty)
    }

    @Test func aFullDiskIsAnError() async throws {
        let household = try await Household.ready()
        let outcome = try await household.shell("$MDW symbols list > /dev/full")
        #expect(outcome.code == 1)
        #expect(outcome.errors == "mdw: the output can't be written: No space left on device\n")
    }
}

extension Household {
    /// What the shell would offer for the first argument of `command`.
    fileprivate func complete(_ command: [String], typed: String) async throws -> [String] {
        let words = ["mdw"] + command + [typed]
        let arguments =
            ["---completion"] + command + ["--", "positional@0", String(words.count - 1), String(typed.count)] + words
        let outcome = try await mdw(arguments)
        #expect(outcome.errors.isEmpty, "\(outcome.errors)")
        return outcome.lines.map { String($0) }
    }
}
