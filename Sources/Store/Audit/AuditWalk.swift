package import Warehouse

/// How far a walk along the chain has come: it goes on with the rows that were added since.
package struct AuditWalk: Hashable, Sendable {
    /// The last row that was checked.
    package fileprivate(set) var position: AuditAnchor
    /// Whether a row told of the pruning of the rows that are missing at the start.
    fileprivate var isCutExplained: Bool
}

/// What a stretch of a walk found.
package enum AuditStretch: Hashable, Sendable {
    /// All is as it was written so far; `isAtEnd` when there is no row behind.
    case intact(AuditWalk, isAtEnd: Bool)
    case broken(at: Int64, reason: String)
}

extension AuditLog {
    /// Checks at most `limit` rows behind those of `walk`, from the start of the log without one.
    ///
    /// The last row of `walk` must still be there: so rows that were removed at the end since are missed. A snapshot is
    /// held for one stretch only.
    package func verify(after walk: AuditWalk?, limit: Int) async throws -> AuditStretch {
        try await engine.read { session in
            let cut = try AuditCut.read(session)
            let start = cut ?? AuditAnchor(sequence: 0, hash: AuditEntry.genesis)
            var walk = walk ?? AuditWalk(position: start, isCutExplained: cut == nil)
            // What was pruned meanwhile can't be looked at again, and the pruning has a row that is still to come.
            if walk.position.sequence < start.sequence {
                walk = AuditWalk(position: start, isCutExplained: cut == nil)
            }
            let known = walk.position
            var fault = try session.fault(of: known, unless: start)
            var rows = 0
            try session.forEachRow(
                "SELECT \(Self.columns) FROM api_key_audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
                [.integer(known.sequence), .integer(limit)]
            ) { row in
                rows += 1
                guard fault == nil else { return }
                guard let entry = try Self.decodeIfReadable(row) else {
                    fault = .broken(
                        at: walk.position.sequence + 1,
                        reason: "its content is not what was written"
                    )
                    return
                }
                fault = Self.fault(of: entry, after: walk.position)
                if let cut, !walk.isCutExplained { walk.isCutExplained = Self.explains(entry.event, cut) }
                walk.position = AuditAnchor(sequence: entry.sequence, hash: entry.hash)
            }
            if case .broken(let row, let reason) = fault { return .broken(at: row, reason: reason) }
            let isAtEnd = rows < limit
            guard walk.isCutExplained || !isAtEnd else {
                return .broken(
                    at: start.sequence,
                    reason: "rows are missing at its start, and no row tells of a pruning"
                )
            }
            return .intact(walk, isAtEnd: isAtEnd)
        }
    }
}

extension StoreSession {
    /// What is wrong with a row that was right before; `start` is the row before the first that is left.
    fileprivate func fault(of known: AuditAnchor, unless start: AuditAnchor) throws -> AuditVerification? {
        guard known != start else { return nil }
        let hash = try row("SELECT hash FROM api_key_audit WHERE sequence = ?", [.integer(known.sequence)]) {
            $0.text()
        }
        guard let hash else {
            return .broken(at: known.sequence, reason: "the row was there before and is missing")
        }
        return hash == known.hash ? nil : .broken(at: known.sequence, reason: "it is another row than before")
    }
}
