import Records
import Warehouse

/// How far an import is: one line on standard error that changes, on a terminal only.
struct ImportProgress {
    let surroundings: Surroundings
    private var step = ""
    private var total: Int64 = 1
    private var shown = ""

    init(surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Starts a step of `total` bytes or rows.
    mutating func begin(_ step: String, of total: Int64) {
        self.step = step
        self.total = max(1, total)
        show(0)
    }

    mutating func show(_ done: Int64) {
        guard surroundings.errors.isTerminal else { return }
        let text = "\(step)  \(min(1, Double(done) / Double(total)).asPercent)"
        guard text != shown else { return }
        shown = text
        write("\r\u{1B}[K\(text.sanitized(limit: 78))")
    }

    /// Takes the line back.
    mutating func clear() {
        if !shown.isEmpty { write("\r\u{1B}[K") }
        shown = ""
    }

    private func write(_ text: String) {
        // Progress that can't be shown is not worth an error.
        try? surroundings.errors.write(text)
    }
}
