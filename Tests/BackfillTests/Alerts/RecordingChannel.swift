import Foundation
import Warehouse

/// A channel that remembers what it was told, and fails as it is told.
final class RecordingChannel: AlertChannel, @unchecked Sendable {
    // Unchecked: everything that changes is only touched while `lock` is held.
    let name: String
    private let fails: @Sendable (Int) -> String?
    private let lock = NSLock()
    private var taken: [AlertNotice] = []
    private var attempts = 0

    /// `fails`: why the attempt with this number, counted from 0, fails; `nil` when it arrives.
    init(_ name: String = "webhook", _ fails: @escaping @Sendable (Int) -> String? = { _ in nil }) {
        self.name = name
        self.fails = fails
    }

    /// What arrived: `raised backfill.failed BTC 1h`.
    var delivered: [String] {
        lock.withLock { taken.map { "\($0.event.rawValue) \($0.alert.condition)" } }
    }

    var tries: Int { lock.withLock { attempts } }

    func send(_ notice: AlertNotice) async throws(AlertDeliveryFailure) {
        let number = lock.withLock {
            defer { attempts += 1 }
            return attempts
        }
        if let reason = fails(number) { throw AlertDeliveryFailure(reason) }
        lock.withLock { taken.append(notice) }
    }
}
