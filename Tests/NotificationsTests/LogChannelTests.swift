import Foundation
import Logging
import Notifications
import Testing
import Warehouse

@Suite struct LogChannelTests {
    @Test func `a worker's log shows both ends of an alert`() async throws {
        let lines = Lines()
        var logger = Logger(label: "test") { _ in Handler(lines: lines) }
        // That of a worker.
        logger.logLevel = .warning
        let channel = LogChannel(logger: logger)
        try await channel.send(.sample(message: "HTTP 500"))
        try await channel.send(.sample(.resolved, message: "HTTP 500"))
        #expect(
            lines.all == [
                "warning alert raised: backfill.failed AAPL 1d: HTTP 500",
                "warning alert resolved: backfill.failed AAPL 1d: HTTP 500",
            ]
        )
    }

    private final class Lines: @unchecked Sendable {
        // Unchecked: the lines are only touched while the lock is held.
        private let lock = NSLock()
        private var written: [String] = []

        var all: [String] { lock.withLock { written } }
        func add(_ line: String) { lock.withLock { written.append(line) } }
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { lines.add("\(event.level) \(event.message)") }
    }
}
