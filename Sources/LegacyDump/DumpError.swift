import Warehouse

/// Why a dump can't be read, in one sentence that says what to do.
package enum DumpError: Error, Hashable, Sendable {
    case unreadable(path: String, reason: String)
    case empty(path: String)
    case customFormat
    case archive
    case compressed
    case notText(encoding: String, line: Int)
    case insertStatements(table: String, line: Int)
    case noTables
    case noColumns(table: String, line: Int)
    case missingColumns(table: String, columns: [String], line: Int)
    /// The file ends within the rows of a table, or before the dump's last line.
    case truncated(table: String?, line: Int)
    case changedWhileReading(path: String)
}

extension DumpError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "the dump \(path.sanitized(limit: 300)) can't be read: \(reason)"
        case .empty(let path): "the dump \(path.sanitized(limit: 300)) is empty: dump with \(Self.command)"
        case .customFormat:
            "the dump is in pg_dump's custom format: use the plain one, \(Self.command), "
                + "or 'pg_restore --data-only -f dump.sql FILE'"
        case .archive: "the dump is a tar archive: use the plain format, \(Self.command)"
        case .compressed:
            "the dump is compressed: unpack it first, such as 'gunzip -c FILE | mdw import-legacy --dump -'"
        case .notText(let encoding, let line):
            "line \(line): the dump is in \(encoding.sanitized(limit: 40)): dump with 'pg_dump --data-only --encoding=UTF8'"
        case .insertStatements(let table, let line):
            "line \(line): the dump holds the rows of \(table) as INSERT statements: dump with \(Self.command), "
                + "without --inserts and --column-inserts"
        case .noTables:
            "the dump holds no table of the old service: dump its database with \(Self.command)"
        case .noColumns(let table, let line):
            "line \(line): the COPY of \(table) names no columns: dump with \(Self.command)"
        case .missingColumns(let table, let columns, let line):
            "line \(line): \(table) has no column \(columns.joined(separator: ", ")): "
                + "dump the whole table with \(Self.command)"
        case .truncated(let table?, let line):
            "line \(line): the dump ends within \(table): what is complete was taken over; dump again and import that"
        case .truncated(nil, let line):
            "line \(line): the dump ends before its last line: what is complete was taken over; "
                + "dump again and import that"
        case .changedWhileReading(let path):
            "the dump \(path.sanitized(limit: 300)) was changed while it was read: run the import again"
        }
    }

    private static let command = "'pg_dump --data-only'"
}
