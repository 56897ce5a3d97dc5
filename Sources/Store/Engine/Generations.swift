/// What can be stale in a cache, each with a counter of its own.
package enum Concern: String, CaseIterable, Sendable {
    case keys
    case symbols
    case candles
    case jobs
    case audit
    case workers
}

/// The counters of all concerns at one moment: equal counters, equal content.
package struct Generations: Hashable, Sendable {
    private let values: [Concern: Int64]

    package init(values: [Concern: Int64] = [:]) {
        self.values = values
    }

    /// The concerns that have moved since `other`.
    package func differences(from other: Generations) -> Set<Concern> {
        Set(Concern.allCases.filter { self[$0] != other[$0] })
    }

    package subscript(concern: Concern) -> Int64 { values[concern] ?? -1 }

    static func read(_ session: any StoreSession) throws -> Generations {
        let rows = try session.rows("SELECT concern, value FROM generations") { ($0.text(), $0.integer()) }
        let known = rows.compactMap { name, value in Concern(rawValue: name).map { ($0, value) } }
        return Generations(values: Dictionary(uniqueKeysWithValues: known))
    }
}

extension StoreSession {
    /// Tells caches that `concern` changed, in the transaction that changes it.
    func raise(_ concern: Concern) throws {
        try execute("UPDATE generations SET value = value + 1 WHERE concern = ?", [.text(concern)])
    }

    /// An id of `table` that was never given out before.
    func nextID(of table: String) throws -> Int64 {
        let sql = """
            INSERT INTO id_sequences (name, last_id) VALUES (?, 1)
            ON CONFLICT (name) DO UPDATE SET last_id = id_sequences.last_id + 1
            RETURNING last_id
            """
        return try count(sql, [.text(table)])
    }
}
