/// The identity of a tracked symbol in the store.
package struct SymbolID: Hashable, Sendable, Comparable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    package static func < (left: SymbolID, right: SymbolID) -> Bool { left.rawValue < right.rawValue }
}

/// How the last backfill of a symbol went.
package enum BackfillStatus: String, CaseIterable, Sendable {
    case pending
    case inProgress = "in_progress"
    case completed
    case failed
}

/// A symbol that the warehouse keeps candles of.
///
/// Removing one is deactivating it: its candles stay.
package struct TrackedSymbol: Hashable, Sendable, Identifiable {
    package let id: SymbolID
    package let ticker: Ticker
    package var active: Bool
    /// Ascending, without duplicates, never empty.
    package var timeframes: [Timeframe]
    package let dateAdded: Timestamp
    package var lastBackfill: Timestamp?
    package var backfillStatus: BackfillStatus
    package var backfillError: String?

    package init(
        id: SymbolID,
        ticker: Ticker,
        active: Bool,
        timeframes: [Timeframe],
        dateAdded: Timestamp,
        lastBackfill: Timestamp?,
        backfillStatus: BackfillStatus,
        backfillError: String?
    ) {
        self.id = id
        self.ticker = ticker
        self.active = active
        self.timeframes = timeframes
        self.dateAdded = dateAdded
        self.lastBackfill = lastBackfill
        self.backfillStatus = backfillStatus
        self.backfillError = backfillError
    }

    package var symbol: String { ticker.symbol }
}
