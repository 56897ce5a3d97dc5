package import Warehouse

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
        try countRequests(of: entries, at: time)
        try raise(.audit)
        return entries
    }

    /// Keeps the number of requests of each key, in all and by the hour, so that telling it never counts rows.
    private func countRequests(of entries: [AuditEntry], at time: Timestamp) throws {
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
            try execute(
                """
                INSERT INTO audit_key_hours (api_key_id, hour, rows) VALUES (?, ?, ?)
                ON CONFLICT (api_key_id, hour) DO UPDATE SET rows = audit_key_hours.rows + excluded.rows
                """,
                [.id(key), .integer(time.hour), .integer(count)]
            )
        }
    }

    func auditHead() throws -> AuditAnchor {
        try row("SELECT sequence, hash FROM api_key_audit ORDER BY sequence DESC LIMIT 1") {
            AuditAnchor(sequence: $0.integer(), hash: $0.text())
        } ?? AuditAnchor(sequence: 0, hash: AuditEntry.genesis)
    }
}

extension Timestamp {
    /// The hours since 1970 UTC that have passed.
    fileprivate var hour: Int64 { microseconds / 3_600_000_000 }
}

extension AuditLog {
    /// How many requests a key made in each of the last `hours` hours, the oldest first; the last is the current one.
    package func requestsByHour(of key: KeyID, hours: Int) async throws -> [Int64] {
        try await engine.read { [clock] session in
            let last = clock.now.hour
            var counts = [Int64](repeating: 0, count: hours)
            try session.forEachRow(
                "SELECT hour, rows FROM audit_key_hours WHERE api_key_id = ? AND hour > ? AND hour <= ?",
                [.id(key), .integer(last - Int64(hours)), .integer(last)]
            ) { row in
                let index = hours - 1 - Int(last - row.integer())
                counts[index] = row.integer()
            }
            return counts
        }
    }
}
