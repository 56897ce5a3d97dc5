package import Warehouse

/// The candles of a series one after the other, read a page at a time.
package struct StoredCandles {
    private let store: CandleStore
    private let series: CandleSeries
    private var page: ArraySlice<CandleStore.Stored> = []
    private var next: Timestamp
    private var isAtEnd = false

    /// Starts with the first candle at or after `time`.
    package init(of series: CandleSeries, from time: Timestamp, in store: CandleStore) {
        self.series = series
        self.store = store
        next = time
    }

    /// Takes the next candle when it starts before `limit`, or at it.
    package mutating func next(upTo limit: Timestamp) async throws -> Candle? {
        if page.isEmpty, !isAtEnd {
            page = try await store.list(series, in: next..<Timestamp(microseconds: .max), limit: Self.pageSize)[...]
            isAtEnd = page.count < Self.pageSize
            if let last = page.last { next = last.candle.time + .microseconds(1) }
        }
        guard let first = page.first, first.candle.time <= limit else { return nil }
        page.removeFirst()
        return first.candle
    }

    private static let pageSize = 5000
}
