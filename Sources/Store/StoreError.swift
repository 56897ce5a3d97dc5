package import Warehouse

/// Why the store did not do what it was asked.
///
/// Each prints one sentence that says what to do.
package enum StoreError: Error, Hashable, Sendable {
    // The request is refused; the store is well.
    case unknownKey(String)
    case ambiguousKey(name: String, ids: [KeyID])
    case alreadyRevoked(KeyID)
    case notRevoked(KeyID)
    case compromised(KeyID)
    case lastAdminKey(KeyID)
    case notUsable(KeyID, KeyState)
    case badExpiry(String)
    case badGrace
    case alreadyTracked(String, active: Bool)
    case unknownSymbol(String)
    case inactiveSymbol(String)
    case noTimeframes
    case unknownJob(JobID)
    case jobState(JobID, is: JobState, action: String)
    case overlappingJob(JobID, symbol: String, timeframe: Timeframe)
    case emptyRange
    case mixedSources(symbol: String, has: CandleSource, wants: CandleSource)
    /// Another worker holds the job, or the job was paused or cancelled: nothing was written.
    case leaseLost(JobID)

    // The store can't be used.
    case missing(path: String)
    case notADatabase(path: String)
    /// A database of another program.
    case foreignDatabase
    case noPermission(path: String, detail: String)
    case readOnly(path: String)
    case busy(detail: String)
    case full
    case damaged(String)
    case changedMigration(version: Int, name: String)
    case missingMigration(version: Int, name: String)
    case newerSchema(version: Int, known: Int)
    case notMigrated(version: Int, known: Int)
    case failed(String)

    /// Whether the store itself is unavailable, as opposed to well and refusing.
    package var isUnavailable: Bool {
        switch self {
        case .missing, .notADatabase, .foreignDatabase, .noPermission, .readOnly, .busy, .full, .damaged,
            .changedMigration,
            .missingMigration, .newerSchema, .notMigrated, .failed:
            true
        default: false
        }
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownKey(let reference): "there is no API key '\(reference.sanitized(limit: 100))'"
        case .ambiguousKey(let name, let ids):
            "\(ids.count) keys are named '\(name.sanitized(limit: 100))': use one of the ids "
                + ids.map { String($0.rawValue) }.joined(separator: ", ")
        case .alreadyRevoked(let id): "key \(id.rawValue) is already revoked"
        case .notRevoked(let id): "key \(id.rawValue) is not revoked"
        case .compromised(let id):
            "key \(id.rawValue) was revoked as compromised and can't be restored: create a new one"
        case .lastAdminKey(let id):
            "key \(id.rawValue) is the last active admin key: confirm explicitly, or create another admin key first"
        case .notUsable(let id, let state): "key \(id.rawValue) is \(state.rawValue): only an active key can be rotated"
        case .badExpiry(let detail): "the expiry \(detail): use a time in the future, such as 2027-01-31"
        case .badGrace: "the grace period must lie between 0 and 30 days"
        case .alreadyTracked(let symbol, let active):
            "\(symbol) is already tracked" + (active ? "" : ", but inactive: activate it instead")
        case .unknownSymbol(let symbol): "the symbol '\(symbol.sanitized(limit: 40))' is not tracked: add it first"
        case .inactiveSymbol(let symbol): "\(symbol) is inactive: activate it first"
        case .noTimeframes:
            "a symbol needs at least one timeframe: "
                + Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
        case .unknownJob(let id): "there is no backfill job \(id.rawValue)"
        case .jobState(let id, let state, let action): "job \(id.rawValue) is \(state.rawValue): it can't be \(action)"
        case .overlappingJob(let id, let symbol, let timeframe):
            "job \(id.rawValue) already fetches a part of that range of \(symbol) \(timeframe.rawValue): "
                + "wait for it or cancel it"
        case .emptyRange: "the range is empty: the end must come after the start"
        case .mixedSources(let symbol, let has, let wants):
            "\(symbol) holds \(has.rawValue) candles and can't take \(wants.rawValue) ones: use another database"
        case .leaseLost(let id): "job \(id.rawValue) is no longer this worker's"
        case .missing(let path): "there is no database at \(path): run 'mdw bootstrap' to make it"
        case .notADatabase(let path): "\(path) is not an mdw database: choose another file with --database"
        case .foreignDatabase: "the database belongs to another program: choose another file with --database"
        case .noPermission(let path, let detail): "\(path) can't be opened: \(detail)"
        case .readOnly(let path): "\(path) can't be written: check its permissions and those of its folder"
        case .busy(let detail): "the database is locked: \(detail)"
        case .full: "the disk is full: nothing was changed; make room and try again"
        case .damaged(let detail): "the database is damaged: \(detail); restore a backup"
        case .changedMigration(let version, let name):
            "migration \(version) (\(name)) was changed after it was applied: use the mdw that made this database"
        case .missingMigration(let version, let name):
            "the database has the migration \(version) (\(name)), which this mdw does not know: use the mdw that made it"
        case .newerSchema(let version, let known):
            "the database has schema \(version), this mdw knows up to \(known): update mdw"
        case .notMigrated(let version, let known):
            "the database has schema \(version), this mdw needs \(known): run 'mdw migrate'"
        case .failed(let detail): "the database failed: \(detail)"
        }
    }
}
