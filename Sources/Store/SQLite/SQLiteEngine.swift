import CSQLiteShim
import Foundation
import GRDB
import Warehouse

/// The store on one SQLite file, shared by any number of processes on the same machine.
///
/// WAL with `synchronous=FULL`; each write is `BEGIN IMMEDIATE` inside the ``WriteGate``; checkpoints happen only in a
/// commit, so inside it too. Readers have connections of their own and never wait.
final class SQLiteEngine: StoreEngine {
    private let path: String
    private let pool: DatabasePool
    private let gate: WriteGate?
    /// A connection that never writes, for ``peek(_:)``.
    private let watcher: DatabaseQueue
    private let counter: ChangeCounter

    let isReadOnly: Bool

    /// Opens the database, and makes an empty one with its folder when `creates` is set and there is none.
    ///
    /// `accept` is shown the database before anything can be written to it: opening for writing alone would turn one that
    /// it refuses into one with a write-ahead log.
    /// - Throws: ``StoreError`` with one sentence for every reason why `path` can't be used; what `accept` throws.
    init(
        path: String,
        readOnly: Bool,
        creates: Bool = false,
        patience: Duration = .seconds(10),
        accept: (any StoreSession) throws -> Void = { _ in }
    ) throws {
        self.path = path
        self.isReadOnly = readOnly
        if creates { try DatabaseFile.make(at: path) }
        try DatabaseFile.check(path, writable: false)
        do {
            watcher = try DatabaseQueue(
                path: path,
                configuration: Self.configuration(readOnly: true, patience: patience)
            )
            try watcher.read { database in
                // A file with a foreign header opens lazily: read it now, so that it is refused now.
                _ = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema")
                try accept(SQLiteSession(database: database))
            }
            try DatabaseFile.check(path, writable: !readOnly)
            let configuration = Self.configuration(readOnly: readOnly, patience: patience)
            if readOnly {
                self.gate = nil
                self.pool = try DatabasePool(path: path, configuration: configuration)
            } else {
                let gate = try WriteGate(database: path, patience: patience)
                self.gate = gate
                // Switching to WAL writes; GRDB then lowers `synchronous` to NORMAL, which is raised again here.
                self.pool = try gate.enter {
                    let pool = try DatabasePool(path: path, configuration: configuration)
                    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                    return pool
                }
            }
            self.counter = try ChangeCounter(path: path, patience: patience)
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    private static func configuration(readOnly: Bool, patience: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(patience.inSeconds)
        // Each takes a processor, and has read the schema before it answers.
        configuration.maximumReaderCount = min(max(2, ProcessInfo.processInfo.activeProcessorCount), 4)
        configuration.prepareDatabase { database in
            guard mdw_sqlite_no_checkpoint_on_close(UnsafeMutableRawPointer(database.sqliteConnection)) == 0 else {
                throw StoreError.failed("this SQLite can't switch off its checkpoint on close")
            }
            // GRDB gives the readers of a pool a time limit of its own.
            try database.execute(sql: "PRAGMA busy_timeout = \(patience.wholeMicroseconds / 1000)")
        }
        return configuration
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.read { try body(SQLiteSession(database: $0)) }
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        guard let gate else { throw StoreError.readOnly(path: path) }
        do {
            return try await pool.writeWithoutTransaction { database in
                try gate.enter {
                    var value: Value?
                    try database.inTransaction(.immediate) {
                        value = try body(SQLiteSession(database: database))
                        return .commit
                    }
                    guard let value else { throw StoreError.failed("a transaction ended without its value") }
                    return value
                }
            }
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    func writeAtOnce<Value>(_ body: (any StoreSession) throws -> Value) throws -> OwnCommit<Value> {
        guard let gate else { throw StoreError.readOnly(path: path) }
        do {
            return try pool.writeWithoutTransaction { database in
                try gate.enter {
                    // Prepared once: preparing `BEGIN` and `COMMIT` anew takes as long as some of these transactions.
                    try database.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
                    do {
                        let before = try counter.value()
                        let value = try body(SQLiteSession(database: database))
                        try database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
                        // Still behind the gate: nobody else can have committed in between.
                        return OwnCommit(value: value, before: before, after: try? counter.value())
                    } catch {
                        // SQLite has rolled back by itself after some failures; the first error is the reason.
                        if database.isInsideTransaction { try? database.rollback() }
                        throw error
                    }
                }
            }
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    func changeCounter() throws -> Int64 { try counter.value() }

    /// A commit writes the write-ahead log; in a database that has none, the database.
    var commitFiles: [String] { counter.files }

    func peek<Value>(_ body: (any StoreSession) throws -> Value) throws -> Value {
        do {
            return try watcher.unsafeRead { try body(SQLiteSession(database: $0)) }
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    func integrityProblems() async throws -> [String] {
        do {
            return try await pool.read { database in
                var problems: [String] = []
                do {
                    let found = try String.fetchCursor(database, sql: "PRAGMA integrity_check")
                    while let problem = try found.next() {
                        if problem != "ok" { problems.append(problem) }
                    }
                } catch DatabaseError.SQLITE_CORRUPT {
                    problems.append("the check could not go on")
                }
                return problems
            }
        } catch {
            throw SQLiteFailure.translate(error, path: path)
        }
    }

    func size() async throws -> Int64 {
        try await read { session in
            try session.count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        }
    }

    func close() throws {
        counter.close()
        try watcher.close()
        try pool.close()
    }
}
