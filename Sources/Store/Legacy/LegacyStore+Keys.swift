package import Warehouse

extension LegacyStore {
    /// Keeps the ids up to `id` for the old service's keys.
    package func reserveKeyIDs(upTo id: Int64) async throws {
        try await reserve("api_keys", upTo: id)
    }

    /// Takes over keys by their hashes under their old ids, in their order.
    ///
    /// A key that is here already stays as it is; one whose id names another key, or named one, gets a new id; one that was
    /// taken over before and deleted here stays deleted. The ids must have been reserved.
    package func addKeys(_ keys: [LegacyKey]) async throws -> [Outcome] {
        try await write(keys) { session, now in
            var totals = Totals()
            let outcomes = try keys.map { key -> Outcome in
                let outcome = try session.takeOver(key, at: now)
                if outcome.isAdded { totals.keys += 1 }
                return outcome
            }
            if totals.keys > 0 { try session.raise(.keys) }
            try session.tally(totals, at: now)
            return outcomes
        }
    }

    /// Who made imported keys.
    static let importer = "legacy import"
}

extension StoreSession {
    fileprivate func takeOver(_ key: LegacyKey, at now: Timestamp) throws -> LegacyStore.Outcome {
        let row = LegacyRowID(.keys, key.id, content: [key.hash.hex])
        let known = try self.row("SELECT id FROM api_keys WHERE key_hash = ?", [.text(key.hash.hex)]) { $0.integer() }
        if let known {
            // Remembered, so that it stays deleted once somebody deletes it.
            try remember(row, as: known)
            return .known(known)
        }
        if let former = try takenOver(row) { return .deleted(former) }
        let id = try freeKeyID(for: key.id)
        try execute(
            """
            INSERT INTO api_keys (id, key_hash, preview, name, scope, active, created_at, created_by, last_used,
                                  last_used_endpoint, request_count, revoked_by, revoked_reason, compromised)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(id), .text(key.hash.hex), .text(key.preview), .text(key.name), .text(KeyScope.admin),
                .boolean(key.active), .time(key.createdAt ?? now), .text(LegacyStore.importer), .time(key.lastUsed),
                .text(key.lastUsedEndpoint), .integer(key.requestCount),
                .text(key.active ? nil : LegacyStore.importer),
                .text(key.active ? nil : "inactive in the old service"), .boolean(false),
            ]
        )
        try remember(row, as: id)
        return .added(id)
    }

    /// The old id, when it never named a key here, or stood for this one in the audit; else a new one.
    func freeKeyID(for oldID: Int64) throws -> Int64 {
        let inUse = "SELECT COUNT(*) FROM api_keys WHERE id = ?"
        if let reserved = try takenOver(LegacyRowID(.keys, oldID, digest: 0)),
            try count(inUse, [.integer(reserved)]) == 0
        {
            return reserved
        }
        let others =
            try count(inUse, [.integer(oldID)])
            + count(
                "SELECT COUNT(*) FROM (SELECT 1 FROM api_key_audit WHERE api_key_id = ? LIMIT 1)",
                [.integer(oldID)]
            )
            + count(
                "SELECT COUNT(*) FROM legacy_rows WHERE kind = ? AND new_id = ?",
                [.text(LegacyRowID.Kind.keys), .integer(oldID)]
            )
        return others == 0 ? oldID : try nextID(of: "api_keys")
    }
}
