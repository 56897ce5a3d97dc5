import Records
import Terminal

/// Writes records as the user asked for them: tables and sentences for people, JSON for machines.
struct Renderer: Sendable {
    let json: Bool
    let output: any TextOutput

    /// Many records: a table, or an array with one object a line.
    func list<Record>(_ records: [Record], as layout: RecordLayout<Record>) throws {
        guard !json else {
            let objects = records.map { "  " + layout.object($0).json }
            try output.write(objects.isEmpty ? "[]\n" : "[\n\(objects.joined(separator: ",\n"))\n]\n")
            return
        }
        let shown = layout.fields.filter { $0.faces == .all || $0.faces == .people }
        var table = Table(titles: shown.map(\.title))
        for record in records { table.append(shown.map { $0.value(record) }) }
        try output.write(table.lines.map { $0 + "\n" }.joined())
    }

    /// One record: a line a field, or an object.
    func item<Record>(_ record: Record, as layout: RecordLayout<Record>) throws {
        guard !json else { return try object(layout.object(record)) }
        let shown = layout.fields.filter { $0.faces != .machines }
        let width = shown.map { displayWidth(of: $0.title) }.max() ?? 0
        for field in shown {
            let gap = String(repeating: " ", count: width - displayWidth(of: field.title) + 2)
            try output.write("\(field.title)\(gap)\(field.value(record).cell)\n")
        }
    }

    /// What was done: a sentence for people, the record for machines.
    func done<Record>(_ sentence: String, _ record: Record, as layout: RecordLayout<Record>) throws {
        guard !json else { return try object(layout.object(record)) }
        try output.write(sentence + "\n")
    }

    func object(_ value: Value) throws {
        try output.write(value.prettyJSON() + "\n")
    }

    func line(_ text: String) throws {
        try output.write(text + "\n")
    }
}
