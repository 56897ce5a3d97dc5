package import Warehouse

/// The API keys.
///
/// Looking up is here, changing in the extensions beside it.
package struct KeyStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// Which keys, and in which order.
    package struct Query: Hashable, Sendable {
        package var usableOnly = false
        /// Words that must all stand somewhere in id, name, preview, scope or state.
        package var words: [String] = []
        package var limit = 1000
        package var offset = 0

        package init(usableOnly: Bool = false, words: [String] = [], limit: Int = 1000, offset: Int = 0) {
            self.usableOnly = usableOnly
            self.words = words
            self.limit = limit
            self.offset = offset
        }
    }

    /// The keys that match, the newest first.
    package func list(_ query: Query = Query()) async throws -> [APIKey] {
        try await engine.read { [clock] session in
            let (condition, arguments) = query.condition(at: clock.now)
            return try session.rows(
                "SELECT \(Self.columns) FROM api_keys WHERE \(condition) ORDER BY id DESC LIMIT ? OFFSET ?",
                arguments + [.integer(query.limit), .integer(query.offset)],
                Self.decode
            )
        }
    }

    /// How many keys match, whatever the limit.
    package func count(_ query: Query = Query()) async throws -> Int64 {
        try await engine.read { [clock] session in
            let (condition, arguments) = query.condition(at: clock.now)
            return try session.count("SELECT COUNT(*) FROM api_keys WHERE \(condition)", arguments)
        }
    }

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
    fileprivate func condition(at now: Timestamp) -> (sql: String, arguments: [SQLValue]) {
        let usable = "active = ? AND (expires_at IS NULL OR expires_at > ?)"
        var terms = ["1 = 1"]
        var arguments: [SQLValue] = []
        if usableOnly {
            terms.append(usable)
            arguments += [.boolean(true), .time(now)]
        }
        for word in words {
            let state = """
                CASE WHEN compromised = ? THEN 'compromised' WHEN active = ? THEN 'revoked'
                     WHEN expires_at <= ? THEN 'expired' WHEN rotated_to IS NOT NULL THEN 'rotating' ELSE 'active' END
                """
            terms.append(
                "LOWER(CAST(id AS TEXT) || ' ' || name || ' ' || preview || ' ' || scope || ' ' || \(state)) LIKE LOWER(?) ESCAPE '\\'"
            )
            arguments += [.boolean(true), .boolean(false), .time(now), .text(.containing(word))]
        }
        return (terms.joined(separator: " AND "), arguments)
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
