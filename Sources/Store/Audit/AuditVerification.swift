package import Warehouse

/// What a walk along the whole chain found.
package enum AuditVerification: Hashable, Sendable {
    /// Every row is as it was written.
    case intact(rows: Int64, head: AuditAnchor)
    /// The first row that is wrong, and how.
    case broken(at: Int64, reason: String)
}

extension AuditLog {
    /// Checks every row, and that the chain still holds `anchor` when there is one.
    ///
    /// Finds an edited, deleted, inserted or reordered row. A tail that was cut off, or an older file put back, shows
    /// only against an anchor.
    package func verify(against anchor: AuditAnchor? = nil) async throws -> AuditVerification {
        try await engine.read { session in
            var previous = AuditAnchor(sequence: 0, hash: AuditEntry.genesis)
            var fault: AuditVerification?
            var anchored = anchor == nil || anchor == previous
            try session.forEachRow("SELECT \(Self.columns) FROM api_key_audit ORDER BY sequence", []) { row in
                guard fault == nil else { return }
                guard let entry = try Self.decodeIfReadable(row) else {
                    fault = .broken(at: previous.sequence + 1, reason: "its content is not what was written")
                    return
                }
                fault = Self.fault(of: entry, after: previous)
                if let anchor, anchor.sequence == entry.sequence {
                    anchored = anchor.hash == entry.hash
                    if !anchored {
                        fault = fault ?? .broken(at: entry.sequence, reason: "its hash is not the anchor's")
                    }
                }
                previous = AuditAnchor(sequence: entry.sequence, hash: entry.hash)
            }
            if let fault { return fault }
            guard anchored else {
                return .broken(
                    at: previous.sequence + 1,
                    reason: "the log ends at row \(previous.sequence), before the anchor: rows are missing at its end"
                )
            }
            return .intact(rows: previous.sequence, head: previous)
        }
    }

    /// `nil` for a row that mdw can't have written.
    private static func decodeIfReadable(_ row: RowReader) throws -> AuditEntry? {
        // A reader of its own: damage is the verdict here, and no error of the query.
        var row = row
        do {
            let entry = try AuditLog.decode(&row)
            return row.damage == nil ? entry : nil
        } catch StoreError.damaged {
            return nil
        }
    }

    private static func fault(of entry: AuditEntry, after previous: AuditAnchor) -> AuditVerification? {
        let expected = previous.sequence + 1
        if entry.sequence != expected {
            return .broken(
                at: expected,
                reason: "the row is missing: row \(entry.sequence) follows \(previous.sequence)"
            )
        }
        if entry.previousHash != previous.hash {
            return .broken(at: entry.sequence, reason: "it does not follow the row before it")
        }
        return entry.isIntact ? nil : .broken(at: entry.sequence, reason: "its content is not what was written")
    }
}
