/// The identity of an alert in the store.
package struct AlertID: Hashable, Sendable, Comparable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    package static func < (left: AlertID, right: AlertID) -> Bool { left.rawValue < right.rawValue }
}

/// A condition from when it was found until it ended.
package struct Alert: Hashable, Sendable, Identifiable {
    package let id: AlertID
    package let condition: AlertCondition
    package let severity: AlertSeverity
    /// What was found when it was raised.
    package let message: String
    package let raisedAt: Timestamp
    /// `nil` while it is open.
    package let resolvedAt: Timestamp?

    package init(
        id: AlertID,
        condition: AlertCondition,
        severity: AlertSeverity,
        message: String,
        raisedAt: Timestamp,
        resolvedAt: Timestamp? = nil
    ) {
        self.id = id
        self.condition = condition
        self.severity = severity
        self.message = message
        self.raisedAt = raisedAt
        self.resolvedAt = resolvedAt
    }
}
