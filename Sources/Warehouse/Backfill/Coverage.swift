/// What is known of the candles that should exist in a stretch of time.
package enum CoverageState: String, CaseIterable, Sendable {
    /// Asked for and stored.
    case had
    /// Stored while the period was still forming: to be asked for again.
    case provisional
    /// Asked for, and there is nothing.
    case confirmedEmpty = "confirmed_empty"
    /// Outside of the vendor's plan.
    case notEntitled = "not_entitled"
    /// Asked for, and the vendor had nothing although the market was open: to be asked for again.
    case missing
    /// Before the first candle that was ever seen: the symbol was not traded yet.
    case beforeListing = "before_listing"

    /// The states of what is not asked for again.
    package static let settled: Set<CoverageState> = [.had, .confirmedEmpty, .notEntitled, .beforeListing]
    /// The states of what is known completely: shorter candles of such a stretch make longer ones.
    package static let complete: Set<CoverageState> = [.had, .confirmedEmpty, .beforeListing]
}

/// A stretch of time in one state.
///
/// Intervals of a symbol and timeframe never overlap.
package struct CoverageInterval: Hashable, Sendable {
    package var range: Range<Timestamp>
    package var state: CoverageState

    package init(_ range: Range<Timestamp>, _ state: CoverageState) {
        self.range = range
        self.state = state
    }
}

extension [CoverageInterval] {
    /// The intervals (ascending, disjoint) after `range` came into `state`: what it covers is replaced, neighbours of
    /// the same state are joined.
    package func marking(_ range: Range<Timestamp>, as state: CoverageState) -> [CoverageInterval] {
        guard !range.isEmpty else { return self }
        var kept: [CoverageInterval] = []
        for interval in self {
            if interval.range.lowerBound < range.lowerBound {
                let upper = Swift.min(interval.range.upperBound, range.lowerBound)
                kept.append(CoverageInterval(interval.range.lowerBound..<upper, interval.state))
            }
            if interval.range.upperBound > range.upperBound {
                let lower = Swift.max(interval.range.lowerBound, range.upperBound)
                kept.append(CoverageInterval(lower..<interval.range.upperBound, interval.state))
            }
        }
        kept.append(CoverageInterval(range, state))
        kept.sort { $0.range.lowerBound < $1.range.lowerBound }
        return kept.reduce(into: []) { joined, interval in
            if let last = joined.last, last.state == interval.state,
                last.range.upperBound == interval.range.lowerBound
            {
                joined[joined.count - 1].range = last.range.lowerBound..<interval.range.upperBound
            } else {
                joined.append(interval)
            }
        }
    }

    /// The intervals when the first candle ever seen starts at `first`: what is missing before it was not listed yet, and
    /// what was thought so from it on is missing.
    package func settlingListing(at first: Timestamp) -> [CoverageInterval] {
        var settled = self
        for interval in self {
            switch interval.state {
            case .missing where interval.range.lowerBound < first:
                let end = Swift.min(interval.range.upperBound, first)
                settled = settled.marking(interval.range.lowerBound..<end, as: .beforeListing)
            case .beforeListing where interval.range.upperBound > first:
                let start = Swift.max(interval.range.lowerBound, first)
                settled = settled.marking(start..<interval.range.upperBound, as: .missing)
            default: break
            }
        }
        return settled
    }

    /// The parts of `range` that no interval in one of `states` covers, ascending: what is left to ask for.
    package func uncovered(in range: Range<Timestamp>, by states: Set<CoverageState>) -> [Range<Timestamp>] {
        var missing: [Range<Timestamp>] = []
        var position = range.lowerBound
        for interval in self where states.contains(interval.state) && interval.range.overlaps(range) {
            if interval.range.lowerBound > position {
                missing.append(position..<interval.range.lowerBound)
            }
            position = Swift.max(position, interval.range.upperBound)
        }
        if position < range.upperBound {
            missing.append(position..<range.upperBound)
        }
        return missing
    }
}
