import Records
import Warehouse

/// How far the reading of files is: one line on standard error that changes, on a terminal only.
struct FileProgress {
    private let surroundings: Surroundings
    private let total: Int64
    private let started: Timestamp
    private var lastShown: Timestamp
    private var isShown = false

    /// `total`: the bytes of all files; 0 when they can't be known.
    init(of total: Int64, surroundings: Surroundings) {
        self.surroundings = surroundings
        self.total = total
        started = surroundings.clock.now
        lastShown = started
    }

    /// Shows how many bytes are done and how many candles they held; at most ten times a second.
    mutating func show(_ name: String, bytes: Int64, candles: Int64) {
        guard surroundings.errors.isTerminal else { return }
        let now = surroundings.clock.now
        guard now - lastShown >= .milliseconds(100) else { return }
        lastShown = now
        isShown = true
        write("\r\u{1B}[K" + line(name, bytes: bytes, candles: candles, now: now))
    }

    func line(_ name: String, bytes: Int64, candles: Int64, now: Timestamp) -> String {
        let seconds = max((now - started).inSeconds, 0.001)
        let rate = "\(Value.bytes(bytes).cell)  \(Int64(Double(candles) / seconds).grouped) candles/s"
        guard total > 0, bytes > 0 else { return "\(name.sanitized(limit: 30))  \(rate)" }
        let share = min(1, Double(bytes) / Double(total))
        let cells = Int(share * 20)
        let bar = String(repeating: "█", count: cells) + String(repeating: "░", count: 20 - cells)
        let left = Duration.seconds(seconds / share - seconds).shortText
        return "\(name.sanitized(limit: 24))  \(bar)  \(share.asPercent) of \(Value.bytes(total).cell)  "
            + "\(Int64(Double(candles) / seconds).grouped) candles/s  \(left) left"
    }

    /// Takes the line back.
    mutating func clear() {
        if isShown { write("\r\u{1B}[K") }
        isShown = false
    }

    private func write(_ text: String) {
        // Progress that can't be shown is not worth an error.
        try? surroundings.errors.write(text)
    }
}
