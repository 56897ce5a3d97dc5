import Store
import Terminal
import Testing
import Warehouse

@testable import Console

/// Every key of every context, pressed in script mode.
@Suite struct KeyScriptTests {
    /// What a key does, seen from outside.
    struct Expectation: Sendable {
        /// What is typed before the key.
        let before: String
        /// What the screen shows afterwards, or no longer shows.
        let outcome: String

        init(_ before: String, shows text: String) {
            self.before = before
            outcome = ":wait text \(text)"
        }

        init(_ before: String, hides text: String) {
            self.before = before
            outcome = ":wait gone \(text)"
        }

        /// The console ends: a step behind it is never reached.
        static let ends = Expectation("2", shows: "nothing shows this")
    }

    private static let expectations: [KeyContext: [Action: Expectation]] = [
        .pane(.symbols): [
            .addSymbol: Expectation("1", shows: "Track symbols"),
            .backfillSymbol: Expectation("1", shows: "Fetch candles of AAPL"),
            .editTimeframes: Expectation("1", shows: "Timeframes of AAPL"),
            .toggleSymbol: Expectation("1", shows: "Deactivate AAPL"),
            .retryFailedOfSymbol: Expectation("1", shows: "no job of AAPL has failed"),
            .showRejected: Expectation("1", shows: "Refused candles of AAPL"),
        ],
        .pane(.keys): [
            .createKey: Expectation("2", shows: "Create an API key"),
            .revokeKey: Expectation("2", shows: "Revoke key 3"),
            .undoRevoke: Expectation("2", shows: "no key was revoked here yet"),
            .restoreKey: Expectation("2", shows: "key 3 is active: only a revoked key can be restored"),
            .rotateKey: Expectation("2", shows: "Replace key 3"),
            .deleteKey: Expectation("2", shows: "Delete key 3 for good"),
        ],
        .pane(.backfill): [
            .startBackfill: Expectation("3", shows: "Fetch candles"),
            .pauseJob: Expectation("3", shows: "job 1 (BTC 1d) is paused"),
            .resumeJob: Expectation("3", shows: "job 1 is queued: it can't be resumed"),
            .cancelJob: Expectation("3", shows: "Cancel job 1"),
            .retryJob: Expectation("3", shows: "job 1 is queued: it can't be queued again"),
            .retryAllFailed: Expectation("3", shows: "no job has failed"),
            .toggleWorkers: Expectation("3", shows: "workers paused"),
        ],
        .symbolDetail: [
            .nextTimeframe: Expectation("1j<Enter>", shows: "Price, 1h"),
            .previousTimeframe: Expectation("1j<Enter>", shows: "Price, 1h"),
        ],
        .everywhere: [
            .help: Expectation("2", shows: "Keys in API keys"),
            .quit: .ends,
            .open: Expectation("2", shows: "Key 3"),
            .filter: Expectation("2", shows: "Enter keeps it"),
            .command: Expectation("2", shows: "revoke"),
            .mark: Expectation("2", shows: "1 marked"),
            .markAll: Expectation("2", shows: "3 marked"),
            .sort: Expectation("2", shows: "Sort API keys by"),
            .reverseSort: Expectation("2", shows: "ID↑"),
            .nextPane: Expectation("2", shows: "p pause"),
            .previousPane: Expectation("2", shows: "f frames"),
            .zoom: Expectation("2", hides: "1 Symbols"),
            .up: Expectation("2G", shows: "▸   2"),
            .down: Expectation("2", shows: "▸   2"),
            .pageUp: Expectation("2G", shows: "▸   3"),
            .pageDown: Expectation("2", shows: "▸   1"),
            .first: Expectation("2G", shows: "▸   3"),
            .last: Expectation("2", shows: "▸   1"),
            .showSymbols: Expectation("2", shows: "f frames"),
            .showKeys: Expectation("1", shows: "o rotate"),
            .showBackfill: Expectation("1", shows: "p pause"),
            .showAudit: Expectation("1", hides: "f frames"),
            .back: Expectation("2/ci<Enter>", shows: "2 API keys 3"),
            .copy: Expectation("2", shows: "clipboard: old"),
            .export: Expectation("2", shows: "Write API keys to a file"),
            .history: Expectation("2", shows: "Daily runs"),
            .messages: Expectation("2", shows: "Messages"),
            .theme: Expectation("2", shows: "high-contrast"),
            .toggleMouse: Expectation("2", shows: "the mouse is off"),
            .redraw: Expectation("2", shows: "2 API keys"),
            .suspend: Expectation("2", shows: "2 API keys"),
        ],
    ]

    struct Press: CustomTestStringConvertible, Sendable {
        let binding: KeyBinding
        let key: Key
        var testDescription: String { "\(key) \(binding.action.name) in \(binding.context)" }
    }

    static let presses = KeyBinding.table.flatMap { binding in binding.keys.map { Press(binding: binding, key: $0) } }

    @Test(arguments: presses)
    func aKeyDoesWhatTheTableSays(press: Press) async throws {
        let expectation = try #require(
            Self.expectations[press.binding.context]?[press.binding.action],
            "\(press.testDescription) has no expectation here"
        )
        let console = try await ScriptedConsole.filled()
        defer { console.remove() }
        try await console.run(":wait text ci-bot\n\(expectation.before)\(press.key)\n\(expectation.outcome)")
    }
}

extension ScriptedConsole {
    /// A store with two symbols, of which BTC has candles of two timeframes, three keys, and a queued job.
    static func filled(patience: Duration = .seconds(10)) async throws -> ScriptedConsole {
        let console = try await ScriptedConsole(patience: patience)
        let store = console.store
        var generator = SystemRandomNumberGenerator()
        _ = try await store.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: console.actor)
        let bitcoin = try await store.symbols.add(Ticker(stored: "BTC", assetClass: .crypto), by: console.actor)
        for name in ["ci-bot", "dashboard", "old"] {
            _ = try await store.keys.create(try KeyName(name), scope: .read, by: console.actor, using: &generator)
        }
        for timeframe in [Timeframe.oneDay, .oneHour] {
            _ = try await store.jobs.start(
                bitcoin,
                timeframe: timeframe,
                from: TradingDay(year: 2026, month: 1, day: 1),
                to: TradingDay(year: 2026, month: 1, day: 31),
                by: console.actor
            )
        }
        // Thirty candles of each; the job of the hours is done, the one of the days waits for more.
        let days = try #require(try await store.leases.claim(by: "test", for: .seconds(60)))
        try await store.leases.commit(batch(of: days), days.job.progress, of: days, leaseFor: .seconds(60))
        let hours = try #require(try await store.leases.claim(by: "test", for: .seconds(60)))
        try await store.leases.commit(batch(of: hours), hours.job.progress, of: hours, leaseFor: .seconds(60))
        try await store.leases.complete(hours, source: .polygon, by: console.actor)
        try await store.leases.postpone(days, until: console.clock.now, error: nil, countsAsAttempt: false)
        return console
    }

    private static func batch(of claim: LeaseStore.Claim) -> CandleBatch {
        let step: Int64 = claim.job.timeframe == .oneDay ? 86_400 : 3600
        let first = claim.job.range.lowerBound
        let candles = (0..<30).map { index in
            let price = 100 + Double(index)
            return Candle(
                time: first + .seconds(Int64(index) * step),
                open: price,
                high: price + 3,
                low: price - 1,
                close: price + 2,
                volume: 10,
                vwap: nil,
                trades: nil
            )
        }
        return CandleBatch(
            candles: candles[...],
            coverage: [CoverageInterval(first..<first + .seconds(30 * step), .had)],
            source: .polygon,
            fetchedAt: first
        )
    }
}
