/// Where a candle came from; a symbol's candles never mix simulated and vendor ones.
package enum CandleSource: String, CaseIterable, Sendable {
    case polygon
    case simulated
    case csv

    /// Whether the values were made up.
    package var isSimulated: Bool { self == .simulated }
}

/// What validation noticed about a candle that it accepted.
package struct CandleFlags: OptionSet, Hashable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// V12: the period was still forming when the candle was fetched; it is fetched again.
    package static let provisional = CandleFlags(rawValue: 1 << 0)
    /// V13: a move or a range of more than 500 %.
    package static let extremeMove = CandleFlags(rawValue: 1 << 1)
    /// V14: the open is far from the previous close.
    package static let gap = CandleFlags(rawValue: 1 << 2)
    /// V15: the gap fits a split ratio.
    package static let possibleSplit = CandleFlags(rawValue: 1 << 3)
    /// V16: a volume far from that of the bars before it.
    package static let volumeAnomaly = CandleFlags(rawValue: 1 << 4)
    /// V17: nothing was traded.
    package static let zeroVolume = CandleFlags(rawValue: 1 << 5)
    /// V18: the volume-weighted price lies outside of low…high.
    package static let vwapOutsideRange = CandleFlags(rawValue: 1 << 6)
    /// V19: the price stood still for suspiciously long.
    package static let unchanged = CandleFlags(rawValue: 1 << 7)
    /// Computed from shorter candles instead of fetched.
    package static let derived = CandleFlags(rawValue: 1 << 8)
}

/// Open, high, low, close and volume of one window of time.
///
/// Trivially copyable, because pages hold 50 000 of them.
package struct Candle: Hashable, Sendable {
    /// Start of the window.
    package var time: Timestamp
    package var open: Double
    package var high: Double
    package var low: Double
    package var close: Double
    /// Units traded; fractional, for stocks too.
    package var volume: Double
    /// Volume-weighted average price; absent when nothing was traded or the vendor does not say.
    package var vwap: Double?
    /// Number of trades; absent when the vendor does not say.
    package var trades: Int64?
    package var flags: CandleFlags

    package init(
        time: Timestamp,
        open: Double,
        high: Double,
        low: Double,
        close: Double,
        volume: Double,
        vwap: Double? = nil,
        trades: Int64? = nil,
        flags: CandleFlags = []
    ) {
        self.time = time
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
        self.vwap = vwap
        self.trades = trades
        self.flags = flags
    }
}

/// What validation refused: kept, counted and shown, never dropped.
package struct RejectedCandle: Hashable, Sendable {
    /// The rule that refused it.
    package var rule: RuleID
    /// Start of the window as far as it could be read.
    package var time: Timestamp?
    /// What the vendor sent, as text, cut to 2 000 characters.
    package var raw: String
    /// Why, in one sentence.
    package var reason: String

    package init(rule: RuleID, time: Timestamp?, raw: String, reason: String) {
        self.rule = rule
        self.time = time
        // Scalars, because a grapheme can be of any length.
        self.raw = String(raw.unicodeScalars.prefix(2000))
        self.reason = reason
    }
}

/// The number of a validation rule, as `docs/VALIDATION.md` lists them.
package enum RuleID: String, CaseIterable, Sendable {
    case v01 = "V01"
    case v02 = "V02"
    case v03 = "V03"
    case v04 = "V04"
    case v05 = "V05"
    case v06 = "V06"
    case v07 = "V07"
    case v08 = "V08"
    case v09 = "V09"
    case v10 = "V10"
    case v11 = "V11"
    case v12 = "V12"
    case v13 = "V13"
    case v14 = "V14"
    case v15 = "V15"
    case v16 = "V16"
    case v17 = "V17"
    case v18 = "V18"
    case v19 = "V19"
    case v20 = "V20"
    case v21 = "V21"
}
