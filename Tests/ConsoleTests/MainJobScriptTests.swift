import Store
import Testing
import Warehouse

@testable import Console

/// The main job in script mode: what an administrator types, and what the screen shows.
@Suite struct MainJobScriptTests {
    @Test(arguments: ["120x40", "80x24"])
    func aKeyIsCreatedSeenRevokedAndRestored(size: String) async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        try await console.run(
            """
            :wait text No key
            2c
            ci-bot<Enter><Enter>30d<Enter>
            :wait text It is shown this one time only
            :save-display SAVE/shown.txt
            <Enter>q
            :wait text Press s when the key is stored
            s
            :wait gone It is shown
            r
            :wait text Type the key's name to confirm: ci-bot
            ci-bot<Enter>left the team<Enter>
            :wait text revoked
            :wait text key.revoke
            <Enter>
            :wait text left the team
            <Esc>
            R
            :wait text is restored
            :wait text key.restore
            """,
            size: size
        )
        let key = try await console.store.keys.resolve("ci-bot")
        #expect(key.state(at: console.clock.now) == .active)
        #expect(key.expiresAt == console.clock.now + .seconds(30 * 86_400))
        let actions = try await console.store.audit.oldest(10).map(\.event.action)
        #expect(actions == ["key.create", "key.revoke", "key.restore"])
        let shown = try console.saved("shown.txt")
        #expect(shown.contains(key.preview + "•"))
        #expect(shown.firstMatch(of: /mdw_[0-9A-Za-z]{49}/) == nil)
    }

    @Test func theWrongNameRevokesNothing() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        var generator = SystemRandomNumberGenerator()
        _ = try await console.store.keys.create(
            try KeyName("ci-bot"),
            scope: .read,
            by: console.actor,
            using: &generator
        )
        try await console.run(
            """
            2
            :wait text ci-bot
            r
            wrong<Enter>
            :wait text that is not the key's name
            <Esc>
            :wait text cancelled: nothing was changed
            """
        )
        #expect(try await console.store.keys.resolve("ci-bot").revocation == nil)
    }

    @Test func aKeyThatIsGoneWhenTheAnswerComesIsReportedAsGone() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        var generator = SystemRandomNumberGenerator()
        let created = try await console.store.keys.create(
            try KeyName("ci-bot"),
            scope: .read,
            by: console.actor,
            using: &generator
        )
        async let ended = console.run(
            """
            2
            :wait text ci-bot
            r
            :wait text Type the key's name
            :save-display SAVE/asked.txt
            :wait text No key: press c
            ci-bot<Enter><Enter>
            :wait text there is no API key '1'
            """
        )
        try await console.waitUntilSaved("asked.txt")
        try await console.store.keys.delete(created.key.id, by: console.actor)
        #expect(try await ended == 0)
    }

    @Test(arguments: ["120x40", "80x24"])
    func aSymbolIsAddedAndItsBackfillWatchedToTheEnd(size: String) async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        async let ended = console.run(
            """
            :wait text No symbol
            a
            SOL<Enter>c<Enter><C-u>1d<Enter>
            :wait text added SOL
            b
            <Enter>2026-01-01<Enter>2026-01-10<Enter>
            :wait text fetches SOL 1d
            3
            :wait text 50.0 %
            :save-display SAVE/half.txt
            :wait text 100.0 %
            :wait text completed
            :wait text backfill.complete
            1
            :wait text SOL
            <Enter>
            :wait text X:SOLUSD
            :wait text 10 candles
            """,
            size: size
        )
        try await work(off: console)
        #expect(try await ended == 0)
    }

    /// Does a worker's part through the store; the second half when the screen has shown the first.
    private func work(off console: ScriptedConsole) async throws {
        let store = console.store
        var taken: LeaseStore.Claim?
        for _ in 0..<5000 where taken == nil {
            taken = try await store.leases.claim(by: "test", for: .seconds(600))
            try await Task.sleep(for: .milliseconds(2))
        }
        let claim = try #require(taken, "the console queued no job")
        for half in 1...2 {
            let first = claim.job.range.lowerBound + .seconds(Int64(half - 1) * 5 * 86_400)
            let candles = (0..<5).map { day in
                Candle(time: first + .seconds(Int64(day) * 86_400), open: 10, high: 12, low: 9, close: 11, volume: 1.5)
            }
            var progress = claim.job.progress
            progress.doneUntil = first + .seconds(5 * 86_400)
            progress.candles = Int64(half * 5)
            progress.doneUnits = Int64(half * 5)
            let batch = CandleBatch(candles: candles[...], source: .simulated, fetchedAt: store.clock.now)
            try await store.leases.commit(batch, progress, of: claim, leaseFor: .seconds(600))
            if half == 1 { try await console.waitUntilSaved("half.txt") }
        }
        try await store.leases.complete(claim, source: .simulated, by: Actor(source: .worker, name: "test"))
    }

    @Test func aSymbolIsDeactivatedOnlyAfterAQuestion() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        _ = try await console.store.symbols.add(try Ticker(typed: "AAPL", assetClass: .stock), by: console.actor)
        try await console.run(
            """
            :wait text AAPL
            x
            :wait text Deactivate AAPL
            <Enter>
            :wait text cancelled
            x
            :wait text Deactivate AAPL
            y
            :wait text AAPL is inactive
            :wait idle
            b
            :wait text press x to activate it first
            x
            :wait text AAPL is active
            """
        )
        #expect(try await console.store.symbols.find("AAPL").active)
        #expect(try await console.store.audit.count() == 3)
    }

    @Test func whatIsTypedForOnePaneIsNotShownAsTheFilterOfAnother() async throws {
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        let screen = try await console.screen(after: "4/actor:al<Enter>\n:wait idle\n1/AA")
        let title = screen.first { $0.contains("4 Audit") }
        #expect(title?.contains("/actor:al") == true)
        #expect(title?.contains("/AA") == false)
    }

    @Test func theCursorLeavesTheMarksWhereTheyAre() async throws {
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        let screen = try await console.screen(after: "2g<Space><Down><Up><Down>")
        let gutter = screen.prefix(12).compactMap { $0.dropFirst(60).first }.filter { "●▸".contains($0) }
        #expect(gutter == ["●", "▸"])
    }

    @Test func readOnlyShowsItself() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        let screen = try await console.screen(after: "2c", readOnly: true)
        #expect(screen[0].contains("[RO]"))
        #expect(screen.last?.contains("read-only: create a key is not available") == true)
    }

    @Test func whatIsShownHasNoControlCharacters() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        _ = try await console.store.audit.append(
            AuditEvent("evil\u{1B}[2J\u{202E}", by: Actor(source: .http, name: "\u{7}bell"), detail: "\u{9B}31m")
        )
        let screen = try await console.screen(after: ":wait text evil\n4<Enter>\n:wait text hash is right")
        let text = screen.joined(separator: "\n")
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeToShow && $0 != "\u{FFFD}" })
        #expect(text.contains("evil"))
    }
}
