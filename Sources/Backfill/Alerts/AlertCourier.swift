import Logging
import Store
import Warehouse

/// Brings notices to one channel, one after the other, until each has arrived.
///
/// What is still to be sent stands in the store: nothing is lost when the process dies, and of several processes one sends.
struct AlertCourier: Sendable {
    let store: Store
    let channel: any AlertChannel
    let owner: String
    let clock: any WallClock
    let logger: Logger

    /// How long a process may take to send a notice before another takes it over; longer than a channel ever takes.
    static let lease = Duration.seconds(120)
    /// How often to look for what other processes have raised.
    private static let look = Duration.seconds(5)

    /// Works until it is cancelled.
    func run() async {
        while !Task.isCancelled {
            let next = await deliverDue()
            let pause = next.map { max(.milliseconds(100), min($0 - clock.now, Self.look)) } ?? Self.look
            // Only cancellation ends the sleep early.
            guard (try? await clock.sleep(for: pause)) != nil else { return }
        }
    }

    /// Sends everything that is due now; returns when something is due again, if that is known.
    func deliverDue() async -> Timestamp? {
        do {
            while !Task.isCancelled {
                switch try await store.alerts.claim(channel.name, by: owner, for: Self.lease) {
                case .nothing(let next): return next
                case .delivery(let delivery): try await deliver(delivery)
                }
            }
        } catch {
            logger.error(
                "an alert can't be delivered: the store is not available",
                metadata: ["channel": "\(channel.name)", "error": "\(error)"]
            )
        }
        return nil
    }

    private func deliver(_ delivery: AlertDelivery) async throws {
        do {
            try await channel.send(delivery.notice)
        } catch {
            let delay = Task.isCancelled ? .zero : AlertRetry.delay(afterAttempts: delivery.attempt)
            logger.warning(
                "an alert was not delivered",
                metadata: [
                    "channel": "\(channel.name)", "condition": "\(delivery.notice.alert.condition)",
                    "error": "\(error)", "attempt": "\(delivery.attempt)",
                ]
            )
            // Without it the next process would wait for the lease to run out.
            try await despiteCancellation { try await store.alerts.postpone(delivery, for: delay, error: "\(error)") }
            return
        }
        // It has arrived: that must be remembered even when the process is about to end.
        try await despiteCancellation { try await store.alerts.confirm(delivery) }
    }

    private func despiteCancellation(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await Task { try await body() }.value
    }
}
