import Store
import Warehouse

/// What the lanes of a worker share: which jobs they hold, and whether the vendor refuses to serve.
actor WorkerCondition {
    /// Why the worker fetches nothing, until it is started again; `nil` while all is well.
    private(set) var trouble: String?
    private var claims: [JobID: LeaseStore.Claim] = [:]

    var held: [LeaseStore.Claim] { Array(claims.values) }

    func hold(_ claim: LeaseStore.Claim) {
        claims[claim.job.id] = claim
    }

    func release(_ claim: LeaseStore.Claim) {
        claims[claim.job.id] = nil
    }

    /// Returns whether this is news.
    func stop(because trouble: String) -> Bool {
        defer { self.trouble = trouble }
        return self.trouble == nil
    }
}
