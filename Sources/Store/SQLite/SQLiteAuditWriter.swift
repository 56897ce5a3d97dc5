import GRDB
import Warehouse

/// Puts rows into the audit log by a ``SQLiteStatement``.
struct SQLiteAuditWriter {
    let database: Database

    private static let sql =
        "INSERT INTO api_key_audit (\(AuditLog.columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"

    func insert(_ entries: [AuditEntry]) throws {
        try SQLiteStatement.run(Self.sql, on: database) { statement in
            for entry in entries {
                let event = entry.event
                statement.bind(entry.sequence, at: 1)
                statement.bind(entry.time.microseconds, at: 2)
                try statement.bind(event.actor.source.rawValue, at: 3)
                try statement.bind(event.actor.name, at: 4)
                statement.bind(event.keyID?.rawValue, at: 5)
                try statement.bind(event.keyName, at: 6)
                try statement.bind(event.action, at: 7)
                statement.bind(event.status.map { Int64($0) }, at: 8)
                try statement.bind(event.actor.address, at: 9)
                statement.bind(event.duration?.wholeMicroseconds, at: 10)
                try statement.bind(event.detail, at: 11)
                try statement.bind(entry.previousHash, at: 12)
                try statement.bind(entry.hash, at: 13)
                try statement.step()
            }
        }
    }
}
