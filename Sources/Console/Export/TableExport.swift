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
    /// How many rows are read at once, so that an export of millions takes no more memory than one of hundreds.
    private static let exportPage = 1000

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
        switch export.source {
        case .list(.symbols(var query)):
            return try await write(.withStatistics, export.format, to: output) { offset in
                (query.offset, query.limit) = (offset, Self.exportPage)
                return try await store.symbols.overview(query).map { SymbolRecord(symbol: $0.symbol, overview: $0) }
            }
        case .list(.keys(var query)):
            return try await write(.keys(at: store.clock.now), export.format, to: output) { offset in
                (query.offset, query.limit) = (offset, Self.exportPage)
                return try await store.keys.list(query)
            }
        case .list(.jobs(var query)):
            return try await write(.jobs, export.format, to: output) { offset in
                (query.offset, query.limit) = (offset, Self.exportPage)
                return try await store.jobs.list(query)
            }
        case .audit(let filter):
            var last: Int64 = 0
            return try await write(.audit, export.format, to: output) { _ in
                let matching = AuditLog.Filter(text: filter.conditions)
                let entries = try await store.audit.oldest(Self.exportPage, after: last, matching: matching)
                last = entries.last?.sequence ?? last
                return entries
            }
        }
    }

    private func write<Record: Sendable>(
        _ layout: RecordLayout<Record>,
        _ format: ExportFormat,
        to output: FileOutput,
        _ page: (Int) async throws -> [Record]
    ) async throws -> Int64 {
        var stream = try RecordStream(format, of: layout, to: output)
        var count = 0
        while true {
            let records = try await page(count)
            for record in records { try stream.append(record) }
            count += records.count
            if records.count < Self.exportPage { break }
        }
        try stream.finish()
        try output.flush()
        return Int64(count)
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
