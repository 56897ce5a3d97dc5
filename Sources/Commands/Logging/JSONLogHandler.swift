package import Logging
package import Records
package import Warehouse

/// Writes each log line as a JSON object, for programs that collect them.
package struct JSONLogHandler: LogHandler {
    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let output: any TextOutput
    private let clock: any WallClock

    package init(label: String, output: any TextOutput, clock: any WallClock) {
        self.label = label
        self.output = output
        self.clock = clock
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var members = [
            Value.Member("time", .time(clock.now)), Value.Member("level", .text(event.level.rawValue)),
            Value.Member("logger", .text(label)), Value.Member("message", .text("\(event.message)")),
        ]
        var all = metadataProvider?.get() ?? [:]
        all.merge(metadata) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            members.append(Value.Member(key, .text("\(value)".sanitized(limit: 2000))))
        }
        // A log that can't be written has nobody to tell.
        try? output.write(Value.object(members).json + "\n")
        try? output.flush()
    }
}
