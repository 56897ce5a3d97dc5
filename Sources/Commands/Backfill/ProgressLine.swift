import Records
import Warehouse

/// How far a job is, on standard error: one line that changes on a terminal, elsewhere a line for each new error only.
struct ProgressLine {
    let surroundings: Surroundings
    private var error: String?
    private var isShown = false

    init(surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    mutating func show(_ job: BackfillJob) {
        guard surroundings.errors.isTerminal else {
            if let error = job.error, error != self.error { surroundings.note("job \(job.id.rawValue): \(error)") }
            error = job.error
            return
        }
        let trouble = job.error.map { ", \($0)" } ?? ""
        let text = """
            \(job.ticker.symbol) \(job.timeframe.rawValue)  \(job.fractionDone.asPercent)  \
            \(job.progress.candles.counted("candle"))  \(job.state.rawValue)\(trouble)
            """
        // Cut to what surely fits on one line, because only one line can be taken back.
        write("\r\u{1B}[K\(text.sanitized(limit: 78))")
        isShown = true
    }

    /// Takes the line back.
    func clear() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        // Progress that can't be shown is not worth an error.
        try? surroundings.errors.write(text)
    }
}
