package import Warehouse

/// An alert with what its channels were told of it.
package struct AlertRecord: Hashable, Sendable, Identifiable {
    package let alert: Alert
    /// By event and channel.
    package let deliveries: [Delivery]

    package var id: AlertID { alert.id }

    /// How far a channel has come with one notice.
    package struct Delivery: Hashable, Sendable {
        package let event: AlertEvent
        package let channel: String
        package let attempts: Int
        /// `nil` until it arrived.
        package let deliveredAt: Timestamp?
        /// Why the last attempt failed.
        package let lastError: String?
    }
}

extension AlertStore {
    /// The alerts, the newest first: at most `limit`, only the open ones unless `all`.
    package func list(all: Bool = false, limit: Int) async throws -> [AlertRecord] {
        try await engine.read { session in
            let alerts = try session.rows(
                """
                SELECT \(Self.columns) FROM alerts \(all ? "" : "WHERE resolved_at IS NULL") ORDER BY id DESC LIMIT ?
                """,
                [.integer(limit)],
                Self.decode
            )
            return try alerts.map { alert in
                let deliveries = try session.rows(
                    """
                    SELECT event, channel, attempts, delivered_at, last_error FROM alert_deliveries
                    WHERE alert_id = ? ORDER BY event, channel
                    """,
                    [.id(alert.id)]
                ) { row in
                    AlertRecord.Delivery(
                        event: try row.value(),
                        channel: row.text(),
                        attempts: Int(row.integer()),
                        deliveredAt: row.optionalTime(),
                        lastError: row.optionalText()
                    )
                }
                return AlertRecord(alert: alert, deliveries: deliveries)
            }
        }
    }
}
