import Warehouse

extension StoreSession {
    /// Puts `event` at the end of the chain, in the transaction of the change that it tells of.
    @discardableResult
    func append(_ event: AuditEvent, at time: Timestamp) throws -> AuditEntry {
        try append([event], at: time)[0]
    }

    /// Puts `events` at the end of the chain, in their order.
    @discardableResult
    func append(_ events: [AuditEvent], at time: Timestamp) throws -> [AuditEntry] {
        guard !events.isEmpty else { return [] }
        var head = try auditHead()
        let entries = events.map { event in
            let entry = AuditEntry(
                appending: event,
                sequence: head.sequence + 1,
                time: time,
                previousHash: head.hash
            )
            head = AuditAnchor(sequence: entry.sequence, hash: entry.hash)
            return entry
        }
        try insert(entries)
        try countRequests(of: entries)
        try raise(.audit)
        return entries
    }

    /// Keeps the number of requests of each key, so that telling it never counts rows.
    private func countRequests(of entries: [AuditEntry]) throws {
        var counts: [KeyID: Int64] = [:]
        for entry in entries where entry.event.status != nil {
            if let key = entry.event.keyID { counts[key, default: 0] += 1 }
        }
        for (key, count) in counts {
            try execute(
                """
                INSERT INTO audit_key_counts (api_key_id, rows) VALUES (?, ?)
                ON CONFLICT (api_key_id) DO UPDATE SET rows = audit_key_counts.rows + excluded.rows
                """,
                [.id(key), .integer(count)]
            )
        }
    }

    func auditHead() throws -> AuditAnchor {
        try row("SELECT sequence, hash FROM api_key_audit ORDER BY sequence DESC LIMIT 1") {
            AuditAnchor(sequence: $0.integer(), hash: $0.text())
        } ?? AuditAnchor(sequence: 0, hash: AuditEntry.genesis)
    }
}
