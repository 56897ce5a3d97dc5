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
    /// Begins behind the rows that were pruned, which an own row must tell of. Finds an edited, deleted, inserted or
    /// reordered row. A tail that was cut off, or an older file put back, shows
    /// only against an anchor.
    package func verify(against anchor: AuditAnchor? = nil) async throws -> AuditVerification {
        try await engine.read { session in
            let cut = try AuditCut.read(session)
            let start = cut ?? AuditAnchor(sequence: 0, hash: AuditEntry.genesis)
            if let anchor, anchor.sequence < start.sequence {
                return .broken(
                    at: anchor.sequence,
                    reason: "the anchor lies among the rows that were pruned: verify their export against it"
                )
            }
            var previous = start
            var fault: AuditVerification?
            var anchored = anchor == nil || anchor == previous
            var isCutExplained = cut == nil
            try session.forEachRow("SELECT \(Self.columns) FROM api_key_audit ORDER BY sequence", []) { row in
                guard fault == nil else { return }
                guard let entry = try Self.decodeIfReadable(row) else {
                    fault = .broken(at: previous.sequence + 1, reason: "its content is not what was written")
                    return
                }
                fault = Self.fault(of: entry, after: previous)
                if let cut, !isCutExplained { isCutExplained = Self.explains(entry.event, cut) }
                if let anchor, anchor.sequence == entry.sequence {
                    anchored = anchor.hash == entry.hash
                    if !anchored {
                        fault = fault ?? .broken(at: entry.sequence, reason: "its hash is not the anchor's")
                    }
                }
                previous = AuditAnchor(sequence: entry.sequence, hash: entry.hash)
            }
            if let fault { return fault }
            guard isCutExplained else {
                return .broken(
                    at: start.sequence,
                    reason: "rows are missing at its start, and no row tells of a pruning"
                )
            }
            guard anchored else {
                return .broken(
                    at: previous.sequence + 1,
                    reason: "the log ends at row \(previous.sequence), before the anchor: rows are missing at its end"
                )
            }
            return .intact(rows: previous.sequence - start.sequence, head: previous)
        }
    }

    /// Whether the row tells of a pruning that reaches as far as `cut`, or further when it was interrupted.
    static func explains(_ event: AuditEvent, _ cut: AuditAnchor) -> Bool {
        guard event.action == AuditCut.action, let text = event.detail?.prefix(while: { $0 != " " }),
            let target = AuditAnchor(text: String(text))
        else { return false }
        return target.sequence > cut.sequence || target == cut
    }

    /// `nil` for a row that mdw can't have written.
    static func decodeIfReadable(_ row: RowReader) throws -> AuditEntry? {
        // A reader of its own: damage is the verdict here, and no error of the query.
        var row = row
        do {
            let entry = try AuditLog.decode(&row)
            return row.damage == nil ? entry : nil
        } catch StoreError.damaged {
            return nil
        }
    }

    static func fault(of entry: AuditEntry, after previous: AuditAnchor) -> AuditVerification? {
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
