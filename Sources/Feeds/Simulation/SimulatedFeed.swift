package import Warehouse

/// Made-up candles for trying mdw without a vendor key.
///
/// A candle depends on symbol, asset class, timeframe, time and seed only: not on the range, the page or the moment it
/// is asked for. Like a vendor's, they stand on the grid and in the sessions of the market, and the one that is still
/// forming is returned too; nothing is returned that has not begun.
package struct SimulatedFeed: CandleFeed {
    package let source = CandleSource.simulated
    private let seed: UInt64
    private let pageSize: Int
    private let pageDelay: Duration
    private let clock: any WallClock

    /// A feed that takes `pageDelay` over each page, so that progress can be watched.
    package init(seed: UInt64 = 1, pageSize: Int = 5000, pageDelay: Duration = .zero, clock: any WallClock) {
        self.seed = seed
        self.pageSize = max(1, pageSize)
        self.pageDelay = pageDelay
        self.clock = clock
    }

    package func page(of request: CandleRequest, at cursor: FeedCursor?) async throws(FeedError) -> FeedPage {
        let start = try start(of: request, at: cursor)
        if pageDelay > .zero {
            do {
                try await clock.sleep(for: pageDelay)
            } catch {
                throw .cancelled
            }
        }
        guard !Task.isCancelled else { throw .cancelled }
        guard !request.range.isEmpty else { return FeedPage() }

        let now = clock.now
        var prices = SimulatedPrices(ticker: request.ticker, seed: seed)
        var windows = SimulatedWindows(
            assetClass: request.ticker.assetClass,
            timeframe: request.timeframe,
            from: start
        )
        var page = FeedPage(ticker: request.ticker.vendorTicker, adjusted: request.adjusted)
        page.bars.reserveCapacity(min(pageSize, 5000))
        while let window = windows.next(), window.start < request.range.upperBound, window.opens <= now {
            guard page.bars.count < pageSize else {
                page.next = FeedCursor(Self.prefix + String(window.start.milliseconds))
                break
            }
            page.bars.append(prices.bar(of: window))
        }
        page.declaredCount = page.bars.count
        return page
    }

    private static let prefix = "from="

    private func start(of request: CandleRequest, at cursor: FeedCursor?) throws(FeedError) -> Timestamp {
        guard let cursor else { return request.range.lowerBound }
        // A hundred thousand years keep every later computation within 64 bits.
        guard cursor.text.hasPrefix(Self.prefix), let number = Int64(cursor.text.dropFirst(Self.prefix.count)),
            abs(number / 2) < 1_000_000_000_000_000, request.range.contains(Timestamp(milliseconds: number))
        else { throw .untrustworthy(detail: "the stored cursor is not one of this feed for this range") }
        return Timestamp(milliseconds: number)
    }
}
