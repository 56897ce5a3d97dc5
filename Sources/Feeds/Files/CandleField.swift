/// What a column of a candle file can hold.
package enum CandleField: String, CaseIterable, Sendable {
    case time
    case open
    case high
    case low
    case close
    case volume
    case vwap
    case trades
    case ticker

    /// What such a column is called, in lower case, at the vendor, in mdw's own exports and elsewhere.
    var names: [String] {
        switch self {
        case .time: ["time", "date", "timestamp", "datetime", "window_start", "t"]
        case .open: ["open", "o"]
        case .high: ["high", "h"]
        case .low: ["low", "l"]
        case .close: ["close", "c"]
        case .volume: ["volume", "v"]
        case .vwap: ["vwap", "vw"]
        case .trades: ["trades", "transactions", "n"]
        case .ticker: ["ticker", "symbol"]
        }
    }

    /// Whether there is no candle without it.
    var isRequired: Bool { ![.vwap, .trades, .ticker].contains(self) }
}
