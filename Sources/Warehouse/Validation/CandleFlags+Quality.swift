extension CandleFlags {
    /// How far a candle can be trusted, 0…1: 1 less the penalties of the warn rules that it broke.
    ///
    /// V13 0.5, V14 0.1, V15 0.3, V17 0.2 for crypto only, V19 0.3. Information costs nothing.
    package func qualityScore(assetClass: AssetClass) -> Double {
        // In hundredths, so that sums are exact.
        var penalty = 0
        if contains(.extremeMove) { penalty += 50 }
        if contains(.gap) { penalty += 10 }
        if contains(.possibleSplit) { penalty += 30 }
        if contains(.zeroVolume), assetClass == .crypto { penalty += 20 }
        if contains(.unchanged) { penalty += 30 }
        return Double(max(0, 100 - penalty)) / 100
    }

    /// What each flag tells a person, in the order of the rules; a candle that was computed has a note without a rule.
    package var validationNotes: String {
        var notes = Self.rules.filter { contains($0.flag) }.map(\.note.description)
        if contains(.derived) { notes.append("computed from shorter candles") }
        return notes.joined(separator: "; ")
    }

    /// The rules whose flags are set, in their order.
    package var brokenRules: [RuleID] {
        Self.rules.filter { contains($0.flag) }.map(\.note.rule)
    }

    private static let rules: [(flag: CandleFlags, note: RuleNote)] = [
        (.provisional, RuleNote(.v12, "the period was still forming")),
        (.extremeMove, RuleNote(.v13, "moved by more than 500 %")),
        (.gap, RuleNote(.v14, "opened far from the previous close")),
        (.possibleSplit, RuleNote(.v15, "possible split")),
        (.volumeAnomaly, RuleNote(.v16, "volume far from the median of the 20 candles before")),
        (.zeroVolume, RuleNote(.v17, "nothing was traded")),
        (.vwapOutsideRange, RuleNote(.v18, "volume-weighted price outside of low to high")),
        (.unchanged, RuleNote(.v19, "the price has not moved for long")),
    ]
}
