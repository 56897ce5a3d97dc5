import Store
import Warehouse

/// The changes that an administrator can make, each of which leaves one row in the audit log.
enum AuditedChange: CaseIterable {
    case createKey, rotateKey, revokeKey, restoreKey, deleteKey, firstKey
    case addSymbol, deactivateSymbol, setTimeframes
    case enqueueJob, pauseJob, resumeJob, cancelJob, retryJob, completeJob, failJob
    case pauseWorkers

    /// What the changes are made to.
    struct Subjects {
        let key: KeyID
        let revoked: KeyID
        let symbol: SymbolID
        let queued: JobID
        let paused: JobID
        let cancelled: JobID
        let claim: LeaseStore.Claim

        init(_ test: TestStore) async throws {
            key = try await test.createKey("used", scope: .read).key.id
            revoked = try await test.createKey("revoked", scope: .read).key.id
            _ = try await test.store.keys.revoke(revoked, by: test.alice)
            let symbol = try await test.addSymbol().id
            self.symbol = symbol
            func job(_ timeframe: Timeframe) async throws -> JobID {
                let series = CandleSeries(symbol: symbol, timeframe: timeframe)
                return try await test.store.jobs.enqueue(
                    series,
                    range: .sample(0)..<(.sample(10)),
                    expectedUnits: 10,
                    by: test.alice
                ).id
            }
            _ = try await job(.oneDay)
            claim = try await test.claim()
            queued = try await job(.oneHour)
            paused = try await job(.fourHours)
            _ = try await test.store.jobs.pause(paused, by: test.alice)
            cancelled = try await job(.oneWeek)
            _ = try await test.store.jobs.cancel(cancelled, by: test.alice)
        }
    }

    func run(_ test: TestStore, _ subjects: Subjects) async throws {
        let store = test.store
        var generator = SeededGenerator(seed: 1)
        switch self {
        case .createKey: _ = try await test.createKey("another")
        case .firstKey: _ = try await store.keys.createFirst(by: test.alice, using: &generator)
        case .rotateKey: _ = try await store.keys.rotate(subjects.key, by: test.alice, using: &generator)
        case .revokeKey: _ = try await store.keys.revoke(subjects.key, by: test.alice)
        case .restoreKey: _ = try await store.keys.restore(subjects.revoked, by: test.alice)
        case .deleteKey: try await store.keys.delete(subjects.key, by: test.alice)
        case .addSymbol: _ = try await test.addSymbol("MSFT")
        case .deactivateSymbol: _ = try await store.symbols.setActive(false, symbol: subjects.symbol, by: test.alice)
        case .setTimeframes:
            _ = try await store.symbols.setTimeframes([.oneWeek], symbol: subjects.symbol, by: test.alice)
        case .enqueueJob:
            _ = try await store.jobs.enqueue(
                CandleSeries(symbol: subjects.symbol, timeframe: .fiveMinutes),
                range: .sample(0)..<(.sample(1)),
                expectedUnits: 1,
                by: test.alice
            )
        case .pauseJob: _ = try await store.jobs.pause(subjects.queued, by: test.alice)
        case .resumeJob: _ = try await store.jobs.resume(subjects.paused, by: test.alice)
        case .cancelJob: _ = try await store.jobs.cancel(subjects.queued, by: test.alice)
        case .retryJob: _ = try await store.jobs.retry(subjects.cancelled, by: test.alice)
        case .completeJob: try await store.leases.complete(subjects.claim, source: .polygon, by: test.alice)
        case .failJob: try await store.leases.fail(subjects.claim, error: "why", source: .polygon, by: test.alice)
        case .pauseWorkers: try await store.workers.setPaused(true, by: test.alice)
        }
    }
}
