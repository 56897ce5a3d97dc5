import CSQLiteShim
import Foundation
import GRDBSQLite
import Warehouse

/// Counts the states that the database has been seen in: another number after any commit, of any connection and process.
///
/// Looks at the header of the write-ahead log's index, which every process on the database maps into its memory and which
/// each commit rewrites before it returns (https://www.sqlite.org/walformat.html, "The WAL-Index File Format": a counter of
/// transactions, the number of frames, salts and a checksum). So asking costs no call of the system and no lock of SQLite,
/// which `PRAGMA data_version` takes: it is asked for each request. Where the header is not of the format that is known,
/// that pragma is asked instead.
final class ChangeCounter: @unchecked Sendable {
    // Unchecked: everything but `path` and `files`, which stay as they were made, is only touched while `lock` is held.
    private let lock = NSLock()
    private let path: String
    /// The database and its write-ahead log, where SQLite has them: behind all symbolic links.
    private(set) var files: [String] = []
    private var connection: OpaquePointer?
    private var pragma: OpaquePointer?
    private var header: UnsafePointer<Header>?
    private var seen = Header()
    private var count: Int64 = 0
    private var isClosed = false

    /// The first copy of the header, word by word.
    private struct Header: Equatable {
        /// The version of the format, and padding.
        var format: UInt64 = 0
        /// The counter of transactions; initialised, byte order, page size.
        var change: UInt64 = 0
        /// Frames in the log; pages of the database.
        var size: UInt64 = 0
        var frameChecksum: UInt64 = 0
        var salt: UInt64 = 0
        var checksum: UInt64 = 0

        /// The version that every SQLite since 3.7.0 writes.
        var isKnown: Bool { UInt32(truncatingIfNeeded: format) == 3_007_000 }
    }

    /// - Throws: ``StoreError`` when the database can't be opened.
    init(path: String, patience: Duration) throws {
        self.path = path
        do {
            // Read once, so that the index is mapped; it stays so as long as this connection is open.
            guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK,
                mdw_sqlite_no_checkpoint_on_close(UnsafeMutableRawPointer(connection)) == 0,
                sqlite3_busy_timeout(connection, Int32(clamping: patience.wholeMicroseconds / 1000)) == SQLITE_OK,
                sqlite3_prepare_v2(connection, "PRAGMA data_version", -1, &pragma, nil) == SQLITE_OK
            else { throw failure() }
            _ = try dataVersion()
            let name = sqlite3_db_filename(connection, "main")
            files = [name, name.flatMap(sqlite3_filename_wal)].compactMap { $0.map { String(cString: $0) } }
            if try isInWALMode() {
                header = mdw_sqlite_wal_index(UnsafeMutableRawPointer(connection))?
                    .assumingMemoryBound(to: Header.self)
            }
        } catch {
            close()
            throw error
        }
    }

    deinit {
        close()
    }

    /// - Throws: ``StoreError`` when the database can't be read, or was closed.
    func value() throws -> Int64 {
        lock.lock()
        defer { lock.unlock() }
        guard !isClosed else { throw StoreError.failed("it is closed") }
        guard let current = header?.pointee, current.isKnown else { return try dataVersion() }
        // A header that is being written differs too; then the commit has not returned, and the next look sees it whole.
        if current != seen {
            seen = current
            count += 1
        }
        return count
    }

    func close() {
        lock.lock()
        defer { lock.unlock() }
        guard !isClosed else { return }
        isClosed = true
        header = nil
        sqlite3_finalize(pragma)
        sqlite3_close_v2(connection)
    }

    private func dataVersion() throws -> Int64 {
        defer { sqlite3_reset(pragma) }
        guard sqlite3_step(pragma) == SQLITE_ROW else { throw failure() }
        // Below zero, so that no count of headers is one of these.
        return -1 - sqlite3_column_int64(pragma, 0)
    }

    private func isInWALMode() throws -> Bool {
        var mode: OpaquePointer?
        defer { sqlite3_finalize(mode) }
        guard sqlite3_prepare_v2(connection, "PRAGMA journal_mode", -1, &mode, nil) == SQLITE_OK,
            sqlite3_step(mode) == SQLITE_ROW, let text = sqlite3_column_text(mode, 0)
        else { throw failure() }
        return String(cString: text) == "wal"
    }

    private func failure() -> any Error {
        SQLiteFailure.translate(
            code: sqlite3_extended_errcode(connection),
            message: connection.map { String(cString: sqlite3_errmsg($0)) },
            path: path
        )
    }
}
