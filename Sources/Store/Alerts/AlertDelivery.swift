package import Warehouse

/// A notice that a process has taken to send by one channel.
package struct AlertDelivery: Hashable, Sendable {
    package let notice: AlertNotice
    package let channel: String
    /// 1 for the first; tells a claim from those before it.
    package let attempt: Int
}

extension AlertStore {
    /// What there is to do for a channel.
    package enum Claim: Hashable, Sendable {
        case delivery(AlertDelivery)
        /// Nothing now; when something is to be tried again, if anything is.
        case nothing(until: Timestamp?)
    }

    /// Takes the next notice that `channel` has to send: that an alert was raised, or that it ended when the channel had
    /// the other notice to send before.
    ///
    /// Nobody else gets the same one before `lease` is over: no notice is sent twice unless a process died between sending
    /// and ``confirm(_:)``.
    package func claim(_ channel: String, by owner: String, for lease: Duration) async throws -> Claim {
        let pending = try await engine.read { [clock] in try $0.pendingNotice(of: channel, at: clock.now) }
        // Most looks find nothing to do: they must not write.
        guard let pending else { return .nothing(until: nil) }
        guard pending.dueAt <= clock.now else { return .nothing(until: pending.dueAt) }
        return try await engine.write { [clock] session in
            let now = clock.now
            guard let pending = try session.pendingNotice(of: channel, at: now) else { return .nothing(until: nil) }
            guard pending.dueAt <= now else { return .nothing(until: pending.dueAt) }
            let notice = pending.notice
            let attempt = try session.count(
                """
                INSERT INTO alert_deliveries (alert_id, event, channel, attempts, next_attempt, lease_owner, lease_expires)
                VALUES (?, ?, ?, 1, ?, ?, ?)
                ON CONFLICT (alert_id, event, channel) DO UPDATE SET
                    attempts = alert_deliveries.attempts + 1, lease_owner = excluded.lease_owner,
                    lease_expires = excluded.lease_expires
                RETURNING attempts
                """,
                [
                    .id(notice.alert.id), .text(notice.event), .text(channel), .time(now), .text(owner),
                    .time(now + lease),
                ]
            )
            return .delivery(AlertDelivery(notice: notice, channel: channel, attempt: Int(attempt)))
        }
    }

    /// Says that the notice arrived: it is never sent again by that channel.
    package func confirm(_ delivery: AlertDelivery) async throws {
        try await engine.write { [clock] session -> Void in
            try session.execute(
                """
                UPDATE alert_deliveries SET delivered_at = ?, last_error = NULL, lease_owner = NULL, lease_expires = NULL
                WHERE alert_id = ? AND event = ? AND channel = ? AND delivered_at IS NULL
                """,
                [.time(clock.now)] + delivery.key
            )
        }
    }

    /// Says that the notice did not arrive; it is tried again after `delay`.
    ///
    /// Without effect when another process has taken it over since.
    package func postpone(_ delivery: AlertDelivery, for delay: Duration, error: String) async throws {
        try await engine.write { [clock] session -> Void in
            try session.execute(
                """
                UPDATE alert_deliveries
                SET next_attempt = ?, last_error = ?, lease_owner = NULL, lease_expires = NULL
                WHERE alert_id = ? AND event = ? AND channel = ? AND delivered_at IS NULL AND attempts = ?
                """,
                [.time(clock.now + delay), .text(error.sanitized(limit: 300))] + delivery.key
                    + [.integer(delivery.attempt)]
            )
        }
    }
}

extension AlertDelivery {
    fileprivate var key: [SQLValue] { [.id(notice.alert.id), .text(notice.event), .text(channel)] }
}

extension StoreSession {
    /// The notice that is due first among those that `channel` has still to send, and when.
    ///
    /// Each alert has one at most: an open one that it was raised, one that ended that it was resolved. An end that is
    /// older than ``AlertRetry/patience``, or whose beginning the channel never had to tell, is not told; nor is one while
    /// the beginning is still being sent.
    fileprivate func pendingNotice(of channel: String, at now: Timestamp) throws -> (
        notice: AlertNotice, dueAt: Timestamp
    )? {
        try row(
            """
            SELECT a.id, a.kind, a.subject, a.severity, a.message, a.raised_at, a.resolved_at,
                   CASE WHEN d.lease_expires > d.next_attempt THEN d.lease_expires
                        ELSE COALESCE(d.next_attempt, a.raised_at) END AS due_at
            FROM alerts a LEFT JOIN alert_deliveries d ON d.alert_id = a.id AND d.channel = ?
                AND d.event = CASE WHEN a.resolved_at IS NULL THEN 'raised' ELSE 'resolved' END
            WHERE d.delivered_at IS NULL AND (
                a.resolved_at IS NULL
                OR a.resolved_at > ? AND EXISTS (
                    SELECT 1 FROM alert_deliveries b WHERE b.alert_id = a.id AND b.channel = ? AND b.event = 'raised'
                    AND (b.delivered_at IS NOT NULL OR b.lease_expires IS NULL OR b.lease_expires <= ?)
                )
            )
            ORDER BY due_at, a.id LIMIT 1
            """,
            [.text(channel), .time(now - AlertRetry.patience), .text(channel), .time(now)]
        ) { row in
            let alert = try AlertStore.decode(&row)
            return (AlertNotice(alert.resolvedAt == nil ? .raised : .resolved, alert), row.time())
        }
    }
}
