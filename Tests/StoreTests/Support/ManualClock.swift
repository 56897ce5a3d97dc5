import Foundation
import Warehouse

/// A clock that only a test moves.
final class ManualClock: WallClock, @unchecked Sendable {
    // Unchecked: `time` is only touched under `lock`.
    private let lock = NSLock()
    private var time: Timestamp

    init(_ time: Timestamp) {
        self.time = time
    }

    var now: Timestamp { lock.withLock { time } }

    func set(_ time: Timestamp) {
        lock.withLock { self.time = time }
    }

    func advance(by duration: Duration) {
        lock.withLock { time = time + duration }
    }

    func sleep(for duration: Duration) async throws {
        advance(by: duration)
    }
}
