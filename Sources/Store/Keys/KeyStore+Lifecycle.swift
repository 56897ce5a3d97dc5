package import Warehouse

/// What happens when a change would leave no usable admin key.
package enum LastAdminKey: Sendable {
    /// The change is refused: always so over HTTP.
    case refuse
    /// A person was asked and typed the key's name.
    case confirmed
}

extension KeyStore {
    /// Takes a key out of use: no request that begins after this returned is let in with it.
    ///
    /// `compromised`: for good; the key can't be restored.
    package func revoke(
        _ id: KeyID,
        reason: String? = nil,
        compromised: Bool = false,
        lastAdmin: LastAdminKey = .refuse,
        by actor: Actor
    ) async throws -> APIKey {
        try await change(id, by: actor) { session, key, now in
            guard key.revocation.map({ compromised && !$0.compromised }) ?? true else {
                throw StoreError.alreadyRevoked(id)
            }
            if lastAdmin == .refuse { try session.requireAnotherAdminKey(than: key, at: now) }
            try session.execute(
                """
                UPDATE api_keys
                SET active = ?, revoked_at = ?, revoked_by = ?, revoked_reason = ?, compromised = ? WHERE id = ?
                """,
                [
                    .boolean(false), .time(now), .text(actor.name), .text(reason?.sanitized(limit: 200)),
                    .boolean(compromised), .id(id),
                ]
            )
            let words = [compromised ? "compromised" : nil, reason].compactMap { $0 }
            return AuditEvent(
                "key.revoke",
                by: actor,
                key: (id, key.name),
                detail: words.isEmpty ? nil : words.joined(separator: ": ")
            )
        }
    }

    /// Puts a revoked key back into use, until its expiry when it has one.
    ///
    /// A key that was replaced is one of its own again: its state says nothing of a grace period any more.
    /// - Throws: ``StoreError/compromised(_:)`` for a key that was revoked for good.
    package func restore(_ id: KeyID, by actor: Actor) async throws -> APIKey {
        try await change(id, by: actor) { session, key, _ in
            guard let revocation = key.revocation else { throw StoreError.notRevoked(id) }
            guard !revocation.compromised else { throw StoreError.compromised(id) }
            try session.execute(
                """
                UPDATE api_keys SET active = ?, revoked_at = NULL, revoked_by = NULL, revoked_reason = NULL, rotated_to = NULL WHERE id = ?
                """,
                [.boolean(true), .id(id)]
            )
            return AuditEvent("key.restore", by: actor, key: (id, key.name))
        }
    }

    /// Removes a key for good.
    ///
    /// Its audit rows stay.
    package func delete(_ id: KeyID, lastAdmin: LastAdminKey = .refuse, by actor: Actor) async throws {
        try await engine.write { [clock] session in
            let now = clock.now
            let key = try session.key(id)
            if lastAdmin == .refuse { try session.requireAnotherAdminKey(than: key, at: now) }
            try session.execute("DELETE FROM api_keys WHERE id = ?", [.id(id)])
            try session.raise(.keys)
            try session.append(
                AuditEvent("key.delete", by: actor, key: (id, key.name), detail: "preview \(key.preview)"),
                at: now
            )
        }
    }

    /// Whether `key` is the only admin key that opens anything now.
    package func isLastAdmin(_ key: APIKey) async throws -> Bool {
        try await engine.read { [clock] in try $0.isLastAdminKey(key, at: clock.now) }
    }

    private func change(
        _ id: KeyID,
        by actor: Actor,
        _ body: @escaping @Sendable (any StoreSession, APIKey, Timestamp) throws -> AuditEvent
    ) async throws -> APIKey {
        try await engine.write { [clock] session in
            let now = clock.now
            let event = try body(session, try session.key(id), now)
            try session.raise(.keys)
            try session.append(event, at: now)
            return try session.key(id)
        }
    }
}

extension StoreSession {
    fileprivate func isLastAdminKey(_ key: APIKey, at now: Timestamp) throws -> Bool {
        guard key.scope == .admin, key.state(at: now).isUsable else { return false }
        return try count(
            """
            SELECT COUNT(*) FROM api_keys
            WHERE scope = 'admin' AND active = ? AND (expires_at IS NULL OR expires_at > ?) AND id <> ?
            """,
            [.boolean(true), .time(now), .id(key.id)]
        ) == 0
    }

    fileprivate func requireAnotherAdminKey(than key: APIKey, at now: Timestamp) throws {
        if try isLastAdminKey(key, at: now) { throw StoreError.lastAdminKey(key.id) }
    }
}
