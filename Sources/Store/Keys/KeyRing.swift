package import Warehouse

/// The keys by their hash, in memory, and never older than the store.
///
/// Each look asks for the change counter first, so that a key that any process has revoked is refused by every look
/// that begins after its revocation was committed.
package final class KeyRing: Sendable {
    /// A key as it was found, and the state of the store that it was found in.
    package struct Answer: Sendable {
        package let key: APIKey?
        /// The store's change counter at the time.
        package let changeCounter: Int64
    }

    private struct State {
        var changeCounter: Int64?
        /// The counter of ``Concern/keys``, which usage figures don't move.
        var generation: Int64?
        var keys: [SHA256Digest: APIKey] = [:]
    }

    private let engine: any StoreEngine
    private let state = LockedBox(State())

    package init(engine: any StoreEngine) {
        self.engine = engine
    }

    /// The key with this hash, whatever its state; its usage figures are not kept up to date.
    ///
    /// The time it takes does not tell a known hash from an unknown one.
    /// - Throws: ``StoreError`` when the store can't be read; nobody may be let in then.
    package func find(_ hash: SHA256Digest) throws -> Answer {
        try state.withLock { state in
            // Asked for before the keys are read: what is read can be newer than the counter, and never older.
            let counter = try engine.changeCounter()
            if state.changeCounter != counter {
                try refresh(&state)
                state.changeCounter = counter
            }
            guard let (stored, key) = state.keys[keyed: hash], stored.equalsInConstantTime(hash) else {
                return Answer(key: nil, changeCounter: counter)
            }
            return Answer(key: key, changeCounter: counter)
        }
    }

    private func refresh(_ state: inout State) throws {
        // What fails here must not leave a look that counts as fresh.
        state.changeCounter = nil
        let generation = try engine.peek { session in
            try session.count("SELECT value FROM generations WHERE concern = ?", [.text(Concern.keys)])
        }
        guard generation != state.generation else { return }
        state.generation = nil
        state.keys = try engine.peek { session in
            let rows = try session.rows("SELECT key_hash, \(KeyStore.columns) FROM api_keys") { row in
                (SHA256Digest(hex: row.text()), try KeyStore.decode(&row))
            }
            // A hash that is none can't be presented.
            return Dictionary(uniqueKeysWithValues: rows.compactMap { hash, key in hash.map { ($0, key) } })
        }
        state.generation = generation
    }
}

extension [SHA256Digest: APIKey] {
    fileprivate subscript(keyed hash: SHA256Digest) -> (key: SHA256Digest, value: APIKey)? {
        index(forKey: hash).map { self[$0] }
    }
}
