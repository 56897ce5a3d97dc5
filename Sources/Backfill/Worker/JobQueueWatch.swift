import Store
import Warehouse

/// Knows when it makes sense to ask for a job: after a change in the database, or when the time of one has come.
struct JobQueueWatch {
    private let tools: WorkerTools
    private var seen: Int64?
    private var due: Timestamp?

    init(tools: WorkerTools) {
        self.tools = tools
    }

    /// The next job, when there is one to be had.
    mutating func claim() async throws -> LeaseStore.Claim? {
        let store = tools.store
        guard await tools.condition.trouble == nil else { return nil }
        let counter = try store.changeCounter()
        let isDue = due.map { $0 <= tools.clock.now } ?? false
        guard counter != seen || isDue else { return nil }
        if try await store.workers.isPaused() {
            due = nil
            seen = counter
            return nil
        }
        let dead = tools.identity.abandonedOwners(among: try await store.leases.owners())
        let claim = try await store.leases.claim(
            by: tools.identity.text,
            for: tools.configuration.leaseDuration,
            abandoned: dead
        )
        if claim == nil {
            due = try await store.leases.nextDue()
            seen = counter
        }
        return claim
    }
}
