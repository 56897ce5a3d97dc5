import Foundation
import Warehouse

/// A clock that only a test moves: who sleeps wakes when the test has moved it far enough.
final class ManualClock: WallClock, @unchecked Sendable {
    // Unchecked: everything that changes is only touched while `lock` is held.
    private struct Sleeper {
        let end: Timestamp
        let continuation: CheckedContinuation<Void, Never>
    }

    private let lock = NSLock()
    private var time: Timestamp
    private var sleepers: [Int: Sleeper] = [:]
    private var cancelled: Set<Int> = []
    private var nextID = 0

    init(_ time: Timestamp) {
        self.time = time
    }

    var now: Timestamp { lock.withLock { time } }

    /// How many sleep now.
    var sleeping: Int { lock.withLock { sleepers.count } }

    func set(_ time: Timestamp) {
        let due = lock.withLock {
            self.time = time
            let due = sleepers.filter { $0.value.end <= time }
            for id in due.keys { sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    func advance(by duration: Duration) {
        set(now + duration)
    }

    func sleep(for duration: Duration) async throws {
        let (id, end) = lock.withLock {
            nextID += 1
            return (nextID, time + duration)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = lock.withLock {
                    if time >= end || cancelled.remove(id) != nil { return true }
                    sleepers[id] = Sleeper(end: end, continuation: continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let sleeper = lock.withLock {
                let sleeper = sleepers.removeValue(forKey: id)
                if sleeper == nil { cancelled.insert(id) }
                return sleeper
            }
            sleeper?.continuation.resume()
        }
        try Task.checkCancellation()
    }
}
