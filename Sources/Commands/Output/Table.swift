import Records
import Terminal

/// Text in columns, aligned by what they take on a terminal.
struct Table {
    private let titles: [String]
    private var rows: [[String]] = []
    /// Columns whose cells end at the right.
    private var numeric: Set<Int> = []

    init(titles: [String]) {
        self.titles = titles.map { $0.uppercased() }
    }

    mutating func append(_ values: [Value]) {
        for (column, value) in values.enumerated() where value.isNumber { numeric.insert(column) }
        rows.append(values.map(\.cell))
    }

    /// Titles and rows, without blanks at the ends of lines.
    var lines: [String] {
        let all = [titles] + rows
        let widths = titles.indices.map { column in
            all.map { displayWidth(of: $0[column]) }.max() ?? 0
        }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                let gap = String(repeating: " ", count: widths[column] - displayWidth(of: cell))
                return numeric.contains(column) ? gap + cell : cell + gap
            }
            return cells.joined(separator: "  ").trimmingTrailingBlanks
        }
    }
}

extension String {
    fileprivate var trimmingTrailingBlanks: String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}
