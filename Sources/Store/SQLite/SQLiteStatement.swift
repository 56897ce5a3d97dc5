import GRDB
import GRDBSQLite

/// A prepared statement, run through the C API on GRDB's connection: binding and stepping so is more than twice as fast as
/// through GRDB's own statements.
///
/// Runs in the transaction that its caller has opened.
struct SQLiteStatement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer?

    /// Prepares `sql`, or takes it from GRDB's cache, for the time of `body`; what `body` bound is forgotten afterwards.
    static func run<Value>(
        _ sql: String,
        on database: Database,
        _ body: (SQLiteStatement) throws -> Value
    ) throws -> Value {
        // GRDB keeps the prepared statement with its connection; only the binding and stepping go past it.
        let cached = try database.cachedStatement(sql: sql)
        let statement = cached.sqliteStatement
        sqlite3_reset(statement)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        return try body(SQLiteStatement(statement: statement, connection: database.sqliteConnection))
    }

    /// The row that the statement stands on.
    var row: SQLiteRow { SQLiteRow(statement: statement) }

    func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(statement, index, value) }
    func bind(_ value: Double, at index: Int32) { sqlite3_bind_double(statement, index, value) }

    func bind(_ value: Int64?, at index: Int32) {
        if let value { bind(value, at: index) } else { sqlite3_bind_null(statement, index) }
    }

    func bind(_ value: Double?, at index: Int32) {
        if let value { bind(value, at: index) } else { sqlite3_bind_null(statement, index) }
    }

    /// Binds a text, which SQLite copies.
    func bind(_ text: String?, at index: Int32) throws {
        guard var text else {
            sqlite3_bind_null(statement, index)
            return
        }
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        // Without bytes there need not be an address, and SQLite would take that for NULL.
        let result =
            text.isEmpty
            ? sqlite3_bind_text(statement, index, "", 0, copied)
            : text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copied)
                }
            }
        guard result == SQLITE_OK else { throw StoreError.failed("a text of \(text.utf8.count) bytes can't be bound") }
    }

    /// Binds the values to the statement's parameters, in their order.
    func bind(_ values: [SQLValue]) throws {
        guard values.count == Int(sqlite3_bind_parameter_count(statement)) else {
            throw StoreError.failed("a statement was given \(values.count) values for its parameters")
        }
        var index: Int32 = 0
        for value in values {
            index += 1
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let value): bind(value, at: index)
            case .real(let value): bind(value, at: index)
            case .text(let value): try bind(value, at: index)
            case .boolean(let value): bind(Int64(value ? 1 : 0), at: index)
            }
        }
    }

    /// Goes to the next row; `false` when there is none.
    func next() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection))
            )
        }
    }

    /// Runs the statement to its end for what is bound, and makes it ready for what is bound next.
    func step() throws {
        while try next() {}
        sqlite3_reset(statement)
    }
}

/// The row that a statement stands on.
///
/// SQLite would turn any value into any other: `200 OK` into 200, and a text into what stands before its first NUL. Here what
/// has another type is `nil`, so that an edited row shows.
struct SQLiteRow: StoreRow {
    fileprivate let statement: OpaquePointer

    func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

    func integer(_ column: Int) -> Int64? {
        type(column) == SQLITE_INTEGER ? sqlite3_column_int64(statement, Int32(column)) : nil
    }

    func real(_ column: Int) -> Double? {
        let type = type(column)
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { return nil }
        return sqlite3_column_double(statement, Int32(column))
    }

    func text(_ column: Int) -> String? {
        guard type(column) == SQLITE_TEXT, let start = sqlite3_column_text(statement, Int32(column)) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private func type(_ column: Int) -> Int32 { sqlite3_column_type(statement, Int32(column)) }
}
