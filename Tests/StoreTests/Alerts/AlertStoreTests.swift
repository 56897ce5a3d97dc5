import Testing
import Warehouse

@testable import Store

@Suite struct AlertStoreTests {
    static let rules = AlertRules(staleAfter: .seconds(36_525 * 86_400))
    static let watch = Actor(source: .worker, name: "alerts")

    @Test func `a failed run is raised once, kept, and resolved by a run that works`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.failRun(of: series, error: "HTTP 500")
            let raised = try await test.settle().raised
            #expect(
                raised.map { "\($0.id.rawValue) \($0.condition): \($0.message)" } == [
                    "1 backfill.failed AAPL 1d: HTTP 500"
                ]
            )
            #expect(try await test.audited() == ["alert.raise | backfill.failed AAPL 1d: HTTP 500"])
            #expect(try await test.settle() == AlertStore.Settlement())

            // Trying again ends nothing yet, and failing again is no other alert.
            _ = try await test.store.jobs.retryAllFailed(by: test.alice)
            #expect(try await test.settle() == AlertStore.Settlement())
            try await test.store.leases.fail(test.claim(), error: "HTTP 502", source: .polygon, by: test.alice)
            #expect(try await test.settle() == AlertStore.Settlement())

            _ = try await test.store.jobs.retryAllFailed(by: test.alice)
            try await test.store.leases.complete(test.claim(), source: .polygon, by: test.alice)
            test.clock.advance(by: .seconds(60))
            let resolved = try await test.settle().resolved
            #expect(resolved.map(\.resolvedAt) == [test.clock.now])
            #expect(try await test.audited() == ["alert.resolve | backfill.failed AAPL 1d, raised \(TestStore.start)"])
            #expect(try await test.store.alerts.list(limit: 10).isEmpty)
            #expect(try await test.store.alerts.list(all: true, limit: 10).map(\.alert) == resolved)
            #expect(
                try await test.store.audit.verify()
                    == .intact(rows: test.store.audit.anchor().sequence, head: test.store.audit.anchor())
            )

            // The condition can come again: that is another alert.
            _ = try await test.enqueue(series)
            try await test.store.leases.fail(test.claim(), error: "HTTP 503", source: .polygon, by: test.alice)
            #expect(try await test.settle().raised.map(\.id.rawValue) == [2])
        }
    }

    @Test func `an inactive symbol has no alerts`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.failRun(of: series, error: "e")
            _ = try await test.settle()
            _ = try await test.store.symbols.setActive(false, symbol: series.symbol, by: test.alice)
            #expect(try await test.settle().resolved.count == 1)
        }
    }

    @Test func `a live worker in trouble is a refused key, a completed run ends it`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.store.workers.beat("w", feed: .polygon, trouble: "the vendor refuses the key")
            #expect(
                try await test.settle().raised.map { "\($0.condition) \($0.severity)" } == [
                    "vendor.key_refused critical"
                ]
            )
            // It died, and another has just started: that proves nothing.
            test.clock.advance(by: .seconds(60))
            try await test.store.workers.beat("v", feed: .polygon, trouble: nil)
            #expect(try await test.settle() == AlertStore.Settlement())
            _ = try await test.enqueue(series)
            let claim = try await test.claim()
            var progress = claim.job.progress
            progress.pages = 1
            try await test.store.leases.commit(.sample([.sample(1)]), progress, of: claim, leaseFor: .seconds(30))
            try await test.store.leases.complete(claim, source: .polygon, by: test.alice)
            #expect(try await test.settle().resolved.count == 1)
        }
    }

    @Test func `data goes stale and comes back`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.write(.sample([.sample(1)]), of: series)
            // The 2nd of January 2026 is a Friday.
            test.clock.set(.sample(4))
            let rules = AlertRules()
            #expect(try await test.settle(rules).raised.map { "\($0.condition)" } == [])
            test.clock.set(.sample(11))
            #expect(try await test.settle(rules).raised.map { "\($0.condition)" } == ["data.stale AAPL"])
            try await test.write(.sample((1...10).map { .sample($0) }), of: series)
            for timeframe in Timeframe.allCases {
                let other = CandleSeries(symbol: series.symbol, timeframe: timeframe)
                try await test.write(.sample((1...10).map { .sample($0) }), of: other)
            }
            #expect(try await test.settle(rules).resolved.map { "\($0.condition)" } == ["data.stale AAPL"])
        }
    }

    @Test func `two stores at once raise one alert`() async throws {
        try await withStore { test in
            for symbol in ["AAPL", "MSFT", "NVDA"] { try await test.failRun(of: test.series(symbol), error: "e") }
            let other = try await test.another()
            let raised = try await withThrowingTaskGroup { group in
                for store in [test.store, other, test.store, other] {
                    group.addTask { try await test.settle(in: store).raised.count }
                }
                return try await group.reduce(0, +)
            }
            try other.close()
            #expect(raised == 3)
            #expect(try await test.count("SELECT COUNT(*) FROM alerts") == 3)
        }
    }

    @Test func `no second open row of a condition can be written`() async throws {
        try await withStore { test in
            let row =
                "INSERT INTO alerts (id, kind, subject, severity, message, raised_at) VALUES (%, 'k', 's', 'info', '', 0)"
            try await test.tamper(row.replacing("%", with: "1"))
            await #expect(throws: StoreError.self) { try await test.tamper(row.replacing("%", with: "2")) }
            try await test.tamper("UPDATE alerts SET resolved_at = 1")
            try await test.tamper(row.replacing("%", with: "2"))
        }
    }

    @Test func `runs of the old service raise nothing`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.failRun(of: series, error: "e")
            try await test.tamper("UPDATE backfill_history SET job_id = 0")
            #expect(try await test.settle().raised.isEmpty)
        }
    }
}

extension TestStore {
    func settle(
        _ rules: AlertRules = AlertStoreTests.rules,
        audit: AuditVerdict = .unknown,
        channels: [String] = ["webhook"],
        in store: Store? = nil
    ) async throws -> AlertStore.Settlement {
        try await (store ?? self.store).alerts.settle(
            by: rules,
            audit: audit,
            channels: channels,
            actor: AlertStoreTests.watch
        )
    }

    /// Lets a backfill of the series fail.
    func failRun(of series: CandleSeries, error: String) async throws {
        _ = try await enqueue(series)
        try await store.leases.fail(claim(), error: error, source: .polygon, by: alice)
    }
}
