import Foundation
import Warehouse

/// The question to the store that is not answered yet.
final class PendingInquiry: @unchecked Sendable {
    // Unchecked: the variables are only touched while the condition's lock is held.
    private let condition = NSCondition()
    private var since: Timestamp?
    private var number = 0
    private var isOverdue = false
    private var isStopped = false
    /// Whether ``watch(patience:_:)`` waits for one to begin, rather than for the end of one.
    private var isAwaited = false

    /// `since`: when the store was first asked what it has not answered yet.
    func begin(at since: Timestamp) {
        condition.withLock {
            self.since = since
            number += 1
            isOverdue = false
            if isAwaited { condition.broadcast() }
        }
    }

    /// Returns whether it was told as overdue.
    func end() -> Bool {
        condition.withLock {
            since = nil
            return isOverdue
        }
    }

    /// Until ``stop()``: calls `tell` each time that one inquiry has taken another `patience`, with the time since when it is
    /// under way.
    ///
    /// Nobody ends the inquiry while `tell` runs, so what is said about its end comes later.
    func watch(patience: Duration, _ tell: (Timestamp) -> Void) {
        condition.withLock {
            while !isStopped {
                guard since != nil else {
                    isAwaited = true
                    condition.wait()
                    isAwaited = false
                    continue
                }
                let waited = number
                let end = Date(timeIntervalSinceNow: patience.inSeconds)
                while !isStopped, condition.wait(until: end) {}
                guard !isStopped, number == waited, let since else { continue }
                isOverdue = true
                tell(since)
            }
        }
    }

    func stop() {
        condition.withLock {
            isStopped = true
            condition.broadcast()
        }
    }
}
