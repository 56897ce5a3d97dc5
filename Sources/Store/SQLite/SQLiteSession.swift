import GRDB
import GRDBSQLite
import Warehouse

/// A transaction or a snapshot on one SQLite connection.
struct SQLiteSession: StoreSession {
    let database: Database

    func forEachRow(_ sql: String, _ arguments: [SQLValue], _ body: (inout RowReader) throws -> Void) throws {
        let statement = try database.cachedStatement(sql: sql)
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments.map(\.forSQLite)))
        while try rows.next() != nil {
            var reader = RowReader(SQLiteRow(statement: statement.sqliteStatement))
            try body(&reader)
            if let damage = reader.damage { throw StoreError.damaged(damage) }
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        let statement = try database.cachedStatement(sql: sql)
        try statement.execute(arguments: StatementArguments(arguments.map(\.forSQLite)))
        // A statement with RETURNING counts its changes too.
        return database.changesCount
    }

    func executeScript(_ sql: String) throws {
        try database.execute(sql: Self.unwrappingHints(sql))
    }

    func tableNames() throws -> [String] {
        try rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name") {
            $0.text()
        }
    }

    func upsert(
        _ candles: ArraySlice<Candle>,
        of series: CandleSeries,
        source: CandleSource,
        fetchedAt: Timestamp
    ) throws -> Int {
        try SQLiteCandleWriter(database: database).upsert(candles, of: series, source: source, fetchedAt: fetchedAt)
    }

    func insert(_ entries: [AuditEntry]) throws {
        try SQLiteAuditWriter(database: database).insert(entries)
    }

    /// `/* sqlite: WITHOUT ROWID */` becomes `WITHOUT ROWID`; to any other engine it stays a comment.
    static func unwrappingHints(_ sql: String) -> String {
        sql.replacing(/\/\* sqlite: (.*?) \*\//) { String($0.output.1) }
    }
}

/// The row that a statement stands on.
///
/// SQLite would turn any value into any other: `200 OK` into 200, and a text into
/// what stands before its first NUL. Here what has another type is `nil`, so that an edited row shows.
private struct SQLiteRow: StoreRow {
    let statement: OpaquePointer

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

extension SQLValue {
    fileprivate var forSQLite: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .boolean(let value): value.databaseValue
        }
    }
}
