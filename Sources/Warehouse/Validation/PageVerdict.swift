/// What ``CandleRules`` decided about one answer of a feed.
package struct PageVerdict: Hashable, Sendable {
    /// What is stored, times strictly ascending.
    package var candles: [Candle]
    /// What is kept aside.
    ///
    /// Of a refused page: what was found up to the bar that decided, that bar included.
    package var rejected: [RejectedCandle]
    /// Why nothing of the page is stored; `nil` when it is taken.
    package var refusal: PageRefusal?
    /// What is strange about the page as a whole: V06 (bars outside of what was asked for), V11 (a wrong count).
    package var warnings: [RuleNote]
    /// V08: bars that came twice with the same values and are stored once.
    package var duplicatesDropped: Int
    /// To be handed to the verdict on the next page.
    package var context: PageContext

    package init(
        candles: [Candle] = [],
        rejected: [RejectedCandle] = [],
        refusal: PageRefusal? = nil,
        warnings: [RuleNote] = [],
        duplicatesDropped: Int = 0,
        context: PageContext = PageContext()
    ) {
        self.candles = candles
        self.rejected = rejected
        self.refusal = refusal
        self.warnings = warnings
        self.duplicatesDropped = duplicatesDropped
        self.context = context
    }
}

/// Why a whole page can't be trusted: one of V05, V08, V09, V10.
package typealias PageRefusal = RuleNote

/// A rule and what it found, in one sentence.
package struct RuleNote: Hashable, Sendable, CustomStringConvertible {
    package let rule: RuleID
    package let text: String

    package init(_ rule: RuleID, _ text: String) {
        self.rule = rule
        self.text = text
    }

    /// `V09: the answer is about 'AAP', not AAPL`.
    package var description: String { "\(rule.rawValue): \(text)" }
}
