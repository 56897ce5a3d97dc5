package import Warehouse

/// The alerts of a database: one open at most for each condition, over all processes.
package struct AlertStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// What changed about alerts, as it was committed.
    package struct Settlement: Hashable, Sendable {
        package var raised: [Alert] = []
        package var resolved: [Alert] = []
    }

    /// Raises and resolves what `rules` say of the store as it is, in one transaction with the audit rows.
    ///
    /// Each of `channels` has the raised alerts to deliver from then on, whatever becomes of this process. Writes nothing
    /// when nothing changes.
    package func settle(
        by rules: AlertRules,
        audit: AuditVerdict,
        channels: [String],
        actor: Actor
    ) async throws -> Settlement {
        let isSettled = try await engine.read { [clock] session in
            try rules.changes(in: session.alertSituation(audit: audit, now: clock.now)).isEmpty
        }
        guard !isSettled else { return Settlement() }
        return try await engine.write { [clock] session in
            let now = clock.now
            // Judged anew: another process may have settled it meanwhile.
            let changes = try rules.changes(in: session.alertSituation(audit: audit, now: now))
            return Settlement(
                raised: try changes.raised.map { try session.raiseAlert($0, for: channels, by: actor, at: now) },
                resolved: try changes.resolved.map { try session.resolve($0, by: actor, at: now) }
            )
        }
    }

    /// The alerts that are open, the oldest first.
    package func open() async throws -> [Alert] {
        try await engine.read { try $0.openAlerts() }
    }

    static let columns = "id, kind, subject, severity, message, raised_at, resolved_at"

    @Sendable
    static func decode(_ row: inout RowReader) throws -> Alert {
        Alert(
            id: AlertID(row.integer()),
            condition: AlertCondition(try row.value(), row.text()),
            severity: try row.value(),
            message: row.text(),
            raisedAt: row.time(),
            resolvedAt: row.optionalTime()
        )
    }
}

extension SQLValue {
    static func id(_ id: AlertID) -> SQLValue { .integer(id.rawValue) }
}

extension StoreSession {
    func openAlerts() throws -> [Alert] {
        try rows(
            "SELECT \(AlertStore.columns) FROM alerts WHERE resolved_at IS NULL ORDER BY id",
            [],
            AlertStore.decode
        )
    }

    fileprivate func raiseAlert(
        _ finding: AlertFinding,
        for channels: [String],
        by actor: Actor,
        at now: Timestamp
    ) throws -> Alert {
        let alert = Alert(
            id: AlertID(try nextID(of: "alerts")),
            condition: finding.condition,
            severity: finding.condition.kind.severity,
            message: finding.message,
            raisedAt: now
        )
        try execute(
            "INSERT INTO alerts (id, kind, subject, severity, message, raised_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .id(alert.id), .text(alert.condition.kind), .text(alert.condition.subject), .text(alert.severity),
                .text(alert.message), .time(now),
            ]
        )
        for channel in channels {
            try execute(
                "INSERT INTO alert_deliveries (alert_id, event, channel, next_attempt) VALUES (?, ?, ?, ?)",
                [.id(alert.id), .text(AlertEvent.raised), .text(channel), .time(now)]
            )
        }
        let detail = "\(alert.condition): \(alert.message)"
        try append(AuditEvent("alert.raise", by: actor, detail: detail), at: now)
        return alert
    }

    fileprivate func resolve(_ alert: Alert, by actor: Actor, at now: Timestamp) throws -> Alert {
        try execute(
            "UPDATE alerts SET resolved_at = ? WHERE id = ? AND resolved_at IS NULL",
            [.time(now), .id(alert.id)]
        )
        let detail = "\(alert.condition), raised \(alert.raisedAt)"
        try append(AuditEvent("alert.resolve", by: actor, detail: detail), at: now)
        return Alert(
            id: alert.id,
            condition: alert.condition,
            severity: alert.severity,
            message: alert.message,
            raisedAt: alert.raisedAt,
            resolvedAt: now
        )
    }
}
