/// How an export is written.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// A header and a line a record.
    case csv
    /// An array with one object a line.
    case json
    /// One object a line.
    case jsonl
}

/// Writes any number of records one after the other, without keeping any.
package struct RecordStream<Record> {
    private let format: ExportFormat
    private let layout: RecordLayout<Record>
    private let output: any TextOutput
    private var isFirst = true

    /// Writes what comes before the first record.
    package init(_ format: ExportFormat, of layout: RecordLayout<Record>, to output: any TextOutput) throws {
        self.format = format
        self.layout = layout
        self.output = output
        switch format {
        case .csv: try output.write(layout.fields.map(\.key).joined(separator: ",") + "\n")
        case .json: try output.write("[")
        case .jsonl: break
        }
    }

    package mutating func append(_ record: Record) throws {
        defer { isFirst = false }
        switch format {
        case .csv: try output.write(layout.fields.map { $0.value(record).csv }.joined(separator: ",") + "\n")
        case .json: try output.write((isFirst ? "\n  " : ",\n  ") + layout.object(record).json)
        case .jsonl: try output.write(layout.object(record).json + "\n")
        }
    }

    /// Writes what comes after the last record.
    package func finish() throws {
        if format == .json { try output.write(isFirst ? "]\n" : "\n]\n") }
    }
}
