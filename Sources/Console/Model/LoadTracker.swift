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
    private var underWay: Set<Load> = []
    private var wantedAgain: Set<Load> = []

    /// Whether `load` is to be started now; otherwise it will be wanted again when the one under way has ended.
    mutating func begin(_ load: Load) -> Bool {
        guard underWay.insert(load).inserted else {
            wantedAgain.insert(load)
            return false
        }
        return true
    }

    /// Takes note that `load` has ended; says whether it is wanted again.
    mutating func end(_ load: Load) -> Bool {
        underWay.remove(load)
        return wantedAgain.remove(load) != nil
    }

    func isUnderWay(_ load: Load) -> Bool { underWay.contains(load) }

    var isIdle: Bool { underWay.isEmpty }
}
