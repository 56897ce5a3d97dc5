import Store
import Warehouse

extension JobRun {
    /// The transactions that store a page: many, because each must be short.
    ///
    /// All but the last keep the page's own checkpoint, so that after a crash the page is asked for again; its candles
    /// before `doneUntil` are then neither stored nor counted a second time, and refused ones, which the store keeps once
    /// anyway, are counted by the last.
    mutating func commits(for page: JudgedPage) -> [JobCommit] {
        let start = position
        let end =
            page.next == nil
            ? request.range.upperBound : page.candles.last.map { grid.start(after: $0.time) } ?? start
        let answered = start..<max(start, end)
        let coverage = PageCoverage(ticker: job.ticker, timeframe: job.timeframe).intervals(
            in: answered,
            candles: page.candles,
            after: page.before,
            now: page.receivedAt
        ).map { interval in
            // Shorter candles that are complete leave nothing to ask for.
            isDeriving && interval.state == .missing
                ? CoverageInterval(interval.range, .confirmedEmpty) : interval
        }
        var slices = page.candles.chunks(of: sliceSize)
        let lastSlice = slices.popLast() ?? []
        var refusals = page.rejected[...].chunks(of: Self.rejectedInOneCommit)
        let lastRefusals = refusals.popLast() ?? []

        progress.cursor = checkpoint
        var commits = refusals.map { commit(rejected: $0, at: page.receivedAt) }
        for slice in slices {
            guard let last = slice.last else { continue }
            let from = position
            advance(to: grid.start(after: last.time), storing: slice)
            commits.append(
                commit(slice, coverage: coverage.clipped(to: from..<position), at: page.receivedAt)
            )
        }
        let from = position
        advance(to: answered.upperBound, storing: lastSlice)
        progress.cursor = page.next.map { Checkpoint(stretch: request.range, cursor: $0).text }
        if !isDeriving { progress.pages += 1 }
        progress.rejected += Int64(page.rejected.count)
        let covered = coverage.clipped(to: from..<max(from, answered.upperBound))
        commits.append(commit(lastSlice, rejected: lastRefusals, coverage: covered, at: page.receivedAt))
        return commits
    }

    /// The transactions that keep what was found in a page of which nothing is taken.
    mutating func refusedPage(_ rejected: [RejectedCandle], counts: Bool, now: Timestamp) -> [JobCommit] {
        progress.cursor = checkpoint
        var chunks = rejected[...].chunks(of: Self.rejectedInOneCommit)
        let last = chunks.popLast() ?? []
        let commits = chunks.map { commit(rejected: $0, at: now) }
        if counts { progress.rejected += Int64(rejected.count) }
        return commits + [commit(rejected: last, at: now)]
    }

    private mutating func advance(to time: Timestamp, storing candles: ArraySlice<Candle>) {
        progress.candles += Int64(candles.count)
        progress.doneUntil = max(time, progress.doneUntil)
        let done = job.range.lowerBound..<max(job.range.lowerBound, progress.doneUntil)
        progress.doneUnits = BackfillSpan.units(
            of: done.clamped(to: job.range),
            assetClass: job.ticker.assetClass,
            timeframe: job.timeframe
        )
    }

    private func commit(
        _ candles: ArraySlice<Candle> = [],
        rejected: ArraySlice<RejectedCandle> = [],
        coverage: [CoverageInterval] = [],
        at time: Timestamp
    ) -> JobCommit {
        let batch = CandleBatch(
            candles: candles,
            rejected: Array(rejected),
            coverage: coverage,
            source: source,
            fetchedAt: time
        )
        return JobCommit(batch: batch, progress: progress)
    }

    /// A refused candle costs three statements, a candle one that is much cheaper.
    private static let rejectedInOneCommit = 250
}

extension FeedPage {
    /// The page itself as what was refused, for rules that look at no bar of it.
    func rejected(by refusal: PageRefusal) -> RejectedCandle {
        let start = String(decoding: body.prefix(2000), as: UTF8.self)
        let raw = start.isEmpty ? bars.first.map(rawText) ?? "ticker=\(ticker ?? "-")" : start
        return RejectedCandle(rule: refusal.rule, time: nil, raw: raw, reason: refusal.text)
    }
}

extension ArraySlice {
    fileprivate func chunks(of size: Int) -> [ArraySlice] {
        stride(from: startIndex, to: endIndex, by: Swift.max(1, size)).map { self[$0..<Swift.min($0 + size, endIndex)] }
    }
}

extension [CoverageInterval] {
    fileprivate func clipped(to range: Range<Timestamp>) -> [CoverageInterval] {
        compactMap { interval in
            let clipped = interval.range.clamped(to: range)
            return clipped.isEmpty ? nil : CoverageInterval(clipped, interval.state)
        }
    }
}
