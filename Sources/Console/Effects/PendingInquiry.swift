import Foundation
import Warehouse

/// The look at the store that has begun and not ended.
final class LookUnderWay: @unchecked Sendable {
    // Unchecked: the variables are only touched while the condition's lock is held.
    private let condition = NSCondition()
    private var since: Timestamp?
    private var number = 0
    private var isOverdue = false
    private var isStopped = false
    /// Whether somebody waits for a look to begin, rather than for the end of one.
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

    /// Returns whether it was overdue.
    func end() -> Bool {
        condition.withLock {
            since = nil
            return isOverdue
        }
    }

    /// Waits until one look has taken `patience`, and says when it began; once in each `patience`.
    ///
    /// `nil` when it is stopped.
    func waitUntilOverdue(after patience: Duration) -> Timestamp? {
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
                return since
            }
            return nil
        }
    }

    func stop() {
        condition.withLock {
            isStopped = true
            condition.broadcast()
        }
    }
}
