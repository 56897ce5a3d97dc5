package import Warehouse

/// The API keys.
///
/// Looking up is here, changing in the extensions beside it.
package struct KeyStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// Which keys, and in which order: the newest first where nothing is said.
    package struct Query: Hashable, Sendable {
        package var usableOnly = false
        package var filter = ListFilter()
        package var order = ListOrder(Column.id, isDescending: true)
        package var limit = 1000
        package var offset = 0
        /// A key that a page must hold, wherever it stands now.
        package var around: KeyID?

        package init(
            usableOnly: Bool = false,
            filter: ListFilter = ListFilter(),
            order: ListOrder<Column> = ListOrder(.id, isDescending: true),
            limit: Int = 1000,
            offset: Int = 0,
            around: KeyID? = nil
        ) {
            self.usableOnly = usableOnly
            self.filter = filter
            self.order = order
            self.limit = limit
            self.offset = offset
            self.around = around
        }
    }

    /// What keys are listed by.
    package enum Column: String, CaseIterable, Sendable {
        case id
        case name
        case scope
        case state
        case created
        case lastUsed = "last used"
        case requests
        case expires
    }

    /// A part of the keys that match, with its place in the whole.
    package func page(_ query: Query) async throws -> ListPage<APIKey> {
        try await engine.read { [clock] session in
            let now = clock.now
            return try session.page(
                of: Self.table,
                where: query.condition(at: now),
                order: query.orderTerms(at: now),
                in: query.window,
                Self.decode
            )
        }
    }

    /// The same without its place in the whole.
    package func list(_ query: Query = Query()) async throws -> [APIKey] {
        try await engine.read { [clock] session in
            let now = clock.now
            return try session.rows(
                of: Self.table,
                where: query.condition(at: now),
                order: query.orderTerms(at: now),
                in: query.window,
                Self.decode
            )
        }
    }

    /// How many keys match, whatever the limit.
    package func count(_ query: Query = Query()) async throws -> Int64 {
        try await engine.read { [clock] session in
            let condition = query.condition(at: clock.now)
            return try session.count("SELECT COUNT(*) FROM api_keys WHERE \(condition.sql)", condition.arguments)
        }
    }

    private static let table = ListedTable(
        source: "api_keys",
        id: "id",
        select: "SELECT \(columns) FROM api_keys"
    )

    /// - Throws: ``StoreError/unknownKey(_:)``.
    package func find(_ id: KeyID) async throws -> APIKey {
        try await engine.read { try $0.key(id) }
    }

    /// The key that a person means by an id or a name.
    ///
    /// Of keys with one name, the only usable one is meant.
    /// - Throws: ``StoreError/unknownKey(_:)``, ``StoreError/ambiguousKey(name:ids:)``.
    package func resolve(_ reference: String) async throws -> APIKey {
        try await engine.read { [clock] session in
            // Ids come first: a key that is named like the id of another one must not hide it.
            if let id = Int64(reference), String(id) == reference,
                let key = try session.row(
                    "SELECT \(Self.columns) FROM api_keys WHERE id = ?",
                    [.integer(id)],
                    Self.decode
                )
            {
                return key
            }
            let named = try session.rows(
                "SELECT \(Self.columns) FROM api_keys WHERE name = ? ORDER BY id DESC",
                [.text(reference)],
                Self.decode
            )
            // Who pastes a key in place of its id must not find it in an error or a log.
            guard !named.isEmpty else { throw StoreError.unknownKey(RawKey.redacted(reference)) }
            let usable = named.filter { $0.state(at: clock.now).isUsable }
            let candidates = usable.isEmpty ? named : usable
            guard candidates.count == 1 else {
                throw StoreError.ambiguousKey(name: reference, ids: candidates.map(\.id))
            }
            return candidates[0]
        }
    }

    /// The key with this hash, whatever its state; `nil` when there is none.
    package func find(hash: SHA256Digest) async throws -> APIKey? {
        try await engine.read { session in
            try session.row("SELECT \(Self.columns) FROM api_keys WHERE key_hash = ?", [.text(hash.hex)], Self.decode)
        }
    }

    static let columns = """
        id, name, preview, scope, created_at, created_by, expires_at, last_used, last_used_endpoint, request_count, \
        active, revoked_at, revoked_by, revoked_reason, compromised, rotated_to
        """

    @Sendable
    static func decode(_ row: inout RowReader) throws -> APIKey {
        var key = APIKey(
            id: KeyID(row.integer()),
            name: row.text(),
            preview: row.text(),
            scope: try row.value(),
            createdAt: row.time(),
            createdBy: row.text(),
            expiresAt: row.optionalTime(),
            lastUsed: row.optionalTime(),
            lastUsedEndpoint: row.optionalText(),
            requestCount: row.integer(),
            revocation: nil,
            rotatedTo: nil
        )
        let active = row.boolean()
        let revokedAt = row.optionalTime()
        let revokedBy = row.optionalText()
        let reason = row.optionalText()
        let compromised = row.boolean()
        if !active {
            key.revocation = APIKey.Revocation(
                at: revokedAt ?? key.createdAt,
                by: revokedBy ?? "unknown",
                reason: reason,
                compromised: compromised
            )
        }
        key.rotatedTo = row.optionalInteger().map { KeyID($0) }
        return key
    }
}

extension KeyStore.Query {
    /// The fields that a filter can name.
    package static let filterFields: [String] = search(at: Timestamp(seconds: 0)).fields.keys.sorted()

    private static func search(at now: Timestamp) -> SearchColumns {
        let state = SQLFragment(
            """
            (CASE WHEN compromised THEN 'compromised' WHEN NOT active THEN 'revoked' WHEN expires_at <= ? THEN 'expired'
                  WHEN rotated_to IS NOT NULL THEN 'rotating' ELSE 'active' END)
            """,
            [.time(now)]
        )
        return SearchColumns(
            text: SQLFragment(
                "CAST(id AS TEXT) || ' ' || name || ' ' || preview || ' ' || scope || ' ' || \(state.sql)",
                state.arguments
            ),
            fields: [
                "id": SQLFragment("CAST(id AS TEXT)"),
                "name": SQLFragment("name"),
                "preview": SQLFragment("preview"),
                "scope": SQLFragment("scope"),
                "state": state,
            ]
        )
    }

    fileprivate var window: ListWindow { ListWindow(offset: offset, limit: limit, around: around?.rawValue) }

    fileprivate func condition(at now: Timestamp) -> SQLFragment {
        let usable = SQLFragment(
            "active = ? AND (expires_at IS NULL OR expires_at > ?)",
            [.boolean(true), .time(now)]
        )
        return .all((usableOnly ? [usable] : []) + Self.search(at: now).conditions(of: filter))
    }

    fileprivate func orderTerms(at now: Timestamp) -> String {
        let direction = order.isDescending ? "DESC" : "ASC"
        let expression =
            switch order.column {
            case .id, .created: "id"
            case .name: "LOWER(name)"
            case .scope: "scope"
            case .state:
                // To the minute, so that the statement is the same for all queries of one.
                """
                (CASE WHEN compromised THEN 4 WHEN NOT active THEN 3 WHEN expires_at <= \(now.microseconds / 60_000_000 * 60_000_000) THEN 2
                      WHEN rotated_to IS NOT NULL THEN 1 ELSE 0 END)
                """
            case .lastUsed: "COALESCE(last_used, 0)"
            case .requests: "request_count"
            case .expires: "COALESCE(expires_at, 9223372036854775807)"
            }
        return expression == "id" ? "id \(direction)" : "\(expression) \(direction), id DESC"
    }
}

extension StoreSession {
    /// - Throws: ``StoreError/unknownKey(_:)``.
    func key(_ id: KeyID) throws -> APIKey {
        guard
            let key = try row(
                "SELECT \(KeyStore.columns) FROM api_keys WHERE id = ?",
                [.id(id)],
                KeyStore.decode
            )
        else { throw StoreError.unknownKey(String(id.rawValue)) }
        return key
    }
}
