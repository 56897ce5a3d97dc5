import CSQLiteShim
import Foundation
import GRDBSQLite
import Warehouse

/// Asks a connection of its own for `PRAGMA data_version`, which moves with every commit of any other.
///
/// Through the C API with a prepared statement, because it is asked for each request: about a microsecond.
final class ChangeCounter: @unchecked Sendable {
    // Unchecked: the connection and its statement are only used while `lock` is held.
    private let lock = NSLock()
    private let path: String
    private var connection: OpaquePointer?
    private var statement: OpaquePointer?

    /// - Throws: ``StoreError`` when the database can't be opened.
    init(path: String, patience: Duration) throws {
        self.path = path
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK,
            mdw_sqlite_no_checkpoint_on_close(UnsafeMutableRawPointer(connection)) == 0,
            sqlite3_busy_timeout(connection, Int32(clamping: patience.wholeMicroseconds / 1000)) == SQLITE_OK,
            sqlite3_prepare_v2(connection, "PRAGMA data_version", -1, &statement, nil) == SQLITE_OK
        else {
            defer { close() }
            throw failure()
        }
    }

    deinit {
        close()
    }

    /// - Throws: ``StoreError`` when the database can't be read, or was closed.
    func value() throws -> Int64 {
        lock.lock()
        defer { lock.unlock() }
        guard let statement else { throw StoreError.failed("it is closed") }
        defer { sqlite3_reset(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW else { throw failure() }
        return sqlite3_column_int64(statement, 0)
    }

    func close() {
        lock.lock()
        defer { lock.unlock() }
        sqlite3_finalize(statement)
        sqlite3_close_v2(connection)
        statement = nil
        connection = nil
    }

    private func failure() -> any Error {
        SQLiteFailure.translate(
            code: sqlite3_extended_errcode(connection),
            message: connection.map { String(cString: sqlite3_errmsg($0)) },
            path: path
        )
    }
}
