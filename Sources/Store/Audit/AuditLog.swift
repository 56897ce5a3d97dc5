package import Warehouse

/// The audit log: what was done, by whom, in an order that nobody can change unseen.
package struct AuditLog: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// Which rows are meant; everything when nothing is set.
    package struct Filter: Hashable, Sendable {
        package var key: KeyID?
        package var source: AuditSource?
        /// The HTTP status of a request.
        package var status: Int?
        /// Only requests over HTTP, which have a status; changes have none.
        package var requestsOnly = false
        /// What actor, key name, action, address, source, status and detail are searched for.
        package var text = ListFilter()
        package var since: Timestamp?
        package var until: Timestamp?

        package init(key: KeyID? = nil, source: AuditSource? = nil, text: ListFilter = ListFilter()) {
            self.key = key
            self.source = source
            self.text = text
        }
    }

    /// Appends one row by itself, for what changes nothing else.
    @discardableResult
    package func append(_ event: AuditEvent) async throws -> AuditEntry {
        try await append([event])[0]
    }

    /// Appends rows in one transaction, in their order.
    @discardableResult
    package func append(_ events: [AuditEvent]) async throws -> [AuditEntry] {
        try await engine.write { [clock] session in try session.append(events, at: clock.now) }
    }

    /// The newest rows first: at most `limit`, only those before the row `before`.
    package func newest(
        _ limit: Int,
        before: Int64? = nil,
        matching filter: Filter = Filter()
    ) async throws -> [AuditEntry] {
        try await engine.read { session in
            let (condition, arguments) = filter.condition(and: before.map { ("sequence < ?", .integer($0)) })
            return try session.rows(
                "SELECT \(Self.columns) FROM api_key_audit WHERE \(condition) ORDER BY sequence DESC LIMIT ?",
                arguments + [.integer(limit)],
                Self.decode
            )
        }
    }

    /// The oldest rows first: at most `limit`, only those after the row `after`.
    package func oldest(
        _ limit: Int,
        after: Int64 = 0,
        matching filter: Filter = Filter()
    ) async throws -> [AuditEntry] {
        try await engine.read { session in
            let (condition, arguments) = filter.condition(and: ("sequence > ?", .integer(after)))
            return try session.rows(
                "SELECT \(Self.columns) FROM api_key_audit WHERE \(condition) ORDER BY sequence LIMIT ?",
                arguments + [.integer(limit)],
                Self.decode
            )
        }
    }

    /// One page of a key's requests, the newest first, and how many requests there are in all.
    ///
    /// Of a deleted key too. `offset` counts from the newest; `before` starts below a row and stays there while others
    /// are added. Telling the number never counts rows.
    package func requests(
        of key: KeyID,
        limit: Int,
        offset: Int64 = 0,
        before: Int64? = nil
    ) async throws -> (entries: [AuditEntry], total: Int64) {
        var filter = Filter(key: key)
        filter.requestsOnly = true
        return try await engine.read { [filter] session in
            let (condition, arguments) = filter.condition(and: before.map { ("sequence < ?", .integer($0)) })
            let entries = try session.rows(
                """
                SELECT \(Self.columns) FROM api_key_audit WHERE \(condition)
                ORDER BY sequence DESC LIMIT ? OFFSET ?
                """,
                arguments + [.integer(limit), .integer(offset)],
                Self.decode
            )
            let total = try session.count("SELECT rows FROM audit_key_counts WHERE api_key_id = ?", [.id(key)])
            return (entries, total)
        }
    }

    /// How many rows match.
    package func count(matching filter: Filter = Filter()) async throws -> Int64 {
        try await engine.read { session in
            let (condition, arguments) = filter.condition(and: nil)
            return try session.count("SELECT COUNT(*) FROM api_key_audit WHERE \(condition)", arguments)
        }
    }

    /// The head of the chain, to be kept elsewhere.
    package func anchor() async throws -> AuditAnchor {
        try await engine.read { try $0.auditHead() }
    }

    static let columns = """
        sequence, time, source, actor, api_key_id, api_key_name, action, status, address, duration, detail, \
        previous_hash, hash
        """

    @Sendable
    static func decode(_ row: inout RowReader) throws -> AuditEntry {
        let sequence = row.integer()
        let time = row.time()
        let source: AuditSource = try row.value()
        let name = row.text()
        let keyID = row.optionalInteger().map { KeyID($0) }
        let keyName = row.optionalText()
        let action = row.text()
        let status = row.optionalInteger().map { Int($0) }
        let address = row.optionalText()
        let duration = row.optionalInteger().map { Duration.microseconds($0) }
        var event = AuditEvent("", by: Actor(stored: source, name: name, address: address))
        // Set afterwards, because the initialiser cleans its texts, and the hash is of what the row holds.
        event.action = action
        event.keyID = keyID
        event.keyName = keyName
        event.status = status
        event.duration = duration
        event.detail = row.optionalText()
        return AuditEntry(
            sequence: sequence,
            time: time,
            event: event,
            previousHash: row.text(),
            hash: row.text()
        )
    }
}

extension AuditLog.Filter {
    func condition(and extra: (sql: String, value: SQLValue)?) -> (sql: String, arguments: [SQLValue]) {
        var terms = ["1 = 1"]
        var arguments: [SQLValue] = []
        func add(_ sql: String, _ values: SQLValue...) {
            terms.append(sql)
            arguments += values
        }
        if let extra { add(extra.sql, extra.value) }
        if let key { add("api_key_id = ?", .id(key)) }
        if let source { add("source = ?", .text(source)) }
        if let status { add("status = ?", .integer(status)) }
        if requestsOnly { add("status IS NOT NULL") }
        if let since { add("time >= ?", .time(since)) }
        if let until { add("time < ?", .time(until)) }
        let conditions = SQLFragment.all(Self.search.conditions(of: text))
        return (terms.joined(separator: " AND ") + " AND " + conditions.sql, arguments + conditions.arguments)
    }

    /// The fields that the text of a filter can name.
    package static let filterFields: [String] = search.fields.keys.sorted()

    private static let search = SearchColumns(
        text: SQLFragment(
            "actor || ' ' || COALESCE(api_key_name, '') || ' ' || action || ' ' || COALESCE(address, '') || ' ' || source "
                + "|| ' ' || COALESCE(CAST(status AS TEXT), '') || ' ' || COALESCE(detail, '')"
        ),
        fields: [
            "source": SQLFragment("source"),
            "actor": SQLFragment("actor"),
            "key": SQLFragment("COALESCE(api_key_name, '')"),
            "action": SQLFragment("action"),
            "code": SQLFragment("COALESCE(CAST(status AS TEXT), '')"),
            "status": SQLFragment("COALESCE(CAST(status AS TEXT), '')"),
            "address": SQLFragment("COALESCE(address, '')"),
            "detail": SQLFragment("COALESCE(detail, '')"),
        ]
    )
}
