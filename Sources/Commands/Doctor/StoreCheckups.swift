import Store
import Warehouse

/// What an open database says of itself.
struct StoreCheckups {
    let store: Store
    let now: Timestamp

    /// Reads the whole database.
    func all() async throws -> [Checkup] {
        let summary = try await store.summary()
        return [try await structure(), try await audit(), try await keys(), worker(summary), jobs(summary)]
    }

    private func structure() async throws -> Checkup {
        let problems = try await store.engine.integrityProblems()
        return problems.isEmpty
            ? .ok("structure", "the integrity check found nothing")
            : .problem("structure", problems.prefix(5).joined(separator: "; "))
    }

    private func audit() async throws -> Checkup {
        switch try await store.audit.verify() {
        case .intact(let rows, _): .ok("audit", "\(rows.counted("row")), the chain is intact")
        case .broken(let row, let reason): .problem("audit", "broken at row \(row): \(reason)")
        }
    }

    private func keys() async throws -> Checkup {
        let usable = try await store.keys.list(KeyStore.Query(usableOnly: true, limit: .max))
        let admins = usable.filter { $0.scope == .admin }.count
        guard admins > 0 else {
            return .problem("keys", "no admin key is usable: create one with 'mdw keys create'")
        }
        return .ok("keys", "\(usable.count.counted("usable key")), \(admins) of them for administration")
    }

    private func worker(_ summary: StoreSummary) -> Checkup {
        let alive = summary.workers.filter { $0.isAlive(at: now) }
        if let trouble = alive.compactMap(\.trouble).first { return .problem("worker", trouble) }
        if summary.workersPaused { return .warning("worker", "all workers are paused") }
        guard alive.isEmpty else {
            return .ok("worker", "\(alive.count.counted("worker")) alive: \(alive.map(\.id).joined(separator: ", "))")
        }
        return .warning("worker", "none is running: start one with 'mdw worker'")
    }

    private func jobs(_ summary: StoreSummary) -> Checkup {
        let text = "\(summary.unfinishedJobs.grouped) unfinished, \(summary.failedJobs.grouped) failed"
        return summary.failedJobs > 0
            ? .warning("jobs", "\(text): see 'mdw backfill list --state failed'") : .ok("jobs", text)
    }
}
