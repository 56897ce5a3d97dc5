extension RawBar {
    /// Whether V05 has nothing to say about its time.
    @inline(__always)
    package var hasPlausibleTime: Bool { time.map(PageIntake.plausibleMilliseconds.contains) ?? true }

    /// Whether the values keep V01 to V04.
    @inline(__always)
    var isWellFormed: Bool {
        // Comparisons with NaN are false. Above 0 and at most a finite high, every price is finite.
        low > 0 && low <= open && low <= close && high >= open && high >= close && high < .infinity
            && volume >= 0 && volume < .infinity
    }

    /// The first of V01 to V04 that the values break.
    var faultOfValues: RuleNote? {
        let prices = [("open", open), ("high", high), ("low", low), ("close", close)]
        if let (name, _) = (prices + [("volume", volume)]).first(where: { !$1.isFinite }) {
            return RuleNote(.v01, "the \(name) is missing or not a number")
        }
        if let (name, value) = prices.first(where: { $1 <= 0 }) {
            return RuleNote(.v02, "the \(name) \(value) is not above 0")
        }
        if let (name, value) = prices.first(where: { $1 > high }) {
            return RuleNote(.v03, "the high \(high) is below the \(name) \(value)")
        }
        if let (name, value) = prices.first(where: { $1 < low }) {
            return RuleNote(.v03, "the low \(low) is above the \(name) \(value)")
        }
        return volume < 0 ? RuleNote(.v04, "the volume \(volume) is below 0") : nil
    }
}
