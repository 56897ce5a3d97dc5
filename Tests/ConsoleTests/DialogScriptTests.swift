import Foundation
import Store
import Terminal
import Testing
import Warehouse

@testable import Console

/// Every dialog in script mode: cancelled, confirmed, filled in wrongly, and with a target that vanishes meanwhile.
@Suite struct DialogScriptTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let script: String
        /// The audit's actions besides those of the set-up.
        let actions: [String]

        init(_ description: String, _ script: String, does actions: [String] = []) {
            testDescription = description
            self.script = script
            self.actions = actions
        }
    }

    private static let cases = [
        Case("symbols: cancelled", "1aMSFT<Esc>\n:wait text cancelled"),
        Case(
            "symbols: confirmed",
            "1aMSFT QQQ<Enter><Enter><Enter>\n:wait text added MSFT, QQQ",
            does: ["symbol.add", "symbol.add"]
        ),
        Case("symbols: wrong", "1aA!B<Enter><Enter><Enter>\n:wait text is not a symbol\n<Esc>"),
        Case("symbols: one that is there", "1aAAPL<Enter><Enter><Enter>\n:wait text already tracked"),
        Case(
            "symbols: pasted",
            "1\n:paste MSFT QQQ\n:wait text MSFT QQQ\n<C-s>\n:wait text added MSFT",
            does: ["symbol.add", "symbol.add"]
        ),
        Case("timeframes: cancelled", "1f<Esc>\n:wait text cancelled"),
        Case("timeframes: confirmed", "1f<C-u>5m,1d<Enter>\n:wait text AAPL keeps 5m,1d", does: ["symbol.timeframes"]),
        Case("timeframes: wrong", "1f<C-u>2d<Enter>\n:wait text is no timeframe\n<Esc>"),
        Case("backfill of a symbol: cancelled", "1b<Esc>\n:wait text cancelled"),
        Case(
            "backfill of a symbol: confirmed",
            "1b<Enter>2026-01-02<Enter>2026-01-05<Enter>\n:wait text job 3 fetches AAPL",
            does: ["backfill.start"]
        ),
        Case("backfill of a symbol: wrong", "1b<Enter>yesterday<Enter><Enter>\n:wait text 2026-01-31\n<Esc>"),
        Case(
            "backfill of any symbol: confirmed",
            "3b<C-u>BTC<Enter><Enter>2025-01-02<Enter>2025-01-05<Enter>\n:wait text job 3 fetches BTC",
            does: ["backfill.start"]
        ),
        Case("backfill of any symbol: unknown", "3b<C-u>NOPE<Enter><Enter><Enter><Enter>\n:wait text NOPE"),
        Case("deactivation: cancelled by default", "1x\n<Enter>\n:wait text cancelled"),
        Case("deactivation: the key that opened it does nothing", "1x\nxxxx\n:wait text Deactivate AAPL\n<Esc>"),
        Case("deactivation: confirmed", "1x\ny\n:wait text AAPL is inactive", does: ["symbol.deactivate"]),
        Case("key: cancelled", "2c<Esc>\n:wait text cancelled"),
        Case("key: confirmed", "2cnew<Enter><Enter><Enter>\n:wait text this one time only\ns", does: ["key.create"]),
        Case("key: wrong", "2c<Enter><Enter><Enter>\n:wait text needs a name\n<Esc>"),
        Case("key: wrong expiry", "2cnew<Enter><Enter>2020-01-01<Enter>\n:wait text has passed\n<Esc>"),
        Case("revocation: cancelled", "2r\n<Esc>\n:wait text cancelled"),
        Case("revocation: wrong name", "2r\nnew<Enter>\n:wait text that is not the key's name\n<Esc>"),
        Case(
            "revocation: confirmed and undone",
            "2r\nold<Enter><Enter>\n:wait text press u to undo\nu\n:wait text is restored",
            does: ["key.revoke", "key.restore"]
        ),
        Case("deletion: cancelled", "2D\n<Esc>\n:wait text cancelled"),
        Case("deletion: confirmed", "2D\nold<Enter>\n:wait text is deleted", does: ["key.delete"]),
        Case("rotation: wrong", "2o<C-u>soon<Enter>\n:wait text grace period\n<Esc>"),
        Case("rotation: confirmed", "2o<Enter>\n:wait text this one time only\ns", does: ["key.rotate"]),
        Case("cancellation: cancelled", "3c\nn\n:wait text cancelled"),
        Case(
            "cancellation: by the other button",
            "3c\n<Tab><Enter>\n:wait text is cancelled",
            does: ["backfill.cancel"]
        ),
        Case("sorting: cancelled", "2s<Esc>\n:wait text ID↓"),
        Case("sorting: by number", "2s2\n:wait text NAME↑"),
        Case("sorting: the same again turns it", "2s1\n:wait text ID↑"),
        Case("sorting: by letter", "2sn<Enter>\n:wait text NAME↑"),
        Case("themes: chosen", "<C-t>2\n:wait gone high-contrast"),
        Case("export: cancelled", "2e<Esc>\n:wait text cancelled"),
        Case("export: no name", "2e<C-u><Enter><Enter>\n:wait text name a file\n<Esc>"),
        Case(
            "export: where nothing can be written",
            "2e<C-u>/nowhere/keys.csv<Enter><Enter>\n:wait text can't be made"
        ),
        Case("bulk: cancelled", "2<Space><Space>r\n:wait text Revoke 2 keys\n<Esc>\n:wait text 2 marked"),
        Case("bulk: wrong number", "2<Space><Space>r\n3<Enter>\n:wait text that is not the number\n<Esc>"),
        Case(
            "bulk: confirmed and undone",
            "2<Space><Space>r\n2<Enter>gone<Enter>\n:wait text All 2 done\n<Esc>u\n:wait text All 2 done",
            does: ["key.revoke", "key.revoke", "key.restore", "key.restore"]
        ),
        Case(
            "bulk: symbols",
            "1*x\n:wait text Deactivate 2 symbols\ny\n:wait text All 2 done",
            does: ["symbol.deactivate", "symbol.deactivate"]
        ),
        Case(
            "command: revoke",
            "2:revoke ci<Tab>\n<Enter>\n:wait text Revoke key 1\nci-bot<Enter><Enter>\n:wait text is revoked",
            does: ["key.revoke"]
        ),
        Case("command: an unknown key", "2:revoke nobody<Enter>\n:wait text nobody"),
        Case(
            "command: add",
            "1:add ETH SOL crypto 1h,1d<Enter>\n:wait text added ETH, SOL",
            does: ["symbol.add", "symbol.add"]
        ),
        Case(
            "command: create",
            "1:create robot admin 30d<Enter>\n:wait text this one time only\ns",
            does: ["key.create"]
        ),
        Case("command: a scope that is none", "1:create robot root<Enter>\n:wait text use read or admin"),
        Case("command: frames", "1:frames BTC 1d,5m<Enter>\n:wait text BTC keeps 5m,1d", does: ["symbol.timeframes"]),
        Case(
            "command: deactivate",
            "1:deactivate BTC<Enter>\n:wait text Deactivate BTC\ny\n:wait text is inactive",
            does: ["symbol.deactivate"]
        ),
        Case("command: activate what is active", "1:activate BTC<Enter>\n:wait text active already"),
        Case(
            "command: backfill",
            "1:backfill AAPL 1d 2026-01-02 2026-01-05<Enter>\n:wait text job 3 fetches AAPL",
            does: ["backfill.start"]
        ),
        Case("command: pause", "3:pause 1<Enter>\n:wait text is paused", does: ["backfill.pause"]),
        Case("command: a job that is none", "3:pause x<Enter>\n:wait text is no job"),
        Case("command: workers", "3:workers pause<Enter>\n:wait text workers paused", does: ["worker.pause"]),
        Case("command: sort", "2:sort -name<Enter>\n:wait text NAME↓"),
        Case("command: a column that is none", "2:sort colour<Enter>\n:wait text sort by what"),
        Case("command: filter", "2:filter name:ci<Enter>\n:wait text 1 match"),
        Case("command: go", "2:go backfill<Enter>\n:wait text p pause"),
        Case("command: theme", "2:theme nope<Enter>\n:wait text which theme?"),
        Case("command: nonsense", "2:fly<Enter>\n:wait text there is no command 'fly'"),
        Case("command: cancelled", "2:revoke old<Esc>\n:wait text o rotate"),
    ]

    @Test(arguments: cases) func aDialogIsAnswered(test: Case) async throws {
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        let before = try await console.store.audit.count()
        try await console.run(":wait text ci-bot\n" + test.script + "\n:wait idle")
        let actions = try await console.store.audit.oldest(100, after: before).map(\.event.action)
        #expect(actions == test.actions)
    }

    /// What each dialog says when its target is gone, or was changed by somebody else, while it was open.
    @Test(arguments: [
        ("2r", "old<Enter><Enter>", "there is no API key"), ("2D", "old<Enter>", "there is no API key"),
        ("2o", "<Enter>", "there is no API key"), ("3c", "y", "job 1 is cancelled"),
    ])
    func aTargetThatVanishedIsTold(opens: String, confirms: String, text: String) async throws {
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        let script = """
            :wait text ci-bot
            \(opens)
            :save-display SAVE/open
            :wait text 2 API keys 2
            \(confirms)
            :wait text \(text)
            """
        async let played = console.run(script)
        try await console.waitUntilSaved("open")
        _ = try await console.store.jobs.cancel(JobID(1), by: console.actor)
        try await console.store.keys.delete(KeyID(3), by: console.actor)
        _ = try await played
    }

    @Test(arguments: ["csv", "json", "jsonl"])
    func aTableGoesToAFile(format: String) async throws {
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        try await console.run(
            """
            :wait text ci-bot
            2:filter name:o<Enter>
            :wait text 1 match
            :wait idle
            2:export SAVE/keys.out \(format)<Enter>
            :wait text 1 row in
            4:export SAVE/audit.out \(format)<Enter>
            :wait text rows in
            """
        )
        let keys = try console.saved("keys.out")
        #expect(keys.contains("old") && !keys.contains("ci-bot"))
        #expect(keys.hasPrefix(format == "csv" ? "id,name," : format == "json" ? "[" : "{"))
        let rows = try await console.store.audit.count()
        let lines = try console.saved("audit.out").split(separator: "\n").count
        #expect(lines == Int(rows) + (format == "csv" ? 1 : format == "json" ? 2 : 0))
    }

    @Test func aFileThatIsThereIsNotReplaced() async throws {
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        let path = console.folder.appendingPathComponent("mine.csv").path
        try "precious".write(toFile: path, atomically: true, encoding: .utf8)
        try await console.run(":wait text ci-bot\n2:export \(path)<Enter>\n:wait text exists: name a new file")
        #expect(try console.saved("mine.csv") == "precious")
    }
}

/// The console in lines, for screen readers.
@Suite struct NarratorTests {
    /// What is said while a script is played.
    private func said(_ script: String) async throws -> [String] {
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        return try await console.announced(":wait text ci-bot\n" + script + "\n:wait idle")
    }

    @Test func movingSaysTheRow() async throws {
        let lines = try await said("2j")
        #expect(lines.contains("API keys, 3 rows"))
        #expect(lines.last?.hasPrefix("id 2, name dashboard, scope read, state active") == true)
    }

    @Test func aDialogIsReadOutAndItsFieldsAsTheyAreReached() async throws {
        let lines = try await said("2r\nold<Enter>gone<Enter>\n:wait text revoked")
        let start = try #require(lines.firstIndex(of: "Revoke key 3"))
        #expect(lines[start...].contains("Type the key's name to confirm: old"))
        #expect(lines[start...].contains("Reason"))
        #expect(lines[start...].contains { $0.hasPrefix("done: key 3 'old' is revoked") })
        // The row says its new state once.
        #expect(lines.count { $0.contains("name old") && $0.contains("state revoked") } == 1)
    }

    @Test func anErrorIsCalledOne() async throws {
        #expect(try await said("2:fly<Enter>").contains("error: there is no command 'fly': Tab lists them"))
    }

    @Test func aDetailIsReadOutWithoutItsPictures() async throws {
        let lines = try await said("1j<Enter>\n:wait text Coverage")
        #expect(lines.contains { $0.hasPrefix("last close") })
        #expect(lines.contains { $0.contains("30 had") })
        #expect(!lines.contains { $0.contains("┃") || $0.contains("■■■■") })
    }

    @Test func nothingIsSaidTwice() async throws {
        let lines = try await said("2\n:wait idle\n<C-l>\n:wait idle")
        #expect(lines.count { $0.hasPrefix("id 3") } == 1)
    }

    @Test func aNewKeyIsNotInWhatAScriptSays() async throws {
        let lines = try await said("2cnew<Enter><Enter><Enter>\n:wait text this one time only\ns")
        #expect(lines.contains { $0.contains("•••") })
        #expect(lines.allSatisfy { $0.firstMatch(of: /mdw_[0-9A-Za-z]{49}/) == nil })
    }
}

/// What a console remembers for the next one.
@Suite struct SavedStateTests {
    private func model(_ state: SavedState? = nil) -> ConsoleModel {
        var options = ConsoleOptions(databaseLabel: "test")
        options.state = state
        return ConsoleModel(options: options, size: Size(width: 120, height: 40), now: Timestamp(seconds: 0))
    }

    @Test func paneFilterOrderAndThemeComeBack() throws {
        var first = model()
        _ = first.update(try Key.keys(in: "2z/ci<Enter>sn<Enter><C-t>2").map { .key($0) })
        let state = try JSONDecoder().decode(SavedState.self, from: JSONEncoder().encode(first.savedState))
        let second = model(state)
        #expect(second.focus == .keys && second.isZoomed)
        #expect(second.keys.filter.text == "ci")
        #expect(second.keys.order == ListOrder(.name))
        #expect(second.theme == .light)
        #expect(second.savedState == state)
    }

    @Test func whatIsAsUsualIsNotRemembered() {
        #expect(model().savedState == SavedState())
    }

    @Test func whatNoLongerMeansAnythingIsLeftOut() {
        var state = SavedState()
        state.theme = "gone"
        state.sorting = ["keys": "colour", "nothing": "name"]
        let model = model(state)
        #expect(model.theme == .standard)
        #expect(model.keys.order == model.keys.usualOrder)
    }
}
