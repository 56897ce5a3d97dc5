package import Warehouse

/// A key that was just made, with its clear text: the only time that it exists outside of its owner's hands.
package struct CreatedKey: Sendable {
    package let key: APIKey
    package let raw: RawKey

    package init(key: APIKey, raw: RawKey) {
        self.key = key
        self.raw = raw
    }
}

extension KeyStore {
    /// Makes a key.
    ///
    /// It is usable when this returns.
    /// - Throws: ``StoreError/badExpiry(_:)`` for an expiry that is not in the future.
    package func create(
        _ name: KeyName,
        scope: KeyScope,
        expiresAt: Timestamp? = nil,
        by actor: Actor,
        using generator: inout some RandomNumberGenerator
    ) async throws -> CreatedKey {
        let raw = RawKey.generate(using: &generator)
        let key = try await engine.write { [clock] session in
            let now = clock.now
            if let expiresAt, expiresAt <= now { throw StoreError.badExpiry("\(expiresAt) has passed") }
            let key = try session.insertKey(
                raw,
                name: name.text,
                scope: scope,
                expiresAt: expiresAt,
                by: actor,
                at: now
            )
            try session.append(
                AuditEvent(
                    "key.create",
                    by: actor,
                    key: (key.id, key.name),
                    detail: "scope \(scope.rawValue)" + (expiresAt.map { ", expires \($0)" } ?? "")
                ),
                at: now
            )
            return key
        }
        return CreatedKey(key: key, raw: raw)
    }

    /// Makes the first admin key, only when the store holds no admin key, usable or not; `nil` otherwise.
    package func createFirst(
        by actor: Actor,
        using generator: inout some RandomNumberGenerator
    ) async throws -> CreatedKey? {
        let raw = RawKey.generate(using: &generator)
        let key: APIKey? = try await engine.write { [clock] session in
            guard try session.count("SELECT COUNT(*) FROM api_keys WHERE scope = 'admin'") == 0 else { return nil }
            let now = clock.now
            let key = try session.insertKey(raw, name: "admin", scope: .admin, expiresAt: nil, by: actor, at: now)
            try session.append(
                AuditEvent("key.create", by: actor, key: (key.id, key.name), detail: "the first admin key"),
                at: now
            )
            return key
        }
        return key.map { CreatedKey(key: $0, raw: raw) }
    }

    /// The longest that a rotated key keeps working beside its successor.
    package static let longestGrace = Duration.seconds(30 * 86_400)

    /// Replaces a key by a new one of the same name, scope and expiry.
    ///
    /// The old one keeps working for `grace`, never beyond its own expiry; without a grace it is revoked at once.
    /// - Throws: ``StoreError/badGrace``, ``StoreError/notUsable(_:_:)``, ``StoreError/unknownKey(_:)``.
    package func rotate(
        _ id: KeyID,
        grace: Duration = .zero,
        by actor: Actor,
        using generator: inout some RandomNumberGenerator
    ) async throws -> CreatedKey {
        guard grace >= .zero, grace <= Self.longestGrace else { throw StoreError.badGrace }
        let raw = RawKey.generate(using: &generator)
        let key = try await engine.write { [clock] session in
            let now = clock.now
            let old = try session.key(id)
            let state = old.state(at: now)
            guard state == .active else { throw StoreError.notUsable(id, state) }
            let new = try session.insertKey(
                raw,
                name: old.name,
                scope: old.scope,
                expiresAt: old.expiresAt,
                by: actor,
                at: now
            )
            // Never beyond the old key's own expiry.
            let end = min(old.expiresAt ?? now + grace, now + grace)
            if grace == .zero {
                try session.execute(
                    """
                    UPDATE api_keys SET rotated_to = ?, active = ?, revoked_at = ?, revoked_by = ?, revoked_reason = ?
                    WHERE id = ?
                    """,
                    [.id(new.id), .boolean(false), .time(now), .text(actor.name), .text("rotated"), .id(id)]
                )
            } else {
                try session.execute(
                    "UPDATE api_keys SET rotated_to = ?, expires_at = ? WHERE id = ?",
                    [.id(new.id), .time(end), .id(id)]
                )
            }
            try session.append(
                AuditEvent(
                    "key.rotate",
                    by: actor,
                    key: (old.id, old.name),
                    detail: "replaced by key \(new.id.rawValue)"
                        + (grace == .zero ? "" : ", works until \(end)")
                ),
                at: now
            )
            return new
        }
        return CreatedKey(key: key, raw: raw)
    }
}

extension StoreSession {
    fileprivate func insertKey(
        _ raw: RawKey,
        name: String,
        scope: KeyScope,
        expiresAt: Timestamp?,
        by actor: Actor,
        at now: Timestamp
    ) throws -> APIKey {
        let id = KeyID(try nextID(of: "api_keys"))
        try execute(
            """
            INSERT INTO api_keys (id, key_hash, preview, name, scope, active, created_at, created_by, expires_at, compromised)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(id), .text(raw.hash.hex), .text(raw.preview), .text(name), .text(scope), .boolean(true), .time(now),
                .text(actor.name), .time(expiresAt), .boolean(false),
            ]
        )
        try raise(.keys)
        return try key(id)
    }
}
