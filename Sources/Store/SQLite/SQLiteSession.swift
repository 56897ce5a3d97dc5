import GRDB
import Warehouse

/// A transaction or a snapshot on one SQLite connection.
struct SQLiteSession: StoreSession {
    let database: Database

    func forEachRow(_ sql: String, _ arguments: [SQLValue], _ body: (inout RowReader) throws -> Void) throws {
        try SQLiteStatement.run(sql, on: database) { statement in
            try statement.bind(arguments)
            while try statement.next() {
                var reader = RowReader(statement.row)
                try body(&reader)
                if let damage = reader.damage { throw StoreError.damaged(damage) }
            }
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try SQLiteStatement.run(sql, on: database) { statement in
            try statement.bind(arguments)
            try statement.step()
        }
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
        fetchedAt: Timestamp,
        unsaid: CandleBatch.Unsaid
    ) throws -> Int {
        try SQLiteCandleWriter(database: database)
            .upsert(candles, of: series, source: source, fetchedAt: fetchedAt, unsaid: unsaid)
    }

    func insert(_ entries: [AuditEntry]) throws {
        try SQLiteAuditWriter(database: database).insert(entries)
    }

    /// `/* sqlite: WITHOUT ROWID */` becomes `WITHOUT ROWID`; to any other engine it stays a comment.
    static func unwrappingHints(_ sql: String) -> String {
        sql.replacing(/\/\* sqlite: (.*?) \*\//) { String($0.output.1) }
    }
}
