import Store
import Testing
import Warehouse

/// What a symbol shows of its backfills.
@Suite struct SymbolStatusTests {
    private func status(_ test: TestStore, _ series: CandleSeries) async throws -> (BackfillStatus, String?) {
        let symbol = try #require(try await test.store.symbols.overview(of: series.symbol)).symbol
        return (symbol.backfillStatus, symbol.backfillError)
    }

    @Test func `follows a job from queue to end`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let leases = test.store.leases
            _ = try await test.enqueue(series)
            #expect(try await status(test, series) == (.pending, nil))
            var claim = try await test.claim()
            #expect(try await status(test, series) == (.inProgress, nil))
            try await leases.postpone(claim, until: test.clock.now, error: "no answer", countsAsAttempt: true)
            #expect(try await status(test, series) == (.pending, "no answer"))
            claim = try await test.claim()
            #expect(try await status(test, series) == (.inProgress, nil))
            try await leases.fail(claim, error: "no plan", source: .polygon, by: test.alice)
            #expect(try await status(test, series) == (.failed, "no plan"))
            #expect(try await test.store.symbols.list()[0].lastBackfill == nil)
            _ = try await test.store.jobs.retry(JobID(1), by: test.alice)
            #expect(try await status(test, series) == (.pending, nil))
            test.clock.advance(by: .seconds(10))
            try await leases.complete(test.claim(), source: .polygon, by: test.alice)
            #expect(try await status(test, series) == (.completed, nil))
            #expect(try await test.store.symbols.list()[0].lastBackfill == TestStore.start + .seconds(10))
        }
    }

    @Test func `a paused job is not in progress`() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await test.enqueue(series)
            _ = try await test.claim()
            _ = try await test.store.jobs.pause(JobID(1), by: test.alice)
            #expect(try await status(test, series) == (.pending, nil))
            _ = try await test.store.jobs.resume(JobID(1), by: test.alice)
            #expect(try await status(test, series) == (.pending, nil))
        }
    }

    @Test func `a cancelled job leaves the outcome of the run before`() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await test.enqueue(series)
            _ = try await test.store.jobs.cancel(JobID(1), by: test.alice)
            #expect(try await status(test, series) == (.pending, nil))
            _ = try await test.enqueue(series)
            try await test.store.leases.fail(test.claim(), error: "no plan", source: .polygon, by: test.alice)
            _ = try await test.enqueue(series, days: 20..<30)
            _ = try await test.store.jobs.cancel(JobID(3), by: test.alice)
            #expect(try await status(test, series) == (.failed, "no plan"))
        }
    }

    @Test func `what runs is in progress, whatever happens to jobs beside it`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let hours = CandleSeries(symbol: series.symbol, timeframe: .oneHour)
            _ = try await test.enqueue(series)
            _ = try await test.claim()
            _ = try await test.enqueue(hours)
            #expect(try await status(test, series) == (.inProgress, nil))
            _ = try await test.store.jobs.cancel(JobID(2), by: test.alice)
            #expect(try await status(test, series) == (.inProgress, nil))
        }
    }
}
