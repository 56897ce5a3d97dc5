package import Warehouse

extension JobStore {
    /// Queues the backfill of a symbol's days, as ``BackfillSpan`` reads them.
    /// - Throws: What ``enqueue(_:range:expectedUnits:priority:by:)`` throws.
    package func start(
        _ symbol: TrackedSymbol,
        timeframe: Timeframe,
        from: TradingDay? = nil,
        to: TradingDay? = nil,
        priority: JobPriority = .manual,
        by actor: Actor
    ) async throws -> BackfillJob {
        let span = BackfillSpan(
            assetClass: symbol.ticker.assetClass,
            timeframe: timeframe,
            from: from,
            to: to,
            now: clock.now
        )
        return try await enqueue(
            CandleSeries(symbol: symbol.id, timeframe: timeframe),
            range: span.range,
            expectedUnits: span.expectedUnits,
            priority: priority,
            by: actor
        )
    }
}
