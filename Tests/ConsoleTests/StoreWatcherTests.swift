import Foundation
import Glibc
import Store
import Synchronization
import Terminal
import Testing
import Warehouse

@testable import Console

/// Whether the console hears of changes while nobody asks for them, and of a store that hangs.
@Suite(.timeLimit(.minutes(2))) struct StoreWatcherTests {
    private let mailbox = Mailbox()

    /// Runs a watcher that only looks when the system tells it to, while `body` runs.
    private func watching(
        _ console: ScriptedConsole,
        _ options: ConsoleOptions = ConsoleOptions(databaseLabel: ""),
        restlessness: Duration = .milliseconds(200),
        _ body: (StoreWatcher) async throws -> Void
    ) async throws {
        let watcher = StoreWatcher(
            store: console.store,
            options: options,
            mailbox: mailbox,
            restlessness: restlessness
        )
        let ended = DispatchSemaphore(value: 0)
        Thread {
            watcher.run()
            ended.signal()
        }.start()
        do {
            _ = try await event { if case .changed = $0 { true } else { false } }
            // By now it sleeps until something happens, or for a minute.
            try await Task.sleep(for: restlessness + .milliseconds(300))
            try await body(watcher)
        } catch {
            watcher.stop()
            throw error
        }
        watcher.stop()
        await Task.detached { ended.wait() }.value
    }

    /// The first such event; fails when it takes more than ten seconds.
    private func event(where isWanted: (ConsoleEvent) -> Bool) async throws -> ConsoleEvent {
        for _ in 0..<1000 {
            if let event = mailbox.drain().first(where: isWanted) { return event }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test func aCommitOfAnotherProcessIsToldWhileTheWatcherSleeps() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        let other = try await Store.open(sqlite: console.database, access: .readWrite, clock: console.clock)
        // Longer than a commit takes on a busy disk.
        let restlessness = Duration.seconds(2)
        try await watching(console, restlessness: restlessness) { _ in
            for symbol in ["AAPL", "MSFT"] {
                _ = try await other.symbols.add(Ticker(stored: symbol, assetClass: .stock), by: console.actor)
                let counter = try console.store.changeCounter()
                let told = try await event { if case .changed(_, counter) = $0 { true } else { false } }
                guard case .changed(let generations, _) = told else { throw Missing() }
                #expect(generations == (try await console.store.generations()))
                try await Task.sleep(for: restlessness + .milliseconds(300))
            }
        }
        try other.close()
    }

    @Test func aConfigurationThatComesIsReplacedOrGoesIsReadWhileTheWatcherSleeps() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        let folder = console.folder.appendingPathComponent("home/mdw")
        let file = folder.appendingPathComponent("config.json")
        var options = ConsoleOptions(databaseLabel: "")
        options.preferencesFile = file.path
        let reader = Texts(path: file.path)
        options.changedPreferences = { reader.changed() }
        try await watching(console, options) { _ in
            func expect(_ theme: String?) async throws {
                _ = try await event {
                    if case .preferences(let preferences) = $0 { preferences.theme == theme } else { false }
                }
                try await Task.sleep(for: .milliseconds(500))
            }
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try await Task.sleep(for: .milliseconds(500))
            try Data("one".utf8).write(to: file)
            try await expect("one")
            try Data("two".utf8).write(to: file, options: .atomic)
            try await expect("two")
            let handle = try FileHandle(forWritingTo: file)
            try handle.write(contentsOf: Data("six".utf8))
            try handle.close()
            try await expect("six")
            try FileManager.default.removeItem(at: file)
            try await expect(nil)
            try Data("ten".utf8).write(to: file)
            try await expect("ten")
        }
    }

    /// Preferences whose theme is the text of a file.
    private final class Texts: @unchecked Sendable {
        // Unchecked: only the watcher's thread asks.
        private let path: String
        private var last: String?

        init(path: String) {
            self.path = path
        }

        func changed() -> ConsolePreferences? {
            let text = try? String(contentsOfFile: path, encoding: .utf8)
            defer { last = text }
            guard text != last else { return nil }
            var preferences = ConsolePreferences()
            preferences.theme = text
            return preferences
        }
    }

    @Test func aSleepEndsAtOnceWhenItIsToEnd() async throws {
        let console = try await ScriptedConsole()
        defer { console.remove() }
        try await watching(console) { watcher in
            let start = ContinuousClock.now
            watcher.stop()
            watcher.guardAgainstSilence()
            // Not the minute that it would have slept.
            #expect(ContinuousClock.now - start < .seconds(30))
        }
    }

    @Test func anInquiryThatIsNotAnsweredIsToldAndOneThatIsAnsweredIsNot() async throws {
        let inquiry = PendingInquiry()
        let overdue = Mutex<[Timestamp]>([])
        let ended = DispatchSemaphore(value: 0)
        Thread {
            inquiry.watch(patience: .milliseconds(400)) { since in overdue.withLock { $0.append(since) } }
            ended.signal()
        }.start()
        for second in 1...100 {
            inquiry.begin(at: Timestamp(seconds: Int64(second)))
            #expect(!inquiry.end())
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(overdue.withLock(\.self) == [])
        inquiry.begin(at: Timestamp(seconds: 500))
        while overdue.withLock(\.count) < 2 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(overdue.withLock { $0.prefix(2) } == [Timestamp(seconds: 500), Timestamp(seconds: 500)])
        #expect(inquiry.end())
        inquiry.begin(at: Timestamp(seconds: 600))
        #expect(!inquiry.end())
        inquiry.stop()
        await Task.detached { ended.wait() }.value
    }
}
