package import Warehouse

/// The keys in memory, and never older than the store.
///
/// Each look asks for the change counter first, so that a key that any process has revoked is refused by every look
/// that begins after its revocation was committed. Usage figures are kept along with this process's own commits, and read
/// anew after those of others.
package final class KeyRing: Sendable {
    /// When requests were committed, and the first of their rows in the audit log.
    struct Usage {
        let time: Timestamp
        let firstRow: Int64
    }

    private struct State {
        /// The store's change counter up to which the keys are known to be right, usage figures aside.
        var changeCounter: Int64?
        /// The same for the usage figures.
        var usageCounter: Int64?
        /// Whether a commit of this process is under way, whose usage figures ``KeyRing/follow(_:of:)`` will bring.
        var isCommitting = false
        /// The newest row of the audit log whose usage was among what was read.
        var lastRow: Int64 = 0
        /// The counter of ``Concern/keys``, which usage figures don't move.
        var generation: Int64?
        /// The newest first.
        var keys: [APIKey] = []
        var places: [SHA256Digest: Int] = [:]
        var placesByID: [KeyID: Int] = [:]
    }

    private let engine: any StoreEngine
    private let state = LockedBox(State())

    package init(engine: any StoreEngine) {
        self.engine = engine
    }

    /// The key with this hash, whatever its state.
    ///
    /// The time it takes does not tell a known hash from an unknown one. The usage figures may be older than the rest.
    /// - Throws: ``StoreError`` when the store can't be read; nobody may be let in then.
    package func find(_ hash: SHA256Digest) throws -> APIKey? {
        try state.withLock { state in
            _ = try refresh(&state)
            guard let index = state.places.index(forKey: hash),
                state.places[index].key.equalsInConstantTime(hash)
            else { return nil }
            return state.keys[state.places[index].value]
        }
    }

    /// The first `limit` of the keys that `isListed` lets pass, the newest first, with their usage figures, and the store's
    /// change counter that they belong to.
    /// - Throws: ``StoreError`` when the store can't be read.
    package func list(
        limit: Int = .max,
        where isListed: (APIKey) -> Bool = { _ in true }
    ) throws -> (keys: [APIKey], changeCounter: Int64) {
        try state.withLock { state in
            let counter = try refresh(&state)
            // What a commit under way has brought to the disk already, nobody was told of yet: reading all keys for it would
            // only hold up who follows it.
            if state.usageCounter != counter, !state.isCommitting || state.usageCounter == nil {
                state.changeCounter = nil
                let generation = state.generation
                try load(&state)
                state.changeCounter = counter
                state.usageCounter = counter
                // What was read is as new as that, or newer, which the next look finds out.
                state.generation = generation
            }
            // New ones, and no more than are wanted: who held the ring's own would make the next commit copy them all.
            var listed: [APIKey] = []
            for key in state.keys where isListed(key) {
                if listed.count == limit { break }
                listed.append(key)
            }
            return (listed, state.usageCounter ?? counter)
        }
    }

    /// Says that a commit of usage figures begins; ``follow(_:of:)`` says that it has ended.
    func expectCommit() {
        state.withLock { $0.isCommitting = true }
    }

    /// Moves the usage figures along with a commit of this process; `nil` for one that failed.
    func follow(_ commit: OwnCommit<Usage>?, of requests: [AuditEvent]) {
        state.withLock { state in
            state.isCommitting = false
            guard let commit, let after = commit.after else { return }
            // Equal counters before: what else is new in the store is this commit.
            if state.changeCounter == commit.before { state.changeCounter = after }
            guard state.usageCounter == commit.before else {
                // Another process committed in between: the next list reads all of it, even while commits go on.
                if state.usageCounter != after { state.usageCounter = nil }
                return
            }
            state.usageCounter = after
            // The keys may have been read just after the commit: then they hold it already.
            guard commit.value.firstRow > state.lastRow else { return }
            for request in requests {
                guard let place = request.keyID.flatMap({ state.placesByID[$0] }) else { continue }
                state.keys[place].requestCount += 1
                state.keys[place].lastUsed = commit.value.time
                state.keys[place].lastUsedEndpoint = request.action
            }
        }
    }

    /// Makes sure that the keys are right, usage figures aside; returns the counter for which that holds.
    private func refresh(_ state: inout State) throws -> Int64 {
        // Asked for before the keys are read: what is read can be newer than the counter, and never older.
        let counter = try engine.changeCounter()
        guard state.changeCounter != counter else { return counter }
        // What fails below must not leave a look that counts as fresh.
        state.changeCounter = nil
        let generation = try engine.peek { session in
            try session.count("SELECT value FROM generations WHERE concern = ?", [.text(Concern.keys)])
        }
        if generation != state.generation {
            try load(&state)
            state.usageCounter = counter
            state.generation = generation
        }
        state.changeCounter = counter
        return counter
    }

    private func load(_ state: inout State) throws {
        state.generation = nil
        state.usageCounter = nil
        var lastRow: Int64 = 0
        // One statement, so that the keys and the head of the log are of one moment.
        let rows = try engine.peek { session in
            try session.rows(
                """
                SELECT (SELECT COALESCE(MAX(sequence), 0) FROM api_key_audit), key_hash, \(KeyStore.columns)
                FROM api_keys ORDER BY id DESC
                """
            ) { row in
                lastRow = row.integer()
                return (SHA256Digest(hex: row.text()), try KeyStore.decode(&row))
            }
        }
        state.lastRow = lastRow
        state.keys = rows.map { $0.1 }
        state.placesByID = Dictionary(uniqueKeysWithValues: rows.indices.map { (rows[$0].1.id, $0) })
        // A hash that is none can't be presented.
        let hashes = rows.indices.compactMap { index in rows[index].0.map { ($0, index) } }
        state.places = Dictionary(uniqueKeysWithValues: hashes)
    }
}
