package import Warehouse

extension AuditLog {
    /// The last of the rows that are all older than `time`; `nil` when the oldest one is not.
    ///
    /// Never the newest row: the chain goes on from it.
    package func lastRow(before time: Timestamp) async throws -> AuditAnchor? {
        try await engine.read { session in
            let firstKept = try session.row(
                "SELECT sequence FROM api_key_audit WHERE time >= ? ORDER BY sequence LIMIT 1",
                [.time(time)]
            ) { $0.integer() }
            let end = if let firstKept { firstKept } else { try session.auditHead().sequence }
            return try session.row(
                "SELECT sequence, hash FROM api_key_audit WHERE sequence < ? ORDER BY sequence DESC LIMIT 1",
                [.integer(end)]
            ) { AuditAnchor(sequence: $0.integer(), hash: $0.text()) }
        }
    }

    /// Removes every row up to and with `last`; returns how many.
    ///
    /// The pruning has a row of its own, and the head of what was removed is kept as the cut from which the chain is
    /// verified: both are committed before the first row goes. Rows go in short transactions; a pruning that was
    /// interrupted is gone on with by the next.
    package func prune(through last: AuditAnchor, by actor: Actor, exportedTo export: String) async throws -> Int64 {
        try await engine.write { [clock] session in
            guard
                try session.row(
                    "SELECT hash FROM api_key_audit WHERE sequence = ?",
                    [.integer(last.sequence)],
                    { $0.text() }
                ) == last.hash
            else { throw StoreError.damaged("the audit log has no row \(last)") }
            try session.append(
                AuditEvent(AuditCut.action, by: actor, detail: "\(last) and all before, exported to \(export)"),
                at: clock.now
            )
        }
        var removed: Int64 = 0
        while true {
            let count = try await engine.write { try $0.removeAuditRows(through: last.sequence, atMost: 2500) }
            removed += Int64(count)
            if count == 0 { return removed }
        }
    }
}

/// Where the log begins after a pruning.
enum AuditCut {
    /// What the row of a pruning says was done.
    static let action = "audit.prune"
    private static let setting = "audit_cut"

    /// The last row that was removed; `nil` when none ever was.
    /// - Throws: ``StoreError/damaged(_:)`` for a cut that mdw can't have written.
    static func read(_ session: any StoreSession) throws -> AuditAnchor? {
        guard let text = try session.row("SELECT value FROM settings WHERE name = ?", [.text(setting)], { $0.text() })
        else { return nil }
        guard let anchor = AuditAnchor(text: text) else {
            throw StoreError.damaged("the audit log's cut is unreadable")
        }
        return anchor
    }

    static func write(_ anchor: AuditAnchor, _ session: any StoreSession) throws {
        try session.execute(
            """
            INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            [.text(setting), .text("\(anchor)")]
        )
    }
}

extension StoreSession {
    /// Removes the oldest rows, and moves the cut with them.
    fileprivate func removeAuditRows(through last: Int64, atMost limit: Int) throws -> Int {
        let rows = try rows(
            "SELECT sequence, hash, api_key_id, status, time FROM api_key_audit WHERE sequence <= ? ORDER BY sequence LIMIT ?",
            [.integer(last), .integer(limit)]
        ) { ($0.integer(), $0.text(), $0.optionalInteger(), $0.optionalInteger(), $0.time()) }
        guard let newest = rows.last else { return 0 }
        try execute("DELETE FROM api_key_audit WHERE sequence <= ?", [.integer(newest.0)])
        var requests: [Int64: Int64] = [:]
        for (_, _, key, status, _) in rows where status != nil {
            if let key { requests[key, default: 0] += 1 }
        }
        for (key, count) in requests {
            try execute(
                "UPDATE audit_key_counts SET rows = rows - ? WHERE api_key_id = ?",
                [.integer(count), .integer(key)]
            )
        }
        try execute("DELETE FROM audit_key_hours WHERE hour < ?", [.integer(newest.4.microseconds / 3_600_000_000)])
        try AuditCut.write(AuditAnchor(sequence: newest.0, hash: newest.1), self)
        try raise(.audit)
        return rows.count
    }
}
