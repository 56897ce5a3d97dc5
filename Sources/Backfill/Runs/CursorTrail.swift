import Warehouse

/// The cursors that a request was led through: finds out when they lead nowhere.
struct CursorTrail {
    private var seen: Set<FeedCursor> = []
    private var emptyPages = 0

    init(startingAt cursor: FeedCursor? = nil) {
        if let cursor { seen.insert(cursor) }
    }

    /// Follows the cursor of a page; returns what is wrong with it, in one sentence.
    mutating func fault(goingTo next: FeedCursor, bringsCandles: Bool) -> String? {
        guard seen.insert(next).inserted else { return "the vendor's pages go in a circle" }
        emptyPages = bringsCandles ? 0 : emptyPages + 1
        return emptyPages > Self.patience ? "the vendor sent \(emptyPages) pages in a row without a candle" : nil
    }

    /// So many pages of a month of minutes each go back to before any market that is traded electronically.
    private static let patience = 1000
}
