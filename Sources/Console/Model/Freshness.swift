import Store
import Warehouse

/// How old what the console shows is, and what the store last said.
struct Freshness: Sendable {
    /// The counters of what was last asked for.
    var generations: Generations?
    /// The store's change counter when they were read.
    var counter: Int64?
    /// Since when the store has not answered; `nil` while it does.
    var silentSince: Timestamp?
    /// Why the store can't be read, in one sentence.
    var failure: String?
    /// Changes and other things that were asked for once and are not answered yet.
    var pendingCommands = 0 {
        didSet { if pendingCommands == 0 { pendingSince = nil } }
    }
    /// Since when something that was asked for once is not answered.
    var pendingSince: Timestamp?

    /// The age of what is shown once it is worth telling: after two seconds without an answer.
    func staleness(at now: Timestamp) -> Duration? {
        guard let silentSince, now - silentSince >= .seconds(2) else { return nil }
        return now - silentSince
    }
}
