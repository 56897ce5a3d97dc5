import Warehouse

/// Made-up prices of one symbol: a function of time and seed alone, so that every candle of every timeframe comes out
/// the same whenever it is asked for.
///
/// The price is value noise in octaves from five minutes to three years, rougher the longer they are, like a random
/// walk. It stays between a quarter and four times the symbol's own level. Only additions, multiplications, divisions
/// and roundings are used, which every machine computes to the same bit.
struct SimulatedPrices {
    private let seed: UInt64
    private let isCrypto: Bool
    /// The price around which the symbol moves.
    private let level: Double
    /// Units traded in a minute, on average.
    private let turnover: Double
    private var octaves = Self.octaves
    private var latest: (time: Timestamp?, price: Double) = (nil, 0)

    init(ticker: Ticker, seed: UInt64) {
        // FNV-1a: `Hasher` would give other values in each process.
        let name = "\(ticker.assetClass.rawValue):\(ticker.vendorTicker)".utf8
        let hash = name.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        self.seed = Self.mixed(hash ^ Self.mixed(seed))
        isCrypto = ticker.assetClass == .crypto
        let position = (Self.noise(self.seed ^ 1) + 1) / 2
        level = isCrypto ? 50 + 20_000 * position * position : 20 + 380 * position
        turnover = isCrypto ? 1 + 9 * position : 2000 + 60_000 * (1 - position)
    }

    /// The candle of `window`: positive prices with low ≤ open, close, vwap ≤ high, and something traded.
    mutating func bar(of window: SimulatedWindows.Window) -> RawBar {
        let open = rounded(price(at: window.opens))
        let close = rounded(price(at: window.closes))
        let identity = Self.mixed(seed &+ UInt64(bitPattern: window.start.microseconds) &+ Self.step)
        let length = (window.closes - window.opens).inSeconds / 60
        // Prices move with the square root of time; day bars reach about 1 % beyond open and close.
        let reach = 0.0003 * length.squareRoot()
        let high = max(open, close) * (1 + reach * Self.fraction(identity ^ 1))
        let low = min(open, close) / (1 + reach * Self.fraction(identity ^ 2))
        let volume = turnover * length * (0.6 + 0.8 * Self.fraction(identity ^ 3))
        let top = max(rounded(high), open, close)
        let bottom = min(max(rounded(low), 0.0001), open, close)
        return RawBar(
            time: window.start.milliseconds,
            open: open,
            high: top,
            low: bottom,
            close: close,
            volume: isCrypto ? (volume * 1e8).rounded() / 1e8 : max(1, volume.rounded()),
            vwap: min(max(rounded((open + close + high + low) / 4), bottom), top),
            trades: max(1, Int64(volume / (isCrypto ? 0.05 : 90)))
        )
    }

    /// Remembers the cells it was in, because candles come one after the other; the value does not depend on it.
    private mutating func price(at time: Timestamp) -> Double {
        if time == latest.time { return latest.price }
        var sum = 0.0
        for index in octaves.indices {
            if !octaves[index].range.contains(time.microseconds) { enterCell(of: index, at: time) }
            let octave = octaves[index]
            let within = Double(time.microseconds - octave.range.lowerBound) / octave.length
            let eased = within * within * (3 - 2 * within)
            sum += octave.weight * (octave.left + (octave.right - octave.left) * eased)
        }
        latest = (time, level * (1 + sum) / (1 - sum))
        return latest.price
    }

    private mutating func enterCell(of index: Int, at time: Timestamp) {
        let period = octaves[index].period
        let cell = time.microseconds.flooredDivision(by: period)
        let lane = seed &+ UInt64(index) &* 0xD6E8_FEB8_6659_FD93
        octaves[index].range = cell * period..<(cell + 1) * period
        octaves[index].left = Self.noise(lane &+ UInt64(bitPattern: cell) &* Self.step)
        octaves[index].right = Self.noise(lane &+ UInt64(bitPattern: cell + 1) &* Self.step)
    }

    /// One period of the noise, with the values at both ends of the cell that was used last.
    private struct Octave {
        let period: Int64
        let length: Double
        let weight: Double
        var range: Range<Int64> = 0..<0
        var left = 0.0
        var right = 0.0

        init(minutes: Int64, weight: Double) {
            period = minutes * 60_000_000
            length = Double(period)
            self.weight = weight
        }
    }

    /// The weights add up to 0.58, and so keep the noise well below 1.
    private static let octaves = [
        Octave(minutes: 1024 * 1440, weight: 0.32), Octave(minutes: 256 * 1440, weight: 0.16),
        Octave(minutes: 64 * 1440, weight: 0.06), Octave(minutes: 16 * 1440, weight: 0.022),
        Octave(minutes: 4 * 1440, weight: 0.009), Octave(minutes: 1440, weight: 0.005),
        Octave(minutes: 360, weight: 0.003), Octave(minutes: 90, weight: 0.0016),
        Octave(minutes: 20, weight: 0.0008), Octave(minutes: 5, weight: 0.0004),
    ]

    /// Four decimals, as vendors have them.
    private func rounded(_ price: Double) -> Double {
        (price * 10_000).rounded() / 10_000
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// −1…1.
    @inline(__always)
    private static func noise(_ value: UInt64) -> Double { fraction(value) * 2 - 1 }

    /// 0..<1.
    @inline(__always)
    private static func fraction(_ value: UInt64) -> Double {
        Double(mixed(value) >> 11) / Double(UInt64(1) << 53)
    }

    /// The finalizer of SplitMix64.
    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
