import Logging
import Store
import Testing
import Warehouse

@testable import Backfill

/// The daily run: once a day over all processes, for the symbols that are active then.
@Suite struct SchedulerTests {
    private static let morning = Timestamp.at("2024-06-03T01:00:00Z")

    private static func scheduler(_ workshop: Workshop, store: Store? = nil, owner: String = "a") -> Scheduler {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return Scheduler(
            store: store ?? workshop.store,
            schedule: DailySchedule(),
            owner: owner,
            clock: workshop.clock,
            logger: logger
        )
    }

    /// A workshop in which a first look has been taken, an hour before the run of 02:00.
    private static func inTheMorning(_ body: (Workshop) async throws -> Void) async throws {
        try await Workshop.with(clock: TestClock(morning, stands: true)) { workshop in
            await scheduler(workshop).runIfDue()
            try await body(workshop)
        }
    }

    @Test func `a new warehouse begins with the next run`() async throws {
        try await Self.inTheMorning { workshop in
            var counts: [Int64] = []
            for wait in [Duration.zero, .zero, .seconds(3600)] {
                workshop.clock.advance(by: wait)
                await Self.scheduler(workshop).runIfDue()
                counts.append(try await workshop.store.jobs.count())
            }
            #expect(counts == [0, 0, 2])
        }
    }

    @Test func `a run is done once, and says what it did`() async throws {
        try await Self.inTheMorning { workshop in
            workshop.clock.advance(by: .seconds(3600))
            let second = try await workshop.secondStore()
            for _ in 1...3 {
                await Self.scheduler(workshop).runIfDue()
                await Self.scheduler(workshop, store: second, owner: "b").runIfDue()
            }
            let run = try #require(try await workshop.store.schedule.list(limit: 1).first)
            #expect(run.dueAt == .at("2024-06-03T02:00:00Z") && run.owner == "a")
            #expect(run.finishedAt != nil)
            #expect(run.outcome == ScheduleStore.Outcome(symbols: 1, jobs: 2))
            #expect(try await workshop.store.jobs.count() == 2)
            try second.close()
        }
    }

    @Test func `two processes at once do it once`() async throws {
        try await Self.inTheMorning { workshop in
            workshop.clock.advance(by: .seconds(3600))
            let second = try await workshop.secondStore()
            await withTaskGroup { group in
                for index in 0..<8 {
                    let store = index.isMultiple(of: 2) ? workshop.store : second
                    let scheduler = Self.scheduler(workshop, store: store, owner: "\(index)")
                    group.addTask { await scheduler.runIfDue() }
                }
            }
            #expect(try await workshop.store.schedule.list(limit: 10).count == 2)
            #expect(try await workshop.store.jobs.count() == 2)
            try second.close()
        }
    }

    @Test func `missed runs are caught up once`() async throws {
        try await Self.inTheMorning { workshop in
            workshop.clock.advance(by: .seconds(5 * 86_400))
            for _ in 1...3 { await Self.scheduler(workshop).runIfDue() }
            let runs = try await workshop.store.schedule.list(limit: 10)
            #expect(runs.map(\.dueAt) == [.at("2024-06-07T02:00:00Z"), .at("2024-06-02T02:00:00Z")])
            #expect(try await workshop.store.jobs.count() == 2)
        }
    }

    @Test func `a run whose process died is taken over when its lease is over`() async throws {
        try await Self.inTheMorning { workshop in
            workshop.clock.advance(by: .seconds(3600))
            let due = Timestamp.at("2024-06-03T02:00:00Z")
            #expect(try await workshop.store.schedule.claim(due, by: "dead", for: .seconds(600)))
            await Self.scheduler(workshop).runIfDue()
            #expect(try await workshop.store.jobs.count() == 0)
            workshop.clock.advance(by: .seconds(600))
            await Self.scheduler(workshop).runIfDue()
            #expect(try await workshop.store.jobs.count() == 2)
            // Who was thought dead ends nothing any more.
            try await workshop.store.schedule.finish(due, by: "dead", ScheduleStore.Outcome(jobs: 99))
            #expect(try await workshop.store.schedule.list(limit: 1).first?.outcome.jobs == 2)
        }
    }

    @Test func `symbols are loaded anew, and inactive ones left out`() async throws {
        try await Self.inTheMorning { workshop in
            _ = try await workshop.store.symbols.setActive(false, symbol: workshop.symbol.id, by: workshop.admin)
            workshop.clock.advance(by: .seconds(3600))
            await Self.scheduler(workshop).runIfDue()
            // Nothing to do is a run too.
            #expect(try await workshop.store.schedule.list(limit: 1).first?.outcome == ScheduleStore.Outcome())
            _ = try await workshop.store.symbols.add(
                Ticker(stored: "AAPL", assetClass: .stock),
                timeframes: [.oneDay],
                by: workshop.admin
            )
            workshop.clock.advance(by: .seconds(86_400))
            await Self.scheduler(workshop).runIfDue()
            let job = try #require(try await workshop.store.jobs.list().first)
            #expect(job.ticker.symbol == "AAPL" && job.priority == .newSymbol)
            #expect(job.requestedBy == "scheduler")
            #expect(try await workshop.store.jobs.count() == 1)
        }
    }

    @Test func `a series with candles is asked for 30 days back, whoever fetches it already is left alone`()
        async throws
    {
        try await Self.inTheMorning { workshop in
            let early = try await workshop.enqueue("2024-05-01", "2024-05-03")
            let feed = ScriptedFeed(clock: workshop.clock) { HourlyMarket().page(for: $0) }
            _ = try await workshop.finish(early, workshop.worker(feed))
            let running = try await workshop.enqueue("2024-06-01", "2024-06-03", .oneDay)
            workshop.clock.advance(by: .seconds(3600))
            await Self.scheduler(workshop).runIfDue()
            let jobs = try await workshop.store.jobs.list().filter { $0.id != running.id && $0.id != early.id }
            #expect(jobs.map(\.timeframe) == [.oneHour])
            #expect(jobs.first?.days.first == .on("2024-05-04") && jobs.first?.priority == .dailyTail)
            let outcome = try await workshop.store.schedule.list(limit: 1).first?.outcome
            #expect(outcome == ScheduleStore.Outcome(symbols: 1, jobs: 1, skipped: 1))
        }
    }
}
