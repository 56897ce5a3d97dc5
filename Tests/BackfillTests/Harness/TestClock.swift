import Foundation
import Warehouse

/// A clock of virtual time: whoever sleeps moves it on and goes on at once.
///
/// Sleeps of exactly ``passive`` don't move it: they end when others have moved it far enough. So a worker whose
/// heartbeat is that long beats when it is due, and never drives time by itself.
final class TestClock: WallClock, @unchecked Sendable {
    // Unchecked: everything that changes is only touched while `lock` is held.
    static let passive = Duration.milliseconds(9_999)

    private struct Sleeper {
        let end: Timestamp
        let continuation: CheckedContinuation<Void, Never>
    }

    private let lock = NSLock()
    private let stands: Bool
    private var time: Timestamp
    private var sleepers: [Int: Sleeper] = [:]
    private var cancelled: Set<Int> = []
    private var nextID = 0

    /// `stands`: whether sleeping moves nothing: then only ``advance(by:)`` does.
    init(_ now: Timestamp = .at("2024-06-03T12:00:00Z"), stands: Bool = false) {
        time = now
        self.stands = stands
    }

    var now: Timestamp { lock.withLock { time } }

    /// How many sleeps have to be ended by others.
    var waiting: Int { lock.withLock { sleepers.count } }

    func advance(by duration: Duration) {
        let due = lock.withLock {
            time = time + duration
            let due = sleepers.filter { $0.value.end <= time }
            for id in due.keys { sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        if duration == Self.passive {
            await wait(for: duration)
        } else {
            if !stands { advance(by: duration) }
            await Task.yield()
        }
        try Task.checkCancellation()
    }

    private func wait(for duration: Duration) async {
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
    }
}
