import GRDB

/// Turns what SQLite and GRDB report into the store's errors: here, and nowhere else.
enum SQLiteFailure {
    /// The same for a failure that the C API reports.
    static func translate(code: Int32, message: String?, path: String) -> any Error {
        translate(DatabaseError(resultCode: ResultCode(rawValue: code), message: message), path: path)
    }

    static func translate(_ error: any Error, path: String) -> any Error {
        guard let failure = error as? DatabaseError else { return error }
        switch failure.resultCode {
        case .SQLITE_NOTADB: return StoreError.notADatabase(path: path)
        case .SQLITE_CORRUPT: return StoreError.damaged(failure.message ?? "its structure is broken")
        case .SQLITE_READONLY: return StoreError.readOnly(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return StoreError.busy(detail: "a program other than mdw holds it; close that program")
        case .SQLITE_FULL: return StoreError.full
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return StoreError.noPermission(path: path, detail: failure.message ?? "permission denied")
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: return CancellationError()
        // The code and SQLite's words, without the statement's arguments, which can hold what must not be shown.
        default:
            return StoreError.failed(
                "\(failure.message ?? "unknown error") (SQLite \(failure.extendedResultCode.rawValue))"
            )
        }
    }
}
