import Glibc
import Testing
import Warehouse

@testable import Console

/// A store that another program holds for longer than anybody waits.
@Suite struct LockedStoreTests {
    @Test func everyKeyIsAnsweredAndTheChangeSaysWhyItWasNotMade() async throws {
        let console = try await ScriptedConsole.filled(patience: .milliseconds(300))
        defer { console.remove() }
        async let played = console.run(
            """
            :wait text ci-bot
            :save-display SAVE/ready
            :wait text 10:16 UTC
            1:activate AAPL<Enter>
            1x
            y
            2jj
            :wait text ▸   1
            <Enter>
            :wait text Key 1
            <Esc>
            4/actor:al<Enter>
            :wait text /actor:al
            :wait text the database is locked
            :save-display SAVE/busy
            :wait text 10:17 UTC
            <Esc>1x
            y
            :wait text AAPL is inactive
            """
        )
        try await console.waitUntilSaved("ready")
        let lock = open(console.database + ".lock", O_RDWR | O_CLOEXEC)
        #expect(flock(lock, LOCK_EX) == 0)
        console.clock.now = console.clock.now + .seconds(60)
        try await console.waitUntilSaved("busy")
        close(lock)
        console.clock.now = console.clock.now + .seconds(60)
        #expect(try await played == 0)
        #expect(try console.saved("busy").contains("✗"))
    }
}
