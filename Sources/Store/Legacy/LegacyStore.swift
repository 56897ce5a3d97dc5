package import Warehouse

/// What an import from the old service writes.
///
/// Each call is one transaction of a few thousand rows at most, so that an administrator's change never waits long.
/// Every call may be made again with the same rows, at any time and after any crash: what is there already is told and
/// not touched.
package struct LegacyStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// What a row that is taken over becomes here.
    package enum Outcome: Hashable, Sendable {
        case added(Int64)
        /// It is there: under this id.
        case known(Int64)
        /// It was taken over once, and was deleted here since.
        case deleted(Int64)

        package var id: Int64 {
            switch self {
            case .added(let id), .known(let id), .deleted(let id): id
            }
        }

        package var isAdded: Bool {
            if case .added = self { true } else { false }
        }
    }

    /// What one import brought in, over all its runs that were interrupted.
    package struct Totals: Hashable, Sendable {
        package var symbols: Int64 = 0
        package var keys: Int64 = 0
        package var requests: Int64 = 0
        package var runs: Int64 = 0
        package var candles: Int64 = 0
        package var rejected: Int64 = 0

        package init() {}
    }

    /// Ends the import with its audit row; `nil`, and nothing written, when it changed nothing.
    ///
    /// `note` is what the audit row says besides the counts.
    package func finish(note: String? = nil, by actor: Actor) async throws -> Totals? {
        // Looked at first: an import that changed nothing must not wait for other writers.
        guard try await engine.read({ try $0.unfinishedImport() }) != nil else { return nil }
        return try await engine.write { [clock] session in
            guard let (id, totals) = try session.unfinishedImport() else { return nil }
            let now = clock.now
            try session.execute(
                "UPDATE legacy_imports SET finished_at = ? WHERE id = ?",
                [.time(now), .integer(id)]
            )
            try session.append(
                AuditEvent(
                    "legacy.import",
                    by: actor,
                    detail: [totals.text, note].compactMap { $0 }.joined(separator: "; ")
                ),
                at: now
            )
            return totals
        }
    }
}

extension LegacyStore.Totals {
    fileprivate var text: String {
        let counts = [
            symbols.counted("symbol"), keys.counted("key"), requests.counted("audit row"), runs.counted("backfill run"),
            candles.counted("candle"), rejected.counted("rejected candle"),
        ]
        return "from the old service: " + counts.joined(separator: ", ")
    }

    fileprivate var values: [SQLValue] { [symbols, keys, requests, runs, candles, rejected].map { .integer($0) } }
}

extension StoreSession {
    /// The import that was begun and not finished.
    fileprivate func unfinishedImport() throws -> (id: Int64, totals: LegacyStore.Totals)? {
        try row(
            """
            SELECT id, symbols, keys, requests, runs, candles, rejected FROM legacy_imports
            WHERE finished_at IS NULL ORDER BY id LIMIT 1
            """
        ) { row in
            let id = row.integer()
            var totals = LegacyStore.Totals()
            totals.symbols = row.integer()
            totals.keys = row.integer()
            totals.requests = row.integer()
            totals.runs = row.integer()
            totals.candles = row.integer()
            totals.rejected = row.integer()
            return (id, totals)
        }
    }

    /// Counts what this transaction brought in, so that the import's audit row tells of it whatever happens.
    func tally(_ totals: LegacyStore.Totals, at now: Timestamp) throws {
        guard totals != LegacyStore.Totals() else { return }
        let counted = try execute(
            """
            UPDATE legacy_imports SET symbols = symbols + ?, keys = keys + ?, requests = requests + ?, runs = runs + ?,
                                      candles = candles + ?, rejected = rejected + ? WHERE finished_at IS NULL
            """,
            totals.values
        )
        guard counted == 0 else { return }
        try execute(
            """
            INSERT INTO legacy_imports (id, started_at, symbols, keys, requests, runs, candles, rejected)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [.integer(try nextID(of: "legacy_imports")), .time(now)] + totals.values
        )
    }

    /// Makes sure that no id up to `id` is given out any more.
    func reserveIDs(of table: String, upTo id: Int64) throws {
        try execute(
            """
            INSERT INTO id_sequences (name, last_id) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET last_id = excluded.last_id WHERE id_sequences.last_id < excluded.last_id
            """,
            [.text(table), .integer(id)]
        )
    }

    /// The id here of a row that was taken over before.
    func takenOver(_ row: LegacyRowID) throws -> Int64? {
        try self.row(
            "SELECT new_id FROM legacy_rows WHERE kind = ? AND old_id = ? AND digest = ?",
            [.text(row.kind), .integer(row.id), .integer(row.digest)]
        ) { $0.integer() }
    }

    func forget(_ row: LegacyRowID) throws {
        try execute(
            "DELETE FROM legacy_rows WHERE kind = ? AND old_id = ? AND digest = ?",
            [.text(row.kind), .integer(row.id), .integer(row.digest)]
        )
    }

    func remember(_ row: LegacyRowID, as id: Int64) throws {
        try execute(
            """
            INSERT INTO legacy_rows (kind, old_id, digest, new_id) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, old_id, digest) DO NOTHING
            """,
            [.text(row.kind), .integer(row.id), .integer(row.digest), .integer(id)]
        )
    }
}

/// What tells a row of the old service from all others.
struct LegacyRowID: Hashable {
    enum Kind: String {
        /// A symbol that was added without its row, under its id here.
        case symbols = "tracked_symbols"
        case keys = "api_keys"
        case audit = "api_key_audit"
        case runs = "backfill_history"
    }

    let kind: Kind
    let id: Int64
    let digest: Int64

    /// A row with this content.
    init(_ kind: Kind, _ id: Int64, content: [String?]) {
        let fields = content.map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }
        let digest = SHA256Digest(of: fields.joined(separator: ",").utf8)
        self.init(kind, id, digest: Int64(bitPattern: UInt64(digest.hex.prefix(16), radix: 16) ?? 0))
    }

    init(_ kind: Kind, _ id: Int64, digest: Int64) {
        self.kind = kind
        self.id = id
        self.digest = digest
    }
}
