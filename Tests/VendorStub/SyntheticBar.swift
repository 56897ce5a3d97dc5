/// The values of a bar of ``SyntheticMarket``.
///
/// They are decimal numbers of few digits, so that a double of the same value is what a right parser makes of their
/// text.
package struct SyntheticBar: Hashable, Sendable {
    package let open: Double
    package let high: Double
    package let low: Double
    package let close: Double
    package let volume: Double
    package let vwap: Double
    package let trades: Int64

    /// Prices in hundredths, volume in thousandths.
    private let cents: (open: Int, high: Int, low: Int, close: Int, vwap: Int)
    private let thousandths: Int

    /// The bar of `ticker` that starts at `time`, in epoch milliseconds.
    package init(ticker: String, time: Int64) {
        self.init(ticker: ticker, variant: Self.variant(at: time))
    }

    private init(ticker: String, variant: Int) {
        let name = ticker.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let level = 5000 + Int(name % 20_000)
        // Neighbours differ by less than a hundredth of the price.
        let open = level + (variant * 37 % 64 - 32) * level / 8000
        let close = level + (variant * 23 % 64 - 32) * level / 8000
        let high = max(open, close) + variant % 7 + 1
        let low = min(open, close) - variant % 5 - 1
        let vwap = (high + low) / 2
        cents = (open, high, low, close, vwap)
        thousandths = 100_000_000 + Int(name % 9973) * 4001 + variant * 1_234_567
        self.open = Double(open) / 100
        self.high = Double(high) / 100
        self.low = Double(low) / 100
        self.close = Double(close) / 100
        self.vwap = Double(vwap) / 100
        volume = Double(thousandths) / 1000
        trades = Int64(1000 + variant)
    }

    package static func == (left: SyntheticBar, right: SyntheticBar) -> Bool {
        left.cents == right.cents && left.thousandths == right.thousandths && left.trades == right.trades
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(thousandths)
    }

    /// Which of the 64 different bars of a ticker stands at `time`.
    static func variant(at time: Int64) -> Int {
        Int((UInt64(bitPattern: time / 60_000) &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }

    /// The text of each variant up to its time.
    static func pieces(ticker: String) -> [[UInt8]] {
        (0..<64).map { variant in
            let bar = SyntheticBar(ticker: ticker, variant: variant)
            let prices = bar.cents
            let text = """
                {"v":\(bar.volumeText(asExponent: variant % 2 == 0)),"vw":\(decimal(prices.vwap)),\
                "o":\(decimal(prices.open)),"c":\(decimal(prices.close)),"h":\(decimal(prices.high)),\
                "l":\(decimal(prices.low)),"n":\(bar.trades),"t":
                """
            return Array(text.utf8)
        }
    }

    /// `143210.25`, or `1.4321025e+05` as the vendor often writes it.
    private func volumeText(asExponent: Bool) -> String {
        let digits = String(thousandths)
        guard asExponent else { return digits.dropLast(3) + "." + digits.suffix(3) }
        return "\(digits.prefix(1)).\(digits.dropFirst())e+0\(digits.count - 4)"
    }

    private static func decimal(_ cents: Int) -> String {
        let fraction = cents % 100
        return "\(cents / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
