package import Warehouse

extension LegacyStore {
    /// A key that requests were made with, as it is called here.
    package struct KeyIdentity: Hashable, Sendable {
        package var id: KeyID
        package var name: String?

        package init(id: KeyID, name: String?) {
            self.id = id
            self.name = name
        }
    }

    /// Puts requests aside until all are there, because the chain takes them in the order of their ids; returns how many
    /// were taken over before.
    package func stage(_ requests: [LegacyRequest]) async throws -> Int {
        let known = try await write(requests) { session, _ in
            try requests.filter { request in
                let row = LegacyRowID(request)
                if try session.takenOver(row) != nil { return true }
                try session.execute(
                    """
                    INSERT INTO legacy_audit (old_id, digest, api_key_id, action, status, time) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (old_id, digest) DO NOTHING
                    """,
                    [
                        .integer(row.id), .integer(row.digest), .integer(request.keyID), .text(request.action),
                        .integer(request.status.map { Int64($0) }), .time(request.time),
                    ]
                )
                return false
            }
        }
        return known.count
    }

    /// Keeps the ids of all keys that staged requests name, before any of them is chained.
    package func reserveStagedKeyIDs() async throws {
        let highest = try await engine.read { session in
            try session.count("SELECT COALESCE(MAX(api_key_id), 0) FROM legacy_audit")
        }
        try await reserve("api_keys", upTo: highest)
    }

    /// What one transaction of the chain took over.
    package struct ChainedRequests: Sendable {
        package var count = 0
        /// Keys that the dump lacks, by their old ids.
        package var missingKeys: [Int64: KeyID] = [:]
    }

    /// Puts the next requests that were staged at the end of the chain: at most `limit`; none when all are there.
    ///
    /// `keys` are the dump's keys by their old ids. The requests of another key keep their key's id when it never named a
    /// key here; ``reserveStagedKeyIDs()`` must have been called.
    package func chain(_ limit: Int, keys: [Int64: KeyIdentity]) async throws -> ChainedRequests {
        let isEmpty = try await engine.read {
            try $0.count("SELECT COUNT(*) FROM (SELECT 1 FROM legacy_audit LIMIT 1)") == 0
        }
        guard !isEmpty else { return ChainedRequests() }
        return try await engine.write { [clock] session in
            let staged = try session.rows(
                "SELECT old_id, digest, api_key_id, action, status, time FROM legacy_audit ORDER BY old_id, digest LIMIT ?",
                [.integer(limit)],
                StagedRequest.init
            )
            var chained = ChainedRequests()
            var missing: [Int64: KeyIdentity] = [:]
            for request in staged {
                var identity: KeyIdentity?
                if let old = request.keyID {
                    identity = try keys[old] ?? missing[old] ?? session.identity(ofMissingKey: old)
                    if keys[old] == nil { missing[old] = identity }
                }
                let entry = try session.append(request.event(by: identity), at: request.time)
                try session.remember(request.row, as: entry.sequence)
                try session.execute(
                    "DELETE FROM legacy_audit WHERE old_id = ? AND digest = ?",
                    [.integer(request.row.id), .integer(request.row.digest)]
                )
            }
            chained.count = staged.count
            chained.missingKeys = missing.mapValues(\.id)
            var totals = Totals()
            totals.requests = Int64(staged.count)
            try session.tally(totals, at: clock.now)
            return chained
        }
    }
}

/// A request that waits for its place in the chain.
private struct StagedRequest {
    let row: LegacyRowID
    let keyID: Int64?
    let action: String
    let status: Int?
    let time: Timestamp

    init(_ reader: inout RowReader) {
        row = LegacyRowID(.audit, reader.integer(), digest: reader.integer())
        keyID = reader.optionalInteger()
        action = reader.text()
        status = reader.optionalInteger().map { Int($0) }
        time = reader.time()
    }

    func event(by key: LegacyStore.KeyIdentity?) -> AuditEvent {
        let name = key.map { $0.name ?? "deleted key \($0.id.rawValue)" } ?? "unknown"
        var event = AuditEvent(
            action,
            by: Actor(source: .http, name: name),
            status: status,
            detail: "imported from the old service, row \(row.id)"
        )
        event.keyID = key?.id
        event.keyName = key?.name?.sanitized(limit: 100)
        return event
    }
}

extension LegacyRowID {
    fileprivate init(_ request: LegacyRequest) {
        self.init(
            .audit,
            request.id,
            content: [
                request.keyID.map(String.init), request.action, request.status.map(String.init),
                String(request.time.microseconds),
            ]
        )
    }
}

extension StoreSession {
    /// What a key that the dump lacks is called here: as before, when an earlier dump had it; else by its old id when that
    /// never named a key here, or by a new one.
    fileprivate func identity(ofMissingKey oldID: Int64) throws -> LegacyStore.KeyIdentity {
        let before = try row(
            "SELECT new_id FROM legacy_rows WHERE kind = ? AND old_id = ? ORDER BY digest <> 0 DESC, new_id DESC LIMIT 1",
            [.text(LegacyRowID.Kind.keys), .integer(oldID)]
        ) { $0.integer() }
        if let before {
            let name =
                try row("SELECT name FROM api_keys WHERE id = ?", [.integer(before)]) { $0.text() }
                ?? row(
                    """
                    SELECT api_key_name FROM api_key_audit WHERE api_key_id = ? AND api_key_name IS NOT NULL
                    ORDER BY sequence DESC LIMIT 1
                    """,
                    [.integer(before)]
                ) { $0.text() }
            return LegacyStore.KeyIdentity(id: KeyID(before), name: name)
        }
        let id = try freeKeyID(for: oldID)
        try remember(LegacyRowID(.keys, oldID, digest: 0), as: id)
        return LegacyStore.KeyIdentity(id: KeyID(id), name: nil)
    }
}
