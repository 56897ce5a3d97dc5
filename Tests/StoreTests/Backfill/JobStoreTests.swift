import Testing
import Warehouse

@testable import Store

@Suite struct JobStoreTests {
    enum Action: String, CaseIterable {
        case pause, resume, cancel, retry

        func run(_ store: Store, _ id: JobID) async throws -> BackfillJob {
            switch self {
            case .pause: try await store.jobs.pause(id, by: TestStore.alice)
            case .resume: try await store.jobs.resume(id, by: TestStore.alice)
            case .cancel: try await store.jobs.cancel(id, by: TestStore.alice)
            case .retry: try await store.jobs.retry(id, by: TestStore.alice)
            }
        }

        var participle: String {
            switch self {
            case .pause: "paused"
            case .resume: "resumed"
            case .cancel: "cancelled"
            case .retry: "retried"
            }
        }
    }

    /// Where each action leads from each state; what is not listed is refused.
    private static let table: [JobState: [Action: JobState]] = [
        .queued: [.pause: .paused, .cancel: .cancelled],
        .running: [.pause: .paused, .cancel: .cancelled],
        .paused: [.resume: .queued, .cancel: .cancelled],
        .completed: [:],
        .failed: [.retry: .queued],
        .cancelled: [.retry: .queued],
    ]

    /// A job in `state`, with a failed attempt and a page behind it where it has run.
    private func job(_ test: TestStore, in state: JobState) async throws -> JobID {
        let id = try await test.enqueue(try await test.series()).id
        guard state != .queued else { return id }
        if state == .paused || state == .cancelled {
            _ = try await (state == .paused ? Action.pause : .cancel).run(test.store, id)
            return id
        }
        let claim = try await test.claim()
        if state == .completed { try await test.store.leases.complete(claim, source: .polygon, by: test.alice) }
        if state == .failed {
            try await test.store.leases.fail(claim, error: "why", source: .polygon, by: test.alice)
        }
        return id
    }

    @Test(arguments: JobState.allCases, Action.allCases)
    func `an action leads where the table says, or is refused and changes nothing`(
        state: JobState,
        action: Action
    ) async throws {
        try await withStore { test in
            let id = try await job(test, in: state)
            try #require(try await test.store.jobs.find(id).state == state)
            let before = try await test.content()
            let rows = try await test.store.audit.count()
            test.clock.advance(by: .seconds(60))
            guard let next = Self.table[state]?[action] else {
                await expectRefusal(.jobState(id, is: state, action: action.participle)) {
                    try await action.run(test.store, id)
                }
                #expect(try await test.content() == before)
                #expect(try await test.store.audit.count() == rows)
                return
            }
            let token = try await test.count("SELECT lease_token FROM backfill_jobs")
            let moved = try await action.run(test.store, id)
            #expect(moved.state == next)
            #expect(try await test.store.jobs.find(id) == moved)
            #expect(moved.lease == nil)
            #expect(moved.attempts == 0)
            #expect(moved.nextAttempt == test.clock.now)
            #expect(moved.finishedAt == (next == .cancelled ? test.clock.now : nil))
            #expect(try await test.count("SELECT lease_token FROM backfill_jobs") == token + 1)
            #expect(
                try await test.audited() == ["backfill.\(action.rawValue) | job 1: AAPL 1d 2026-01-01 to 2026-01-10"]
            )
        }
    }

    @Test(arguments: Action.allCases)
    func `what is unknown is refused`(action: Action) async throws {
        try await withStore { test in
            await expectRefusal(.unknownJob(JobID(9))) { try await action.run(test.store, JobID(9)) }
            await expectRefusal(.unknownJob(JobID(9))) { try await test.store.jobs.find(JobID(9)) }
        }
    }

    @Test func `a new job`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let job = try await test.enqueue(series, priority: .gapRepair)
            #expect(
                job
                    == BackfillJob(
                        id: JobID(1),
                        symbolID: series.symbol,
                        ticker: Ticker(stored: "AAPL", assetClass: .stock),
                        timeframe: .oneDay,
                        range: .sample(0)..<(.sample(10)),
                        state: .queued,
                        progress: BackfillJob.Progress(doneUntil: .sample(0), expectedUnits: 10),
                        attempts: 0,
                        nextAttempt: TestStore.start,
                        lease: nil,
                        error: nil,
                        priority: .gapRepair,
                        requestedBy: "alice",
                        createdAt: TestStore.start,
                        startedAt: nil,
                        finishedAt: nil
                    )
            )
            #expect(try await test.audited() == ["backfill.start | job 1: AAPL 1d 2026-01-01 to 2026-01-10"])
        }
    }

    @Test func `days become a range of the exchange`() async throws {
        try await withStore { test in
            let symbol = try await test.addSymbol()
            let day = try #require(TradingDay(iso: "2026-01-05"))
            let job = try await test.store.jobs.start(symbol, timeframe: .oneDay, from: day, to: day, by: test.alice)
            #expect(job.range.lowerBound.description == "2026-01-05T05:00:00Z")
            #expect(job.range.upperBound.description == "2026-01-06T05:00:00Z")
            #expect(job.progress.expectedUnits == 1)
            await expectRefusal(.emptyRange) {
                try await test.store.jobs.start(
                    symbol,
                    timeframe: .oneHour,
                    from: day,
                    to: day.advanced(by: -1),
                    by: test.alice
                )
            }
        }
    }

    @Test(
        arguments: [
            ("the same", 0..<10, false), ("its start", -5..<1, false), ("its end", 9..<20, false),
            ("around it", -1..<11, false), ("inside of it", 4..<5, false), ("before it", -5..<0, true),
            ("after it", 10..<20, true),
        ]
    )
    func `unfinished jobs of a series don't overlap`(name: String, days: Range<Int>, fits: Bool) async throws {
        try await withStore { test in
            let series = try await test.series()
            let first = try await test.enqueue(series).id
            if fits {
                #expect(try await test.enqueue(series, days: days).id == JobID(2))
            } else {
                await expectRefusal(.overlappingJob(first, symbol: "AAPL", timeframe: .oneDay)) {
                    try await test.enqueue(series, days: days)
                }
                // Nor while it runs or is paused, but when it is over.
                let claim = try await test.claim()
                await #expect(throws: StoreError.self) { _ = try await test.enqueue(series, days: days) }
                _ = try await test.store.jobs.pause(first, by: test.alice)
                await #expect(throws: StoreError.self) { _ = try await test.enqueue(series, days: days) }
                _ = try await test.store.jobs.cancel(first, by: test.alice)
                _ = try await test.enqueue(series, days: days)
                #expect(claim.job.id == first)
            }
            // Another series is another matter.
            _ = try await test.enqueue(CandleSeries(symbol: series.symbol, timeframe: .oneHour), days: days)
        }
    }

    @Test func `an inactive symbol gets no work`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let paused = try await test.enqueue(series).id
            _ = try await test.store.jobs.pause(paused, by: test.alice)
            let cancelled = try await test.enqueue(series, days: 10..<20).id
            _ = try await test.store.jobs.cancel(cancelled, by: test.alice)
            _ = try await test.store.symbols.setActive(false, symbol: series.symbol, by: test.alice)
            let refusal = StoreError.inactiveSymbol("AAPL")
            await expectRefusal(refusal) { try await test.enqueue(series, days: 20..<30) }
            await expectRefusal(refusal) { try await test.store.jobs.retry(cancelled, by: test.alice) }
            await expectRefusal(refusal) { try await test.store.jobs.resume(paused, by: test.alice) }
            _ = try await test.store.jobs.cancel(paused, by: test.alice)
            await expectRefusal(.unknownSymbol("#9")) {
                try await test.enqueue(CandleSeries(symbol: SymbolID(9), timeframe: .oneDay))
            }
        }
    }

    @Test func `what another job fetches by now is not retried`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let failed = try await test.enqueue(series).id
            try await test.store.leases.fail(test.claim(), error: "why", source: .polygon, by: test.alice)
            let other = try await test.enqueue(series, days: 5..<15).id
            await expectRefusal(.overlappingJob(other, symbol: "AAPL", timeframe: .oneDay)) {
                try await test.store.jobs.retry(failed, by: test.alice)
            }
        }
    }

    @Test func `retrying all retries what can be retried`() async throws {
        try await withStore { test in
            let series = try await test.series("AAPL")
            let inactive = try await test.series("MSFT")
            let free = try await test.series("TSLA")
            func fail(_ series: CandleSeries) async throws -> JobID {
                let id = try await test.enqueue(series).id
                try await test.store.leases.fail(test.claim(), error: "why", source: .polygon, by: test.alice)
                return id
            }
            // Twice the same range: only one of them can run.
            let first = try await fail(series)
            let second = try await fail(series)
            let third = try await fail(inactive)
            let fourth = try await fail(free)
            _ = try await test.store.symbols.setActive(false, symbol: inactive.symbol, by: test.alice)
            let retried = try await test.store.jobs.retryAllFailed(by: test.alice)
            #expect(retried.map(\.id) == [fourth, second])
            #expect(retried.map(\.state) == [.queued, .queued])
            #expect(
                try await test.store.jobs.list(JobStore.Query(states: [.failed])).map(\.id) == [third, first]
            )
        }
    }

    @Test func `a job that is tried again goes on from where it stopped, as a run of its own`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let id = try await test.enqueue(series).id
            let claim = try await test.claim()
            let progress = BackfillJob.Progress(
                doneUntil: .sample(4),
                candles: 3,
                rejected: 1,
                pages: 1,
                expectedUnits: 10,
                doneUnits: 4
            )
            try await test.store.leases.commit(.sample([.sample(0)]), progress, of: claim, leaseFor: .seconds(30))
            try await test.store.leases.fail(claim, error: "why", source: .polygon, by: test.alice)
            test.clock.advance(by: .seconds(86_400))
            let retried = try await test.store.jobs.retry(id, by: test.alice)
            #expect(retried.progress == progress)
            #expect(retried.error == nil)
            #expect(retried.startedAt == nil)
            test.clock.advance(by: .seconds(5))
            try await test.store.leases.complete(test.claim(), source: .polygon, by: test.alice)
            let runs = try await test.store.jobs.history(limit: 10)
            #expect(runs.map(\.outcome) == [.completed, .failed])
            #expect(runs[0].startedAt == TestStore.start + .seconds(86_405))
            #expect(runs[0].finishedAt == TestStore.start + .seconds(86_405))
        }
    }

    @Test func `lists the unfinished ones first, then the newest`() async throws {
        try await withStore { test in
            let series = try await test.series()
            for index in 0..<6 { _ = try await test.enqueue(series, days: (index * 10)..<(index * 10 + 10)) }
            let jobs = test.store.jobs
            try await test.store.leases.complete(test.claim(), source: .polygon, by: test.alice)
            _ = try await test.claim()
            _ = try await jobs.pause(JobID(3), by: test.alice)
            _ = try await jobs.cancel(JobID(4), by: test.alice)
            #expect(try await jobs.list().map(\.id.rawValue) == [2, 6, 5, 3, 4, 1])
            #expect(try await jobs.list(JobStore.Query(limit: 2, offset: 1)).map(\.id.rawValue) == [6, 5])
            #expect(try await jobs.count(JobStore.Query(limit: 2, offset: 1)) == 6)
            #expect(
                try await jobs.list(JobStore.Query(states: [.completed, .cancelled])).map(\.id.rawValue) == [4, 1]
            )
            #expect(try await jobs.count(JobStore.Query(states: [.queued], symbol: series.symbol)) == 2)
            #expect(try await jobs.count(JobStore.Query(symbol: SymbolID(9))) == 0)
        }
    }

    @Test(
        arguments: [
            (["aapl"], [2, 1]), (["1h"], [2]), (["failed"], [1]), (["rate", "LIMIT"], [1]), (["100%"], [1]),
            (["_"], []),
            (["queued", "aapl"], [2]), (["nothing"], []),
        ] as [([String], [Int64])]
    )
    func `words stand in id, symbol, timeframe, state or error`(words: [String], ids: [Int64]) async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await test.enqueue(series)
            try await test.store.leases.fail(
                test.claim(),
                error: "Rate limit: 100% used",
                source: .polygon,
                by: test.alice
            )
            _ = try await test.enqueue(CandleSeries(symbol: series.symbol, timeframe: .oneHour))
            let query = JobStore.Query(filter: .words(words))
            #expect(try await test.store.jobs.list(query).map(\.id.rawValue) == ids)
            #expect(try await test.store.jobs.count(query) == Int64(ids.count))
        }
    }
}
