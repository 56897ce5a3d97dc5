import GRDB
import Warehouse

/// A transaction or a snapshot on one SQLite connection.
struct SQLiteSession: StoreSession {
    let database: Database

    func forEachRow(_ sql: String, _ arguments: [SQLValue], _ body: (inout RowReader) throws -> Void) throws {
        let statement = try database.cachedStatement(sql: sql)
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments.map(\.forSQLite)))
        while let row = try rows.next() {
            var reader = RowReader(SQLiteRow(row: row))
            try body(&reader)
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

    /// `/* sqlite: WITHOUT ROWID */` becomes `WITHOUT ROWID`; to any other engine it stays a comment.
    static func unwrappingHints(_ sql: String) -> String {
        sql.replacing(/\/\* sqlite: (.*?) \*\//) { String($0.output.1) }
    }
}

private struct SQLiteRow: StoreRow {
    let row: Row

    func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }
    // NULL where none can be, in a file that somebody changed, must not end the process.
    func integer(_ column: Int) -> Int64 { (row[column] as Int64?) ?? 0 }
    func real(_ column: Int) -> Double { (row[column] as Double?) ?? 0 }
    func text(_ column: Int) -> String { (row[column] as String?) ?? "" }
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
