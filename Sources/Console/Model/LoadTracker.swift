import Warehouse

/// Something that is read from the store.
enum Load: Hashable, Sendable, CaseIterable {
    case symbols
    case keys
    case jobs
    case audit
    case summary
    case detail
    case completions
}

/// Which reads are under way, so that at most one of a kind is, and none is forgotten.
struct LoadTracker: Sendable {
    /// When each was begun.
    private var underWay: [Load: Timestamp] = [:]
    private var wantedAgain: Set<Load> = []

    /// Whether `load` is to be started now; otherwise it will be wanted again when the one under way has ended.
    mutating func begin(_ load: Load, at now: Timestamp) -> Bool {
        guard underWay[load] == nil else {
            wantedAgain.insert(load)
            return false
        }
        underWay[load] = now
        return true
    }

    /// Takes note that `load` has ended; says whether it is wanted again.
    mutating func end(_ load: Load) -> Bool {
        underWay[load] = nil
        return wantedAgain.remove(load) != nil
    }

    func isUnderWay(_ load: Load) -> Bool { underWay[load] != nil }

    var isIdle: Bool { underWay.isEmpty }

    /// When the one that is under way the longest was begun.
    var oldest: Timestamp? { underWay.values.min() }
}
