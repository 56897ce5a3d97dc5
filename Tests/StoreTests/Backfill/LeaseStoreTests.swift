import Testing
import Warehouse

@testable import Store

@Suite struct LeaseStoreTests {
    private static let progress = BackfillJob.Progress(
        doneUntil: .sample(3),
        cursor: "next",
        candles: 3,
        rejected: 1,
        pages: 1,
        expectedUnits: 10,
        doneUnits: 3
    )

    private static let page = CandleBatch.sample(
        [.sample(0), .sample(1), .sample(2)],
        rejected: [RejectedCandle(rule: .v02, time: nil, raw: "{}", reason: "why")],
        coverage: [CoverageInterval(.sample(0)..<(.sample(3)), .had)]
    )

    @Test func `a claim takes the most urgent job that is due, and of these the oldest`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let priorities: [JobPriority] = [.deepHistory, .manual, .dailyTail, .manual, .newSymbol, .gapRepair]
            for (index, priority) in priorities.enumerated() {
                _ = try await test.enqueue(series, days: index..<(index + 1), priority: priority)
            }
            var order: [Int64] = []
            while let claim = try await test.store.leases.claim(by: "worker", for: .seconds(30)) {
                order.append(claim.job.id.rawValue)
                #expect(claim.job.state == .running)
                #expect(claim.token == 1)
                #expect(claim.job.startedAt == TestStore.start)
                #expect(
                    claim.job.lease
                        == BackfillJob.Lease(owner: "worker", token: 1, expiresAt: TestStore.start + .seconds(30))
                )
            }
            #expect(order == [2, 4, 5, 3, 6, 1])
            #expect(try await test.store.leases.owners() == ["worker"])
        }
    }

    @Test func `an idle poll writes nothing`() async throws {
        try await withStore { test in
            _ = try await test.enqueue(try await test.series())
            _ = try await test.claim()
            let counter = try test.store.changeCounter()
            #expect(try await test.store.leases.claim(by: "other", for: .seconds(30)) == nil)
            #expect(try test.store.changeCounter() == counter)
        }
    }

    @Test func `a job is claimed at its time and not before`() async throws {
        try await withStore { test in
            _ = try await test.enqueue(try await test.series())
            let leases = test.store.leases
            #expect(try await leases.nextDue() == TestStore.start)
            let later = TestStore.start + .seconds(60)
            try await leases.postpone(test.claim(), until: later, error: "no answer", countsAsAttempt: true)
            let postponed = try await test.store.jobs.find(JobID(1))
            #expect(postponed.state == .queued && postponed.lease == nil)
            #expect(postponed.attempts == 1 && postponed.error == "no answer" && postponed.nextAttempt == later)
            #expect(try await leases.nextDue() == later)
            test.clock.set(later - .microseconds(1))
            #expect(try await leases.claim(by: "worker", for: .seconds(30)) == nil)
            test.clock.set(later)
            let claim = try await test.claim()
            #expect(claim.token == 2)
            #expect(try await leases.nextDue() == later + .seconds(30))
            try await leases.postpone(claim, until: later, error: nil, countsAsAttempt: false)
            #expect(try await test.store.jobs.find(JobID(1)).attempts == 1)
            try await leases.complete(test.claim(), source: .polygon, by: test.alice)
            #expect(try await leases.nextDue() == nil)
            #expect(try await leases.owners().isEmpty)
        }
    }

    @Test func `a lease that ran out is taken over, at the instant`() async throws {
        try await withStore { test in
            _ = try await test.enqueue(try await test.series())
            let first = try await test.claim(by: "first")
            test.clock.advance(by: .seconds(30) - .microseconds(1))
            #expect(try await test.store.leases.claim(by: "second", for: .seconds(30)) == nil)
            test.clock.advance(by: .microseconds(1))
            let second = try await test.claim(by: "second")
            #expect(second.job.id == first.job.id)
            #expect(second.token == first.token + 1)
            #expect(second.job.lease?.owner == "second")
            #expect(second.job.startedAt == TestStore.start)
        }
    }

    @Test func `the job of a worker that is known to be dead is taken over at once`() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await test.enqueue(series)
            _ = try await test.enqueue(series, days: 10..<20)
            _ = try await test.claim(by: "dead")
            _ = try await test.claim(by: "living")
            #expect(try await test.store.leases.owners() == ["dead", "living"])
            let claim = try await test.claim(by: "heir", abandoned: ["long gone", "dead"])
            #expect(claim.job.id == JobID(1))
            #expect(try await test.store.leases.claim(by: "heir", for: .seconds(30), abandoned: ["dead"]) == nil)
        }
    }

    @Test func `a renewed lease lasts from now`() async throws {
        try await withStore { test in
            _ = try await test.enqueue(try await test.series())
            let claim = try await test.claim()
            test.clock.advance(by: .seconds(20))
            try await test.store.leases.renew(claim, for: .seconds(30))
            #expect(try await test.store.jobs.find(JobID(1)).lease?.expiresAt == TestStore.start + .seconds(50))
        }
    }

    @Test func `a commit stores page and progress together`() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await test.enqueue(series)
            let claim = try await test.claim()
            test.clock.advance(by: .seconds(10))
            let before = try await test.store.generations()
            try await test.store.leases.commit(Self.page, Self.progress, of: claim, leaseFor: .seconds(30))
            let job = try await test.store.jobs.find(JobID(1))
            #expect(job.progress == Self.progress)
            #expect(job.state == .running)
            #expect(job.lease?.expiresAt == TestStore.start + .seconds(40))
            #expect(try await test.store.candles.statistics().map(\.candles) == [3])
            #expect(try await test.store.candles.coverage(of: series) == Self.page.coverage)
            #expect(
                try await test.store.candles.rejected(of: series.symbol, limit: 9).map(\.candle) == Self.page.rejected
            )
            let after = try await test.store.generations()
            #expect(after[.jobs] > before[.jobs] && after[.candles] > before[.candles])
            #expect(after[.audit] == before[.audit])
        }
    }

    @Test func `failed attempts are forgotten when the job comes further`() async throws {
        try await withStore { test in
            _ = try await test.enqueue(try await test.series())
            let leases = test.store.leases
            for _ in 0..<3 {
                try await leases.postpone(test.claim(), until: test.clock.now, error: "why", countsAsAttempt: true)
            }
            let claim = try await test.claim()
            var progress = Self.progress
            progress.doneUntil = .sample(0)
            try await leases.commit(.sample([]), progress, of: claim, leaseFor: .seconds(30))
            #expect(try await test.store.jobs.find(JobID(1)).attempts == 3)
            try await leases.commit(Self.page, Self.progress, of: claim, leaseFor: .seconds(30))
            let job = try await test.store.jobs.find(JobID(1))
            #expect(job.attempts == 0)
            #expect(job.error == nil)
        }
    }

    @Test func `a completed job is done to its end`() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await test.enqueue(series)
            let claim = try await test.claim()
            test.clock.advance(by: .seconds(10))
            try await test.store.leases.commit(Self.page, Self.progress, of: claim, leaseFor: .seconds(30))
            try await test.store.leases.complete(claim, source: .polygon, by: Actor(source: .worker, name: "worker"))
            let job = try await test.store.jobs.find(JobID(1))
            #expect(job.state == .completed && job.lease == nil && job.error == nil)
            #expect(job.progress.doneUntil == .sample(10) && job.progress.doneUnits == 10 && job.progress.cursor == nil)
            #expect(job.finishedAt == TestStore.start + .seconds(10))
            #expect(
                try await test.store.jobs.history(of: series.symbol, limit: 10) == [
                    BackfillRun(
                        id: 1,
                        job: JobID(1),
                        symbol: "AAPL",
                        timeframe: .oneDay,
                        range: .sample(0)..<(.sample(10)),
                        outcome: .completed,
                        candles: 3,
                        rejected: 1,
                        pages: 1,
                        error: nil,
                        source: .polygon,
                        startedAt: TestStore.start,
                        finishedAt: TestStore.start + .seconds(10)
                    )
                ]
            )
            #expect(
                try await test.audited()
                    == ["backfill.completed | job 1: AAPL 1d 2026-01-01 to 2026-01-10, 3 candles, 1 rejected"]
            )
        }
    }

    @Test func `a failed job keeps what it has, and says why`() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await test.enqueue(series)
            let claim = try await test.claim()
            try await test.store.leases.commit(Self.page, Self.progress, of: claim, leaseFor: .seconds(30))
            let error = "no\u{1B} plan" + String(repeating: "x", count: 1000)
            try await test.store.leases.fail(claim, error: error, source: .polygon, by: test.alice)
            let job = try await test.store.jobs.find(JobID(1))
            #expect(job.state == .failed)
            #expect(job.error?.hasPrefix("no\u{FFFD} planx") == true)
            #expect(job.error?.count == 501)
            #expect(job.progress.doneUntil == .sample(3) && job.progress.cursor == nil)
            let run = try await test.store.jobs.history(limit: 1)[0]
            #expect(run.outcome == .failed && run.error == job.error)
            #expect(try await test.audited()[0].hasPrefix("backfill.failed | job 1: AAPL 1d"))
        }
    }

    @Test func `a cancelled job has its row in the history too`() async throws {
        try await withStore { test in
            let other = try await test.series("MSFT")
            _ = try await test.enqueue(try await test.series())
            _ = try await test.store.jobs.cancel(JobID(1), by: test.alice)
            let runs = try await test.store.jobs.history(limit: 10)
            #expect(runs.map(\.outcome) == [.cancelled])
            #expect(runs.map(\.source) == [nil])
            #expect(runs.map(\.startedAt) == [TestStore.start])
            #expect(try await test.store.jobs.history(of: other.symbol, limit: 10).isEmpty)
        }
    }

    /// How a worker comes to lose its job.
    enum Loss: CaseIterable {
        case paused, cancelled, pausedAndResumed, takenOver, completed, failed, postponed, postponedAndClaimed

        func happen(_ test: TestStore, _ claim: LeaseStore.Claim) async throws {
            let jobs = test.store.jobs
            let leases = test.store.leases
            let id = claim.job.id
            switch self {
            case .paused: _ = try await jobs.pause(id, by: test.alice)
            case .cancelled: _ = try await jobs.cancel(id, by: test.alice)
            case .pausedAndResumed:
                _ = try await jobs.pause(id, by: test.alice)
                _ = try await jobs.resume(id, by: test.alice)
                _ = try await test.claim(by: "other")
            case .takenOver:
                test.clock.advance(by: .seconds(30))
                _ = try await test.claim(by: "other")
            case .completed: try await leases.complete(claim, source: .polygon, by: test.alice)
            case .failed: try await leases.fail(claim, error: "why", source: .polygon, by: test.alice)
            case .postponed: try await leases.postpone(claim, until: test.clock.now, error: nil, countsAsAttempt: true)
            case .postponedAndClaimed:
                try await leases.postpone(claim, until: test.clock.now, error: nil, countsAsAttempt: true)
                // By the same worker: the old token is dead all the same.
                _ = try await test.claim()
            }
        }
    }

    @Test(arguments: Loss.allCases)
    func `who has lost the job writes nothing any more`(loss: Loss) async throws {
        try await withStore { test in
            _ = try await test.enqueue(try await test.series())
            let claim = try await test.claim()
            try await loss.happen(test, claim)
            let leases = test.store.leases
            let before = try await test.content()
            let rows = try await test.store.audit.count()
            let lost = StoreError.leaseLost(claim.job.id)
            await expectRefusal(lost) {
                try await leases.commit(Self.page, Self.progress, of: claim, leaseFor: .seconds(30))
            }
            await expectRefusal(lost) { try await leases.renew(claim, for: .seconds(30)) }
            await expectRefusal(lost) { try await leases.complete(claim, source: .polygon, by: test.alice) }
            await expectRefusal(lost) { try await leases.fail(claim, error: "", source: .polygon, by: test.alice) }
            await expectRefusal(lost) {
                try await leases.postpone(claim, until: test.clock.now, error: nil, countsAsAttempt: true)
            }
            #expect(try await test.content() == before)
            #expect(try await test.store.audit.count() == rows)
        }
    }

    @Test func `a lease that ran out but that nobody took still holds`() async throws {
        try await withStore { test in
            _ = try await test.enqueue(try await test.series())
            let claim = try await test.claim()
            test.clock.advance(by: .seconds(3600))
            try await test.store.leases.commit(Self.page, Self.progress, of: claim, leaseFor: .seconds(30))
            #expect(try await test.store.jobs.find(JobID(1)).lease?.expiresAt == test.clock.now + .seconds(30))
        }
    }

    @Test func `claimers in two stores at once share the jobs out`() async throws {
        try await withStore { test in
            let series = try await test.series()
            for index in 0..<20 { _ = try await test.enqueue(series, days: index..<(index + 1)) }
            let other = try await test.another()
            let claimed = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for index in 0..<6 {
                    let store = index.isMultiple(of: 2) ? test.store : other
                    group.addTask {
                        var ids: [Int64] = []
                        while let claim = try await store.leases.claim(by: "worker \(index)", for: .seconds(30)) {
                            ids.append(claim.job.id.rawValue)
                        }
                        return ids
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.sorted() == Array(1...20))
            try other.close()
        }
    }
}
