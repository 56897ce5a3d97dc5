import Warehouse

/// `COPY schema.table (column, …) FROM stdin;`: what comes before the rows of a table.
struct CopyHeader: Hashable {
    /// Without its schema.
    let table: String
    let columns: [String]

    /// `nil` for a line that is something else.
    init?(_ line: String) {
        guard line.hasPrefix("COPY "), line.hasSuffix(" FROM stdin;") else { return nil }
        var rest = line.dropFirst(5).dropLast(12)
        guard var name = Self.identifier(&rest) else { return nil }
        while rest.first == "." {
            rest = rest.dropFirst()
            guard let part = Self.identifier(&rest) else { return nil }
            name = part
        }
        table = name
        rest = rest.drop { $0 == " " }
        guard !rest.isEmpty else {
            columns = []
            return
        }
        guard rest.first == "(", rest.last == ")" else { return nil }
        rest = rest.dropFirst().dropLast()
        var columns: [String] = []
        while true {
            rest = rest.drop { $0 == " " }
            guard let column = Self.identifier(&rest) else { return nil }
            columns.append(column)
            guard !rest.isEmpty else { break }
            guard rest.first == "," else { return nil }
            rest = rest.dropFirst()
        }
        self.columns = columns
    }

    /// Takes a name off the front of `text`: in double quotes, which are doubled within, or bare.
    private static func identifier(_ text: inout Substring) -> String? {
        guard text.first == "\"" else {
            let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
            text = text.dropFirst(name.count)
            return name.isEmpty ? nil : String(name)
        }
        var name = ""
        text = text.dropFirst()
        while let character = text.popFirst() {
            guard character == "\"" else {
                name.append(character)
                continue
            }
            guard text.first == "\"" else { return name }
            name.append("\"")
            text = text.dropFirst()
        }
        return nil
    }
}
