package import Warehouse

/// A stretch of the audit log that was looked through, and what was found there.
package struct AuditPart: Sendable {
    /// What matches, ascending.
    package let entries: [AuditEntry]
    /// The first and the last sequence that were looked at.
    package let from: Int64
    package let through: Int64
    /// Whether no older row is in the log.
    package let reachesStart: Bool

    package init(entries: [AuditEntry], from: Int64, through: Int64, reachesStart: Bool) {
        self.entries = entries
        self.from = from
        self.through = through
        self.reachesStart = reachesStart
    }
}

extension AuditLog {
    /// Looks back from the row before `before`, or from the newest: until `limit` rows match, or `span` rows were looked at.
    ///
    /// So a search for what is rare comes back soon, and can be continued at ``AuditPart/from``.
    package func part(
        before: Int64? = nil,
        limit: Int,
        span: Int64,
        matching filter: Filter = Filter()
    ) async throws -> AuditPart {
        try await engine.read { session in
            let through = try before.map { $0 - 1 } ?? session.auditHead().sequence
            let lowest = max(1, through - span + 1)
            let found = try session.entries(
                of: filter,
                in: lowest...max(lowest, through),
                order: "DESC",
                limit: limit
            ).reversed()
            let from = found.count == limit ? found.first?.sequence ?? lowest : lowest
            let older = try session.count(
                "SELECT COUNT(*) FROM (SELECT 1 FROM api_key_audit WHERE sequence < ? LIMIT 1) AS older",
                [.integer(from)]
            )
            return AuditPart(entries: Array(found), from: from, through: through, reachesStart: older == 0)
        }
    }

    /// The first `limit` rows that match after the row `after`.
    package func part(after: Int64, limit: Int, matching filter: Filter = Filter()) async throws -> AuditPart {
        try await engine.read { session in
            let head = try session.auditHead().sequence
            let found = try session.entries(
                of: filter,
                in: after + 1...max(after + 1, head),
                order: "ASC",
                limit: limit
            )
            let through = found.count == limit ? found.last?.sequence ?? head : head
            return AuditPart(entries: found, from: after + 1, through: through, reachesStart: false)
        }
    }

    /// The newest `limit` rows that match after the row `after`: what came between is left out.
    package func part(newestAfter after: Int64, limit: Int, matching filter: Filter = Filter()) async throws
        -> AuditPart
    {
        try await engine.read { session in
            let head = try session.auditHead().sequence
            let found = try session.entries(
                of: filter,
                in: after + 1...max(after + 1, head),
                order: "DESC",
                limit: limit
            ).reversed()
            let from = found.count == limit ? found.first?.sequence ?? head : after + 1
            return AuditPart(entries: Array(found), from: from, through: head, reachesStart: false)
        }
    }

    /// How many rows after `after` match, and the newest row that was looked at.
    package func arrivals(
        after: Int64,
        matching filter: Filter = Filter()
    ) async throws -> (count: Int64, through: Int64) {
        try await engine.read { session in
            let head = try session.auditHead().sequence
            let (condition, arguments) = filter.condition(and: ("sequence > ?", .integer(after)))
            let count = try session.count("SELECT COUNT(*) FROM api_key_audit WHERE \(condition)", arguments)
            return (count, head)
        }
    }
}

extension StoreSession {
    fileprivate func entries(
        of filter: AuditLog.Filter,
        in range: ClosedRange<Int64>,
        order: String,
        limit: Int
    ) throws -> [AuditEntry] {
        let (condition, arguments) = filter.condition(and: ("sequence >= ?", .integer(range.lowerBound)))
        return try rows(
            """
            SELECT \(AuditLog.columns) FROM api_key_audit WHERE \(condition) AND sequence <= ?
            ORDER BY sequence \(order) LIMIT ?
            """,
            arguments + [.integer(range.upperBound), .integer(limit)],
            AuditLog.decode
        )
    }
}
