package import Warehouse

extension JobStore {
    /// What a backfill of the symbol's days would do now, as ``start(_:timeframe:from:to:priority:by:)`` reads the days.
    ///
    /// Changes nothing.
    /// - Throws: ``StoreError/emptyRange``.
    package func plan(
        _ symbol: TrackedSymbol,
        timeframe: Timeframe,
        from: TradingDay? = nil,
        to: TradingDay? = nil
    ) async throws -> (span: BackfillSpan, plan: BackfillPlan) {
        let now = clock.now
        let span = BackfillSpan(
            assetClass: symbol.ticker.assetClass,
            timeframe: timeframe,
            from: from,
            to: to,
            now: now
        )
        guard !span.range.isEmpty else { throw StoreError.emptyRange }
        let grid = TimeGrid(assetClass: symbol.ticker.assetClass, timeframe: timeframe)
        let wanted = grid.snapped(span.range)
        // The future is not asked for.
        let end = min(wanted.upperBound, grid.start(after: now))
        let plan = try await engine.read { session in
            BackfillPlan(
                of: wanted.lowerBound..<max(wanted.lowerBound, end),
                ticker: symbol.ticker,
                timeframe: timeframe,
                coverage: try session.coverage(
                    of: CandleSeries(symbol: symbol.id, timeframe: timeframe),
                    touching: nil
                ),
                base: try timeframe.base.map { base in
                    (base, try session.coverage(of: CandleSeries(symbol: symbol.id, timeframe: base), touching: nil))
                }
            )
        }
        return (span, plan)
    }
}
