/// What the rules remember of the candles before a page: the last one, up to 20 volumes, the run of unchanged ones.
///
/// Starts empty, goes from page to page through ``PageVerdict/context``, or is made anew of stored candles when a job
/// goes on in another process.
package struct PageContext: Hashable, Sendable {
    /// How many stored candles are enough for every rule.
    package static let storedCandleCount = 30

    /// The last candle before the page.
    package private(set) var last: Candle?
    /// Volumes of the last candles, oldest first, at most ``volumeWindow``.
    private(set) var volumes: [Double] = []
    /// How many candles up to ``last`` stood still at one price (V19).
    private(set) var unchangedRun = 0
    private var unchangedPrice = 0.0
    /// Whether ``last`` came with an earlier page of the same request: only then must times go on from it (V08).
    private(set) var isSameRequest = false

    package init() {}

    /// A context of stored candles, ascending, best the last ``storedCandleCount`` before the page.
    ///
    /// Stored candles that turn out not to lie before the page's first bar are ignored as a whole.
    package init(stored candles: some Sequence<Candle>, timeframe: Timeframe) {
        for candle in candles {
            _ = countUnchanged(candle, intraday: timeframe.isIntraday)
            volumes.append(candle.volume)
            last = candle
        }
        volumes = Array(volumes.suffix(Self.volumeWindow))
    }

    static let volumeWindow = 20

    /// Takes `candle` into the run of unchanged ones, and returns how long the run is with it; 0 when it is no part of
    /// one.
    ///
    /// Intraday, a candle without volume at the same price neither lengthens nor ends the run.
    @inline(__always)
    mutating func countUnchanged(_ candle: Candle, intraday: Bool) -> Int {
        guard candle.high == candle.low, candle.open == candle.close, candle.open == candle.high else {
            unchangedRun = 0
            return 0
        }
        let counts = !intraday || candle.volume > 0
        if candle.close != unchangedPrice { unchangedRun = 0 }
        unchangedPrice = candle.close
        unchangedRun += counts ? 1 : 0
        return counts ? unchangedRun : 0
    }

    /// Moves on behind the candles of a page; `volumes` are all that are known, those of the page last.
    mutating func advance(to last: Candle, volumes all: [Double]) {
        self.last = last
        volumes = Array(all.suffix(Self.volumeWindow))
        isSameRequest = true
    }
}
