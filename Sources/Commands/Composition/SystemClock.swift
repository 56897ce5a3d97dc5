import Foundation
package import Warehouse

/// The machine's own time.
package struct SystemClock: WallClock {
    package init() {}

    package var now: Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) }

    package func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}
