import Store
import Warehouse

/// What a page is worth.
extension JobRun {
    mutating func received(_ content: FeedPage, now: Timestamp) -> Action {
        page = (content, now)
        guard context == nil else { return judge() }
        let first = content.bars.first?.time.flatMap { request.range.timestamp(milliseconds: $0) }
        return .recall(before: first ?? position)
    }

    /// `shorter`: the stored candles of the timeframe that ``Action/derive(_:from:)`` named, ascending.
    mutating func derived(_ shorter: [Candle], now: Timestamp) -> Action {
        let longer = CandleDerivation(assetClass: job.ticker.assetClass, timeframe: job.timeframe).derive(shorter)
        let bars = longer.map { candle in
            RawBar(
                time: candle.time.milliseconds,
                open: candle.open,
                high: candle.high,
                low: candle.low,
                close: candle.close,
                volume: candle.volume,
                vwap: candle.vwap,
                trades: candle.trades
            )
        }
        // Judged as if they had been sent: gaps and anomalies of longer candles are of their own.
        return received(FeedPage(bars: bars), now: now)
    }

    /// `candles`: ascending, best ``PageContext/storedCandleCount`` of them.
    mutating func recalled(_ candles: [Candle]) -> Action {
        context = PageContext(stored: candles, timeframe: job.timeframe)
        return judge()
    }

    private mutating func judge() -> Action {
        guard let (content, now) = page, let before = context else { return nextRequest() }
        page = nil
        let verdict = CandleRules().judge(content, of: request, now: now, after: before)
        if let refusal = verdict.refusal {
            let rejected = verdict.rejected.isEmpty ? [content.rejected(by: refusal)] : verdict.rejected
            // The attempt before has counted the same refusal.
            let isKnown = job.error == refusal.description.sanitized(limit: 500)
            let chunks = refusedPage(rejected, counts: !isKnown, now: now)
            return commit(chunks, then: .end(retry(refusal.description)))
        }
        warnings = verdict.warnings
        let fresh = accepted(verdict.candles).drop { $0.time < position }
        if let next = content.next {
            if let fault = trail.fault(goingTo: next, bringsCandles: !fresh.isEmpty) { return retry(fault) }
            if fresh.isEmpty, !verdict.candles.isEmpty { return retry("the vendor's pages go backwards in time") }
        }
        let taken = JudgedPage(
            candles: fresh,
            rejected: verdict.rejected,
            next: content.next,
            receivedAt: now,
            before: verdict.candles.last { $0.time < position }?.time ?? before.last?.time
        )
        let doneUntil = progress.doneUntil
        let planned = commits(for: taken)
        if progress.doneUntil > doneUntil { failures = 0 }
        if isDeriving { warnings = [] }
        let then: Afterwards = content.next.map { .nextPage($0, verdict.context) } ?? .nextStretch
        return commit(planned, then: then)
    }
}

extension JobRun {
    /// The candles with the mark of those that were computed, where they were.
    private func accepted(_ candles: [Candle]) -> [Candle] {
        guard isDeriving else { return candles }
        return candles.map { candle in
            var marked = candle
            marked.flags.insert(.derived)
            return marked
        }
    }
}

extension Range<Timestamp> {
    /// The instant, when it lies within the range; the number comes from outside and can be anything.
    fileprivate func timestamp(milliseconds: Int64) -> Timestamp? {
        let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
        let time = Timestamp(microseconds: microseconds)
        return !overflow && contains(time) ? time : nil
    }
}
