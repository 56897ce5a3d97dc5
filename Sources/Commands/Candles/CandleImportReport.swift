import Feeds
import Store
import Warehouse

/// What an import of candle files found and did.
struct CandleImportReport {
    /// The rows that one rule refused: how many, and the first of them.
    struct Rejections: Hashable, Sendable {
        fileprivate(set) var count: Int64 = 0
        fileprivate(set) var samples: [RejectedRow] = []
    }

    var files = 0
    /// Rows about symbols that were asked for.
    private(set) var read: Int64 = 0
    private(set) var outcome = BatchOutcome()
    private(set) var duplicates: Int64 = 0
    private(set) var rejected: [RuleID: Rejections] = [:]
    /// Rows about other symbols, by symbol.
    private(set) var skipped: [String: Int64] = [:]
    private(set) var skippedRows: Int64 = 0
    /// What stopped a file, one sentence each.
    private(set) var failures: [String] = []

    /// Whether the store is another one than before.
    var changed: Bool { outcome.changesAnything }

    /// Whether everything that was asked for was taken in, as far as it was good.
    var isComplete: Bool { failures.isEmpty && outcome.added + outcome.revised + outcome.unchanged > 0 }

    var rejectedRows: Int64 { rejected.values.reduce(0) { $0 + $1.count } }

    /// How many samples of each rule are shown.
    static let samples = 20

    mutating func count(_ step: FileIntake.Step, _ outcome: BatchOutcome) {
        read += step.rows
        duplicates += step.duplicates
        self.outcome.add(outcome)
        for row in step.rejected {
            rejected[row.candle.rule, default: Rejections()].count += 1
            if rejected[row.candle.rule]?.samples.count ?? 0 < Self.samples {
                rejected[row.candle.rule]?.samples.append(row)
            }
        }
    }

    mutating func skip(_ filter: TickerFilter) {
        skipped.merge(filter.skipped) { $0 + $1 }
        skippedRows += filter.skipped.values.reduce(0, +) + filter.skippedBeyond
    }

    mutating func fail(_ sentence: String) {
        failures.append(sentence)
    }
}
