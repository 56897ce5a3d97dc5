import Warehouse

/// Which page a job is at, as text that its row keeps: so that after a crash the same page is asked for again.
///
/// `nil` in the row means that the next page starts where the job has come to.
struct Checkpoint: Hashable, Sendable {
    /// What was asked for.
    var stretch: Range<Timestamp>
    /// The page of it; `nil` for the first.
    var cursor: FeedCursor?

    init(stretch: Range<Timestamp>, cursor: FeedCursor?) {
        self.stretch = stretch
        self.cursor = cursor
    }

    /// Reads what ``text`` wrote; `nil` for anything else.
    init?(text: String) {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let lower = Int64(parts[0]), let upper = Int64(parts[1]), lower < upper else {
            return nil
        }
        stretch = Timestamp(microseconds: lower)..<Timestamp(microseconds: upper)
        cursor = parts[2].isEmpty ? nil : FeedCursor(String(parts[2]))
    }

    var text: String { "\(stretch.lowerBound.microseconds) \(stretch.upperBound.microseconds) \(cursor?.text ?? "")" }
}
