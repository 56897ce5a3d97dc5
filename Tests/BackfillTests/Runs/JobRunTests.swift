import Store
import Testing
import Warehouse

@testable import Backfill

/// What a run decides, without feed and store.
@Suite struct JobRunTests {
    static let week: Range<Timestamp> = .at("2024-05-01") ..< .at("2024-05-08")

    static func run(
        attempts: Int = 0,
        cursor: Checkpoint? = nil,
        doneUntil: Timestamp? = nil,
        range: Range<Timestamp> = week
    ) -> JobRun {
        let progress = BackfillJob.Progress(doneUntil: doneUntil ?? range.lowerBound, cursor: cursor?.text)
        let job = BackfillJob(
            id: JobID(1),
            symbolID: SymbolID(1),
            ticker: Ticker(stored: "BTC", assetClass: .crypto),
            timeframe: .oneHour,
            range: range,
            state: .running,
            progress: progress,
            attempts: attempts,
            nextAttempt: range.lowerBound,
            lease: nil,
            error: nil,
            priority: .manual,
            requestedBy: "tester",
            createdAt: range.lowerBound,
            startedAt: nil,
            finishedAt: nil
        )
        return JobRun(job, source: .polygon, policy: RetryPolicy(), sliceSize: 10, jitter: 0.5)
    }

    static let later = Timestamp.at("2024-06-03T12:00:00Z")

    struct Start: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var attempts = 0
        var cursor: Checkpoint?
        var doneUntil: String?
        var coverage: [CoverageInterval] = []
        var now = later
        let action: String
    }

    private static let checkpoint = Checkpoint(
        stretch: .at("2024-05-02") ..< .at("2024-05-04"),
        cursor: FeedCursor("next")
    )

    static let starts = [
        Start(testDescription: "anew", action: "fetch 2024-05-01T00:00:00Z 2024-05-08T00:00:00Z"),
        Start(
            testDescription: "where it stopped",
            doneUntil: "2024-05-03T05:00Z",
            action: "fetch 2024-05-03T05:00:00Z 2024-05-08T00:00:00Z"
        ),
        Start(
            testDescription: "at its page",
            cursor: checkpoint,
            doneUntil: "2024-05-03T05:00Z",
            action: "fetch 2024-05-02T00:00:00Z 2024-05-04T00:00:00Z next"
        ),
        Start(
            testDescription: "at its page after one failure",
            attempts: 1,
            cursor: checkpoint,
            doneUntil: "2024-05-03T05:00Z",
            action: "fetch 2024-05-02T00:00:00Z 2024-05-04T00:00:00Z next"
        ),
        Start(
            testDescription: "without its cursor after two",
            attempts: 2,
            cursor: checkpoint,
            doneUntil: "2024-05-03T05:00Z",
            action: "fetch 2024-05-03T05:00:00Z 2024-05-08T00:00:00Z"
        ),
        Start(
            testDescription: "behind what is had",
            coverage: [CoverageInterval(.at("2024-05-01") ..< .at("2024-05-04"), .had)],
            action: "fetch 2024-05-04T00:00:00Z 2024-05-08T00:00:00Z"
        ),
        Start(
            testDescription: "provisional candles again",
            coverage: [CoverageInterval(.at("2024-05-01") ..< .at("2024-05-04"), .provisional)],
            action: "fetch 2024-05-01T00:00:00Z 2024-05-08T00:00:00Z"
        ),
        Start(
            testDescription: "with nothing left",
            coverage: [CoverageInterval(week, .confirmedEmpty)],
            action: "complete"
        ),
        Start(
            testDescription: "with nothing left that the plan includes",
            coverage: [CoverageInterval(week, .notEntitled)],
            action: "fail not in the vendor plan: 2024-05-01 to 2024-05-07, as the vendor said before"
        ),
        Start(
            testDescription: "not in the future",
            now: .at("2024-05-03T10:20:00Z"),
            action: "fetch 2024-05-01T00:00:00Z 2024-05-03T11:00:00Z"
        ),
        Start(testDescription: "before its time", now: .at("2024-04-01"), action: "complete"),
    ]

    @Test(arguments: starts) func `a run begins`(start: Start) {
        var run = Self.run(
            attempts: start.attempts,
            cursor: start.cursor,
            doneUntil: start.doneUntil.map { .at($0) }
        )
        #expect(text(of: run.start(coverage: start.coverage, now: start.now)) == start.action)
    }

    static let faults: [(error: FeedError, attempts: Int, action: String)] = [
        (.unauthorized(detail: "x"), 7, "stop the vendor refuses the key: x"),
        (.unknownTicker(detail: "x"), 0, "fail the vendor does not know the ticker: x"),
        (.rateLimited(retryAfter: .seconds(9)), 7, "hold 9.0 seconds"),
        (.transient(detail: "x"), 0, "retry 1.0 seconds the vendor can't be reached or sends rubbish: x"),
        (.transient(detail: "x"), 3, "retry 8.0 seconds the vendor can't be reached or sends rubbish: x"),
        (.vendor(detail: "x"), 7, "fail the vendor reports an error: x (8 attempts)"),
    ]

    @Test(arguments: faults) func `answers a fault`(error: FeedError, attempts: Int, action: String) {
        var run = Self.run(attempts: attempts)
        _ = run.start(coverage: [], now: Self.later)
        #expect(text(of: run.failed(error, now: Self.later)) == action)
    }

    @Test func `asks for the same page after waiting`() {
        var run = Self.run(cursor: Self.checkpoint)
        let first = run.start(coverage: [], now: Self.later)
        _ = run.failed(.rateLimited(retryAfter: nil), now: Self.later)
        #expect(text(of: run.heldOff()) == text(of: first))
    }

    @Test func `a page becomes slices, and the last one goes to the next page`() throws {
        var run = Self.run()
        let action = run.start(coverage: [], now: Self.later)
        guard case .fetch(let request, nil) = action else { return #expect(Bool(false), "\(text(of: action))") }
        let question = ScriptedFeed.Question(request: request, cursor: nil, time: Self.later, number: 0)
        let page = HourlyMarket(pageSize: 25, badEvery: 24).page(for: question)
        #expect(text(of: run.received(page, now: Self.later)) == "recall 2024-05-01T00:00:00Z")
        var actions = [text(of: run.recalled([]))]
        while actions.last?.hasPrefix("commit") == true { actions.append(text(of: run.committed())) }
        #expect(
            actions == [
                "commit 10 candles, 0 rejected until 2024-05-01T10:00:00Z, in all 10, 0, 0 pages",
                "commit 10 candles, 0 rejected until 2024-05-01T20:00:00Z, in all 20, 0, 0 pages",
                "commit 4 candles, 1 rejected until 2024-05-02T01:00:00Z, in all 24, 1, 1 pages",
                "fetch 2024-05-01T00:00:00Z 2024-05-08T00:00:00Z 1714611600",
            ]
        )
    }

    private func text(of action: JobRun.Action) -> String {
        switch action {
        case .derive(let range, let base):
            return "derive \(range.lowerBound) \(range.upperBound) from \(base.rawValue)"
        case .fetch(let request, let cursor):
            return "fetch \(request.range.lowerBound) \(request.range.upperBound)"
                + (cursor.map { " " + $0.text } ?? "")
        case .recall(let time): return "recall \(time)"
        case .commit(let commit):
            let (batch, progress) = (commit.batch, commit.progress)
            return
                "commit \(batch.candles.count) candles, \(batch.rejected.count) rejected until \(progress.doneUntil), "
                + "in all \(progress.candles), \(progress.rejected), \(progress.pages) pages"
        case .holdOff(let wait): return "hold \(wait)"
        case .retry(let delay, let error): return "retry \(delay) \(error)"
        case .stopFetching(let error): return "stop \(error)"
        case .fail(let error): return "fail \(error)"
        case .complete: return "complete"
        }
    }
}
