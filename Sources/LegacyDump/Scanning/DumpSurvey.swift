import Warehouse

/// Where the tables stand in a dump.
///
/// `pg_dump` writes tables by name, so the audit of keys comes before the keys, and candles before their symbols. A dump
/// is therefore read twice: once to find its tables, and then table by table in the order in which mdw needs them. So
/// nothing but the list of tables is kept in memory.
package struct DumpSurvey: Hashable, Sendable {
    /// The rows of one `COPY`.
    package struct Section: Hashable, Sendable {
        package let table: LegacyTable
        package let columns: [String]
        /// The number of the line of the first row.
        package let firstLine: Int
        /// Where the rows stand in the file.
        package internal(set) var range: Range<Int64>
        package internal(set) var rows: Int64
    }

    package private(set) var sections: [Section] = []
    /// Tables that mdw does not take over, with how many rows they have, in the order of the dump.
    package private(set) var unknownTables: [String] = []
    /// Why the dump is not complete; what it holds can be taken over all the same.
    package private(set) var truncation: DumpError?

    /// Reads the whole dump once; `progress` is told now and then how many bytes are done.
    /// - Throws: ``DumpError`` for what is no plain dump with `COPY`, before anything of it is used.
    package init(of file: DumpFile, progress: (Int64) -> Void = { _ in }) throws(DumpError) {
        let reader = LineReader(file)
        var isOfPgDump = false
        var isFinished = false
        while let line = try reader.next() {
            if line.number & 0xFFFF == 0 { progress(line.range.lowerBound) }
            if line.starts(with: "COPY ") {
                try take(line, from: reader, progress: progress)
                if truncation != nil { return }
            } else if line.starts(with: "-- PostgreSQL database dump") {
                isOfPgDump = true
                isFinished = line.starts(with: "-- PostgreSQL database dump complete")
            } else {
                try Self.refuse(line)
            }
        }
        if sections.isEmpty {
            guard isOfPgDump, !isFinished else { throw .noTables }
        }
        if isOfPgDump, !isFinished { truncation = .truncated(table: nil, line: reader.lastNumber) }
    }

    private mutating func take(
        _ line: LineReader.Line,
        from reader: LineReader,
        progress: (Int64) -> Void
    ) throws(DumpError) {
        guard let header = CopyHeader(String(decoding: line.bytes, as: UTF8.self)) else { return }
        let table = LegacyTable(copied: header.table, columns: header.columns)
        let name = header.table.sanitized(limit: 100)
        if let table {
            guard !header.columns.isEmpty else { throw .noColumns(table: name, line: line.number) }
            let missing = table.missingColumns(of: header.columns)
            guard missing.isEmpty else {
                throw .missingColumns(table: name, columns: missing, line: line.number)
            }
        } else if !unknownTables.contains(name) {
            unknownTables.append(name)
        }
        let start = line.range.upperBound
        var end = start
        var rows: Int64 = 0
        let headerLine = line.number
        var isComplete = false
        while let row = try reader.next() {
            if row.number & 0xFFFF == 0 { progress(row.range.lowerBound) }
            if row.equals("\\.") {
                isComplete = true
                break
            }
            guard row.isTerminated else { break }
            end = row.range.upperBound
            rows += 1
        }
        if !isComplete { truncation = .truncated(table: name, line: reader.lastNumber) }
        if let table {
            sections.append(
                Section(
                    table: table,
                    columns: header.columns,
                    firstLine: headerLine + 1,
                    range: start..<end,
                    rows: rows
                )
            )
        }
    }

    /// Refuses what shows that the rows can't be read.
    private static func refuse(_ line: LineReader.Line) throws(DumpError) {
        if line.starts(with: "INSERT INTO ") {
            let words = String(decoding: line.bytes.prefix(300), as: UTF8.self).split(separator: " ")
            let name = words[2].split(separator: ".").last.map { $0.filter { $0 != "\"" } } ?? ""
            if LegacyTable(rawValue: name) != nil { throw .insertStatements(table: name, line: line.number) }
        } else if line.starts(with: "SET client_encoding") {
            let parts = String(decoding: line.bytes, as: UTF8.self).split(separator: "'")
            if parts.count > 1, !["UTF8", "UTF-8", "SQL_ASCII"].contains(parts[1].uppercased()) {
                throw .notText(encoding: String(parts[1]), line: line.number)
            }
        }
    }
}
