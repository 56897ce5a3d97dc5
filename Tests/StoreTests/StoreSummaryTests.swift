import Store
import Testing
import Warehouse

@Suite struct StoreSummaryTests {
    @Test func `an empty store`() async throws {
        try await withStore { test in
            let summary = try await test.store.summary()
            #expect(summary.activeSymbols == 0 && summary.candles == 0 && summary.rejected == 0)
            #expect(summary.latest == nil)
            #expect(summary.usableKeys == 0 && summary.unfinishedJobs == 0 && summary.failedJobs == 0)
            #expect(summary.auditRows == 0)
            #expect(summary.workers.isEmpty)
            #expect(!summary.workersPaused)
        }
    }

    @Test func `adds up what there is`() async throws {
        try await withStore { test in
            let series = try await test.series("AAPL")
            let other = try await test.series("MSFT")
            _ = try await test.store.symbols.setActive(false, symbol: other.symbol, by: test.alice)
            let rejected = RejectedCandle(rule: .v02, time: nil, raw: "{}", reason: "why")
            try await test.write(.sample([.sample(0), .sample(7)]), of: series)
            try await test.write(.sample([.sample(3)], rejected: [rejected]), of: other)
            _ = try await test.createKey()
            _ = try await test.createKey(expiresAt: TestStore.start + .seconds(1))
            _ = try await test.enqueue(series)
            try await test.store.leases.fail(test.claim(), error: "why", source: .polygon, by: test.alice)
            _ = try await test.enqueue(series)
            _ = try await test.enqueue(series, days: 10..<20)
            try await test.store.workers.beat("worker", feed: .polygon, trouble: nil)
            try await test.store.workers.setPaused(true, by: test.alice)
            test.clock.advance(by: .seconds(1))
            let summary = try await test.store.summary()
            #expect(summary.activeSymbols == 1)
            #expect(summary.candles == 3)
            #expect(summary.rejected == 1)
            #expect(summary.latest == .sample(7))
            #expect(summary.usableKeys == 1)
            #expect(summary.unfinishedJobs == 2)
            #expect(summary.failedJobs == 1)
            #expect(summary.auditRows == 10)
            #expect(try await summary.auditRows == test.store.audit.count())
            #expect(summary.workers.map(\.id) == ["worker"])
            #expect(summary.workersPaused)
        }
    }
}
