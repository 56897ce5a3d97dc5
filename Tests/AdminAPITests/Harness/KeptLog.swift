import Logging
import Store

/// A log that a test can read.
final class KeptLog: Sendable {
    private let kept = LockedBox<[String]>([])

    /// Messages with their metadata, one line each.
    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in KeptLogHandler(log: self) } }

    fileprivate func keep(_ line: String) { kept.withLock { $0.append(line) } }
}

private struct KeptLogHandler: LogHandler {
    let log: KeptLog
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(log: KeptLog) {
        self.log = log
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        log.keep("\(event.level) \(event.message) \(metadata) \(event.metadata ?? [:])")
    }
}
