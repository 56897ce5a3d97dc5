/// Decides which bars of a feed's answer become candles: the rules V01 to V19 of `docs/VALIDATION.md`.
///
/// Pure: the same page, request, time and context give the same verdict. A page without fault costs two passes and no
/// allocation for each bar.
package struct CandleRules: Sendable {
    private let checksTimeGrid: Bool

    /// - Parameter checksTimeGrid: whether V07 is judged. Answers for the whole market are stamped 16:00 New York instead
    ///   of midnight: who reads them turns the grid off.
    package init(checksTimeGrid: Bool = true) {
        self.checksTimeGrid = checksTimeGrid
    }

    /// Judges one answer.
    ///
    /// `context` is the ``PageVerdict/context`` of the page before, or made of stored candles, or empty. V09, V10 and V11
    /// are skipped where the answer does not name its ticker, adjustment or count. A refused page changes nothing: its
    /// verdict has no candles, and the context that came in.
    package func judge(
        _ page: FeedPage,
        of request: CandleRequest,
        now: Timestamp,
        after context: PageContext = PageContext()
    ) -> PageVerdict {
        if let refusal = Self.refusal(of: page, request: request) {
            return PageVerdict(refusal: refusal, context: context)
        }
        let grid = TimeGrid(assetClass: request.ticker.assetClass, timeframe: request.timeframe)
        var intake = PageIntake(request: request, grid: grid, checksTimeGrid: checksTimeGrid, context: context)
        if let refusal = intake.take(page) {
            return PageVerdict(rejected: intake.rejected, refusal: refusal, context: context)
        }
        var warnings = intake.warnings
        if let declared = page.declaredCount, declared != page.bars.count {
            warnings.append(RuleNote(.v11, "the answer counts \(declared) bars and holds \(page.bars.count)"))
        }
        var candles = intake.candles
        var next = context
        CandleAnomalies(request: request, grid: grid, now: now).flag(&candles, context: &next)
        return PageVerdict(
            candles: candles,
            rejected: intake.rejected,
            warnings: warnings,
            duplicatesDropped: intake.duplicatesDropped,
            context: next
        )
    }

    private static func refusal(of page: FeedPage, request: CandleRequest) -> RuleNote? {
        let asked = request.ticker.vendorTicker
        if let ticker = page.ticker, ticker != asked {
            return RuleNote(.v09, "the answer is about '\(ticker.sanitized(limit: 40))', not \(asked)")
        }
        if let adjusted = page.adjusted, adjusted != request.adjusted {
            let (came, wanted) = adjusted ? ("adjusted", "unadjusted") : ("unadjusted", "adjusted")
            return RuleNote(.v10, "the answer holds \(came) prices, not \(wanted) ones")
        }
        return nil
    }
}
