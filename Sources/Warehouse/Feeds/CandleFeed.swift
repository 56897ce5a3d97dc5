/// A source of candles: a vendor, a file, a simulation.
package protocol CandleFeed: Sendable {
    /// What the store writes beside each candle.
    var source: CandleSource { get }

    /// One page of `request`, the first when `cursor` is `nil`, else the one that `cursor` of the page before names.
    ///
    /// Makes at most one request to the vendor. Asking for the same page again is allowed at any time, also from another
    /// process: a cursor is text that the store keeps.
    func page(of request: CandleRequest, at cursor: FeedCursor?) async throws(FeedError) -> FeedPage
}

/// The candles of one symbol in one stretch of time.
package struct CandleRequest: Hashable, Sendable {
    package let ticker: Ticker
    package let timeframe: Timeframe
    /// Start times that are asked for; the upper bound is not part of it.
    package let range: Range<Timestamp>
    /// Whether prices are adjusted for splits.
    package let adjusted: Bool

    package init(ticker: Ticker, timeframe: Timeframe, range: Range<Timestamp>, adjusted: Bool = true) {
        self.ticker = ticker
        self.timeframe = timeframe
        self.range = range
        self.adjusted = adjusted
    }
}

/// Names the page that follows; text that only the feed which made it understands.
///
/// Holds no secret.
package struct FeedCursor: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

/// One answer of a feed, as it came: nothing in it is validated.
package struct FeedPage: Sendable {
    /// The ticker that the answer names, if it does.
    package var ticker: String?
    /// Whether the answer says that prices are adjusted, if it says.
    package var adjusted: Bool?
    /// How many bars the answer says it holds.
    package var declaredCount: Int?
    package var bars: [RawBar]
    /// The page after this one; `nil` on the last.
    package var next: FeedCursor?
    /// The vendor's name for this answer, for error messages.
    package var requestID: String?
    /// The bytes that the ``RawBar/bytes`` point into; empty when the feed has no text.
    package var body: [UInt8]

    package init(
        ticker: String? = nil,
        adjusted: Bool? = nil,
        declaredCount: Int? = nil,
        bars: [RawBar] = [],
        next: FeedCursor? = nil,
        requestID: String? = nil,
        body: [UInt8] = []
    ) {
        self.ticker = ticker
        self.adjusted = adjusted
        self.declaredCount = declaredCount
        self.bars = bars
        self.next = next
        self.requestID = requestID
        self.body = body
    }

    /// What the vendor sent for `bar`, or its values where the feed has no text.
    package func rawText(of bar: RawBar) -> String {
        let range = Int(bar.bytes.lowerBound)..<Int(bar.bytes.upperBound)
        guard !range.isEmpty, range.upperBound <= body.count else {
            return
                "t=\(bar.time.map(String.init) ?? "-") o=\(bar.open) h=\(bar.high) l=\(bar.low) c=\(bar.close) v=\(bar.volume)"
        }
        return String(decoding: body[range], as: UTF8.self)
    }
}

/// A bar as the vendor sent it.
///
/// Trivially copyable. A number that is missing, not a number or not finite is NaN.
package struct RawBar: Hashable, Sendable {
    /// `t` as it stands in the answer (epoch milliseconds when all is well); `nil` when missing or not a whole number.
    package var time: Int64?
    package var open: Double
    package var high: Double
    package var low: Double
    package var close: Double
    package var volume: Double
    package var vwap: Double?
    package var trades: Int64?
    /// Where the bar stands in ``FeedPage/body``.
    package var bytes: Range<UInt32>

    package init(
        time: Int64?,
        open: Double,
        high: Double,
        low: Double,
        close: Double,
        volume: Double,
        vwap: Double? = nil,
        trades: Int64? = nil,
        bytes: Range<UInt32> = 0..<0
    ) {
        self.time = time
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
        self.vwap = vwap
        self.trades = trades
        self.bytes = bytes
    }
}
