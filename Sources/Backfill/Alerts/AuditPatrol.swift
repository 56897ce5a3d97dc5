import Store
import Warehouse

/// Walks along the audit log: over all of it once a day, and over the rows that are new at each look.
///
/// So a look costs as much as rows came in, however many there are.
actor AuditPatrol {
    private let store: Store
    private let clock: any WallClock
    private let stretch: Int
    private var walk: AuditWalk?
    private var startedAt: Timestamp?
    /// What is known so far.
    private(set) var verdict = AuditVerdict.unknown

    /// How long a walk over all rows is good for.
    static let period = Duration.seconds(86_400)

    /// `stretch`: how many rows are checked on one snapshot.
    init(store: Store, clock: any WallClock, stretch: Int = 20_000) {
        self.store = store
        self.clock = clock
        self.stretch = stretch
    }

    /// Goes on to the end of the log, or to the first row that is wrong.
    ///
    /// `alarmedAt`: since when an alert about the log is open. Rows that were fine on an earlier walk are looked at again
    /// then: another process has found what came later.
    func look(alarmedAt: Timestamp?) async throws {
        beginAnewIfDue(alarmedAt: alarmedAt)
        let startedAt = startedAt ?? clock.now
        self.startedAt = startedAt
        while true {
            try Task.checkCancellation()
            switch try await store.audit.verify(after: walk, limit: stretch) {
            case .intact(let walk, let isAtEnd):
                self.walk = walk
                guard isAtEnd else { continue }
                verdict = .intact(since: startedAt)
                return
            case .broken(let row, let reason):
                verdict = .broken(at: row, reason: reason)
                // What the walk has seen is gone: the next begins with what there is.
                if walk.map({ $0.position.sequence >= row }) == true { restart() }
                return
            }
        }
    }

    private func beginAnewIfDue(alarmedAt: Timestamp?) {
        guard let startedAt else { return }
        let isOld = clock.now - startedAt >= Self.period
        guard case .intact = verdict else {
            if isOld { restart() }
            return
        }
        if isOld || alarmedAt.map({ startedAt <= $0 }) == true { restart() }
    }

    private func restart() {
        walk = nil
        startedAt = nil
    }
}
