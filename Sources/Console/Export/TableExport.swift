import Foundation
import Records
import Store
import Warehouse

/// A table to be written to a file: what is shown, with its filter and order, but all of it.
struct TableExport: Hashable, Sendable {
    let source: Source
    /// A new file; nothing is replaced.
    let path: String
    let format: ExportFormat

    enum Source: Hashable, Sendable {
        case list(ListQuery)
        case audit(Filter)
    }
}

extension StoreWorker {
    /// How many rows of the audit are read at once, so that an export of millions takes no more memory than one of
    /// hundreds.
    private static let auditPage = 1000

    /// Writes the file; says in a sentence what is in it.
    ///
    /// Like every table that mdw writes: the fields and the names of `mdw … --json`. A file that can't be written whole is
    /// removed.
    func carryOut(_ export: TableExport) async throws -> String {
        let path = (export.path as NSString).expandingTildeInPath
        let file = try PrivateFile(reserving: path)
        do {
            let count = try await write(export, to: file)
            try file.close()
            return "\(count.counted("row")) in \(path)"
        } catch {
            file.discard()
            throw error
        }
    }

    private func write(_ export: TableExport, to file: PrivateFile) async throws -> Int64 {
        let output = FileOutput(file: file)
        // A list has thousands of rows, not millions: it is read whole, as one snapshot.
        switch export.source {
        case .list(.symbols(var query)):
            (query.offset, query.limit) = (0, .max)
            let rows = try await store.symbols.overview(query).map { SymbolRecord(symbol: $0.symbol, overview: $0) }
            return try write(rows, of: .withStatistics, export.format, to: output)
        case .list(.keys(var query)):
            (query.offset, query.limit) = (0, .max)
            let rows = try await store.keys.list(query)
            return try write(rows, of: .keys(at: store.clock.now), export.format, to: output)
        case .list(.jobs(var query)):
            (query.offset, query.limit) = (0, .max)
            return try write(try await store.jobs.list(query), of: .jobs, export.format, to: output)
        case .audit(let filter):
            var stream = try RecordStream(export.format, of: .audit, to: output)
            var (count, last): (Int64, Int64) = (0, 0)
            let matching = AuditLog.Filter(text: filter.conditions)
            while true {
                let entries = try await store.audit.oldest(Self.auditPage, after: last, matching: matching)
                for entry in entries { try stream.append(entry) }
                count += Int64(entries.count)
                guard entries.count == Self.auditPage, let newest = entries.last else { break }
                last = newest.sequence
            }
            try stream.finish()
            try output.flush()
            return count
        }
    }

    private func write<Record: Sendable>(
        _ records: [Record],
        of layout: RecordLayout<Record>,
        _ format: ExportFormat,
        to output: FileOutput
    ) throws -> Int64 {
        var stream = try RecordStream(format, of: layout, to: output)
        for record in records { try stream.append(record) }
        try stream.finish()
        try output.flush()
        return Int64(records.count)
    }
}

/// Collects text into blocks for a file.
private final class FileOutput: TextOutput, @unchecked Sendable {
    // Unchecked: one export writes, one call after the other.
    private let file: PrivateFile
    private var buffer = ""

    init(file: PrivateFile) {
        self.file = file
    }

    let isTerminal = false

    func write(_ text: String) throws {
        buffer += text
        if buffer.utf8.count >= 1 << 16 { try flush() }
    }

    func flush() throws {
        try file.append(buffer)
        buffer = ""
    }
}
