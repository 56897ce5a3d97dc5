import Feeds
import Store
import Warehouse

/// Takes one candle file in: pages of its reader, judged by the rules of a backfill, become batches for the store.
struct FileIntake {
    /// What one transaction takes at most, so that an administrator's change waits for one slice only.
    static let slice = 2500

    /// What one transaction stores.
    struct Step: Sendable {
        var batches: [CandleStore.SeriesBatch] = []
        /// Rows of symbols that were asked for.
        var rows: Int64 = 0
        var duplicates: Int64 = 0
        /// In the order of the file.
        var rejected: [RejectedRow] = []
    }

    let reader: CandleFileReader
    private let path: String
    private let targets: [TrackedSymbol]
    private let timeframe: Timeframe
    private let store: Store
    private let now: Timestamp
    /// What the rules know of each symbol, within this file.
    private var contexts: [Int: PageContext] = [:]
    /// Symbols of which nothing further is taken, because a page was refused.
    private(set) var refused: [Int: RejectedRow] = [:]
    /// The symbol of the last page, and its last session, which is whole when no further candle of it comes.
    private var open: (target: Int, session: [CoverageInterval])?
    private var page = CandleFilePage()

    init(
        _ reader: CandleFileReader,
        path: String,
        targets: [TrackedSymbol],
        timeframe: Timeframe,
        store: Store,
        now: Timestamp
    ) {
        self.reader = reader
        self.path = path
        self.targets = targets
        self.timeframe = timeframe
        self.store = store
        self.now = now
    }

    /// What comes next; `nil` at the end of the file.
    mutating func next() async throws -> Step? {
        var step = Step()
        var taken = 0
        while taken < Self.slice {
            // Without a column of symbols, a refusal leaves nothing to go on with.
            if refused.count == targets.count { break }
            page.reset()
            guard reader.next(limit: Self.slice - taken, into: &page) else {
                if reader.fault == nil { closeSession(in: &step) }
                break
            }
            taken += page.rowCount
            if let open, open.target != page.target { closeSession(in: &step) }
            step.rows += Int64(page.rowCount)
            if refused[page.target] == nil { try await take(into: &step) }
        }
        return taken == 0 && step.batches.isEmpty ? nil : step
    }

    /// Judges the page.
    private mutating func take(into step: inout Step) async throws {
        let target = page.target
        let symbol = targets[target]
        let before = try await context(of: target)
        let judged = JudgedFilePage(
            &page,
            of: CandleRequest(ticker: symbol.ticker, timeframe: timeframe, range: Self.anyTime),
            columns: reader.columns,
            path: path,
            now: now,
            after: before
        )
        contexts[target] = judged.verdict.context
        step.duplicates += Int64(judged.verdict.duplicatesDropped)
        step.rejected += judged.rejected
        let kept = judged.rejected.filter(\.isKept).map(\.candle)
        let candles = judged.verdict.candles[...]
        if !candles.isEmpty || !kept.isEmpty {
            let batch = CandleBatch(
                candles: candles,
                rejected: kept,
                coverage: coverage(of: candles, target: target),
                source: .csv,
                fetchedAt: now,
                unsaid: unsaid
            )
            step.batches.append(.init(batch, of: CandleSeries(symbol: symbol.id, timeframe: timeframe)))
        }
        guard let refusal = judged.refusal else { return }
        refused[target] = refusal
        // The row that was refused may belong to the last session.
        open = nil
    }

    /// What the rules know before the page: the file's candles, or the stored ones before its first.
    private mutating func context(of target: Int) async throws -> PageContext {
        if let known = contexts[target] { return known }
        guard let first = page.bars.lazy.compactMap(\.time).min() else { return PageContext() }
        let stored = try await store.candles.last(
            PageContext.storedCandleCount,
            of: CandleSeries(symbol: targets[target].id, timeframe: timeframe),
            before: Timestamp(milliseconds: first)
        )
        return PageContext(stored: stored, timeframe: timeframe)
    }

    private mutating func coverage(of candles: ArraySlice<Candle>, target: Int) -> [CoverageInterval] {
        guard let first = candles.first, candles.last != nil else { return [] }
        let sessions = SessionCoverage(assetClass: targets[target].ticker.assetClass, timeframe: timeframe)
        let before = open?.session.filter { $0.range.upperBound <= first.time } ?? []
        open = (target, sessions.intervals(of: candles.suffix(1), isLast: true, now: now))
        return before + sessions.intervals(of: candles, isLast: false, now: now)
    }

    /// No further candle of the last session comes: it is had to its end.
    private mutating func closeSession(in step: inout Step) {
        guard let (target, session) = open else { return }
        open = nil
        let batch = CandleBatch(candles: [], coverage: session, source: .csv, fetchedAt: now)
        step.batches.append(.init(batch, of: CandleSeries(symbol: targets[target].id, timeframe: timeframe)))
    }

    /// What the file has no column for.
    private var unsaid: CandleBatch.Unsaid {
        var unsaid: CandleBatch.Unsaid = []
        if !reader.columns.has(.vwap) { unsaid.insert(.vwap) }
        if !reader.columns.has(.trades) { unsaid.insert(.trades) }
        return unsaid
    }

    private static let anyTime = Timestamp(microseconds: .min)..<Timestamp(microseconds: .max)
}
