import Commands
import Warehouse

/// A clock that stands still.
struct FixedClock: WallClock {
    let now: Timestamp

    func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}

extension Timestamp {
    /// The machine's time.
    static var now: Timestamp { SystemClock().now }
}
