/// What is told of an alert.
package enum AlertEvent: String, CaseIterable, Sendable {
    case raised
    case resolved
}

/// An alert on its way to somebody.
package struct AlertNotice: Hashable, Sendable {
    package let event: AlertEvent
    package let alert: Alert

    package init(_ event: AlertEvent, _ alert: Alert) {
        self.event = event
        self.alert = alert
    }

    /// One line: `raised: backfill.failed AAPL 1d: HTTP 500`.
    package var summary: String { "\(event.rawValue): \(alert.condition): \(alert.message)" }
}

/// A way by which alerts reach people.
///
/// A notice that was not delivered is sent again: a channel does not try twice itself.
package protocol AlertChannel: Sendable {
    /// Short and always the same: deliveries are remembered by it.
    var name: String { get }

    /// Returns when the notice is delivered, as far as can be known.
    ///
    /// Ends within a minute and a half. Heeds cancellation.
    func send(_ notice: AlertNotice) async throws(AlertDeliveryFailure)
}

/// Why a notice was not delivered, in one sentence that never holds a secret.
package struct AlertDeliveryFailure: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description.sanitized(limit: 300)
    }
}

/// When a notice that was not delivered is sent again.
package enum AlertRetry {
    /// After 1 s, 5 s, 30 s and 2 min, then every 10 min.
    package static func delay(afterAttempts attempts: Int) -> Duration {
        let delays: [Duration] = [.seconds(1), .seconds(5), .seconds(30), .seconds(120)]
        return attempts >= 1 && attempts <= delays.count ? delays[attempts - 1] : .seconds(600)
    }

    /// How long the end of an alert is worth telling.
    package static let patience = Duration.seconds(7 * 86_400)
}
