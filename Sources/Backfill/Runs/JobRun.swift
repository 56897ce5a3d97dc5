import Store
import Warehouse

/// One run of a job, from its claim to its end: decides what comes next and does nothing itself.
///
/// Whoever drives it does each ``Action`` and reports what came of it; the report returns the next action. Each commit
/// leaves the job so that another run goes on from there: everything before `doneUntil` is stored, counted and covered.
struct JobRun {
    enum Action: Sendable {
        /// Ask the feed for this page; report with ``received(_:now:)`` or ``failed(_:now:)``.
        case fetch(CandleRequest, FeedCursor?)
        /// Make the candles of this stretch of the stored candles of a shorter timeframe; report with
        /// ``derived(_:now:)``.
        case derive(Range<Timestamp>, from: Timeframe)
        /// Look up the stored candles before this instant; report with ``recalled(_:)``.
        case recall(before: Timestamp)
        /// Store this; report with ``committed()``.
        case commit(JobCommit)
        /// Let all workers wait before the next request; report with ``heldOff()``.
        case holdOff(Duration)
        /// Give the job back to the queue after a failed attempt.
        case retry(after: Duration, error: String)
        /// Give the job back and ask the vendor for nothing any more: it refuses the key.
        case stopFetching(error: String)
        case fail(String)
        case complete
    }

    let job: BackfillJob
    let source: CandleSource
    let policy: RetryPolicy
    let sliceSize: Int
    let jitter: Double
    let grid: TimeGrid
    let calendar: TradingCalendar

    /// As of the last commit that was handed out.
    var progress: BackfillJob.Progress
    /// What is left to be done, ascending; the first is being done.
    var steps: [BackfillPlan.Step] = []
    var cursor: FeedCursor?
    /// What the rules remember; `nil` until stored candles were looked up.
    var context: PageContext?
    var page: (content: FeedPage, receivedAt: Timestamp)?
    /// What V06 and V11 say about the last page; of no consequence.
    var warnings: [RuleNote] = []
    private var commits: ArraySlice<JobCommit> = []
    private var afterwards: Afterwards = .nextStretch
    var failures: Int
    var trail = CursorTrail()
    /// What the vendor's plan was found to leave out of the job's range, earlier.
    private var notEntitled: Range<Timestamp>?

    enum Afterwards {
        case nextPage(FeedCursor, PageContext)
        case nextStretch
        case end(Action)
    }

    /// `jitter`: 0..<1, for the wait before the next attempt when this one fails.
    init(_ job: BackfillJob, source: CandleSource, policy: RetryPolicy, sliceSize: Int, jitter: Double) {
        self.job = job
        self.source = source
        self.policy = policy
        self.sliceSize = sliceSize
        self.jitter = jitter
        grid = TimeGrid(assetClass: job.ticker.assetClass, timeframe: job.timeframe)
        calendar = TradingCalendar(for: job.ticker.assetClass)
        progress = job.progress
        failures = job.attempts
    }

    /// The first action.
    ///
    /// What is settled is not asked for again; provisional and missing candles are. Nor is the future. `base`: the timeframe
    /// that candles can be made of, and what is known of it.
    mutating func start(
        coverage: [CoverageInterval],
        base: (timeframe: Timeframe, coverage: [CoverageInterval])? = nil,
        now: Timestamp
    ) -> Action {
        let range = grid.snapped(job.range)
        let end = min(range.upperBound, grid.start(after: now))
        var position = max(range.lowerBound, grid.start(of: progress.doneUntil))
        // A cursor that failed twice may have expired at the vendor: without it the page after `doneUntil` is asked for.
        if failures < 2, let checkpoint = progress.cursor.flatMap(Checkpoint.init(text:)),
            checkpoint.stretch.upperBound > position
        {
            steps = [.fetch(checkpoint.stretch)]
            cursor = checkpoint.cursor
            position = checkpoint.stretch.upperBound
        }
        if position < end {
            steps +=
                BackfillPlan(
                    of: position..<end,
                    ticker: job.ticker,
                    timeframe: job.timeframe,
                    coverage: coverage,
                    base: base
                ).steps
        }
        notEntitled = coverage.first { $0.state == .notEntitled && $0.range.overlaps(job.range) }?.range
        trail = CursorTrail(startingAt: cursor)
        return nextRequest()
    }

    mutating func committed() -> Action {
        if let commit = commits.popFirst() { return .commit(commit) }
        switch afterwards {
        case .end(let action): return action
        case .nextPage(let next, let context):
            self.context = context
            cursor = next
            return .fetch(request, cursor)
        case .nextStretch: return nextStretch()
        }
    }

    mutating func heldOff() -> Action {
        .fetch(request, cursor)
    }

    /// The stretch that is worked on.
    var stretch: Range<Timestamp> { steps[0].range }

    /// Whether the stretch is made of shorter candles.
    var isDeriving: Bool {
        if case .derive = steps[0] { true } else { false }
    }

    var request: CandleRequest { CandleRequest(ticker: job.ticker, timeframe: job.timeframe, range: stretch) }

    /// What came before is stored.
    var position: Timestamp { max(stretch.lowerBound, grid.start(of: progress.doneUntil)) }

    /// `nil` for what is not asked for: it is planned anew.
    var checkpoint: String? { isDeriving ? nil : Checkpoint(stretch: stretch, cursor: cursor).text }

    /// Hands the warnings out, once.
    mutating func takeWarnings() -> [RuleNote] {
        defer { warnings = [] }
        return warnings
    }

    mutating func nextStretch() -> Action {
        steps.removeFirst()
        cursor = nil
        context = nil
        trail = CursorTrail()
        return nextRequest()
    }

    func nextRequest() -> Action {
        switch steps.first {
        case .fetch: return .fetch(request, cursor)
        case .derive(let range, let base): return .derive(range, from: base)
        case nil: break
        }
        if let notEntitled {
            let span = "\(notEntitled.lowerBound.dayUTC) to \((notEntitled.upperBound - .microseconds(1)).dayUTC)"
            return .fail("not in the vendor plan: \(span), as the vendor said before")
        }
        return .complete
    }

    mutating func commit(_ planned: [JobCommit], then: Afterwards) -> Action {
        commits = planned[...]
        afterwards = then
        return committed()
    }
}
