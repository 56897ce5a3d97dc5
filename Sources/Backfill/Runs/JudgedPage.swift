import Warehouse

/// What a run takes from a page that it trusts.
struct JudgedPage {
    /// Those that are not stored yet.
    var candles: ArraySlice<Candle>
    var rejected: [RejectedCandle]
    var next: FeedCursor?
    var receivedAt: Timestamp
    /// The start of the candle before ``candles``.
    var before: Timestamp?
}
