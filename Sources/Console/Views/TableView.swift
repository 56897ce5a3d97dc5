import Terminal

/// A column of a table.
struct TableColumn<Row> {
    let title: String
    /// The least width that makes sense.
    let width: Int
    /// Whether it takes what is left over.
    let isFlexible: Bool
    let alignment: Alignment
    /// Columns with the highest numbers go first when there is no room.
    let rank: Int
    /// The name of what the rows are sorted by, when they can be sorted by this column.
    let sortName: String?
    let text: (Row) -> String
    private(set) var style: (Row) -> Style = { _ in .plain }

    init(
        _ title: String,
        width: Int,
        isFlexible: Bool = false,
        alignment: Alignment = .leading,
        rank: Int = 0,
        sort: String? = nil,
        text: @escaping (Row) -> String
    ) {
        self.title = title
        self.width = width
        self.isFlexible = isFlexible
        self.alignment = alignment
        self.rank = rank
        sortName = sort
        self.text = text
    }

    /// The column with cells that look as `style` says.
    func styled(_ style: @escaping (Row) -> Style) -> TableColumn {
        var column = self
        column.style = style
        return column
    }
}

/// A pane: a title line, the names of the columns, and the rows that fit.
struct TableView<Row> {
    let title: String
    /// Behind the title: how many rows, which filter.
    let note: String
    let columns: [TableColumn<Row>]
    /// The rows on the screen, from the top; `nil` for one that is not loaded yet.
    let rows: [Row?]
    /// Which of ``rows`` are marked.
    let marked: Set<Int>
    /// What the rows are sorted by; `nil` for an order that no column shows.
    let order: SortOrder?
    let isFocused: Bool
    /// What stands in place of rows when there are none.
    let emptyText: String

    /// Draws all but the cursor, on a blank.
    func draw(in rect: Rect, on frame: inout Frame, theme: Theme) {
        drawTitle(in: rect, on: &frame, theme: theme)
        let fitted = Self.fit(columns, into: rect.width - 1)
        let header = Rect(x: rect.origin.x, y: rect.origin.y + 1, width: rect.width, height: 1)
        drawCells(of: fitted, y: header.origin.y, x: rect.origin.x, on: &frame) { column in
            guard let order, column.sortName == order.column else { return (column.title, theme.dim) }
            return (column.title + (order.isDescending ? "↓" : "↑"), theme.heading)
        }
        guard rows.contains(where: { $0 != nil }) else {
            let place = Rect(x: rect.origin.x + 1, y: rect.origin.y + 2, width: rect.width - 1, height: 1)
            if rect.height > 2 { frame.put(emptyText, in: place, style: theme.dim) }
            return
        }
        for (index, row) in rows.enumerated() where index < rect.height - 2 {
            guard let row else { continue }
            let start = Point(x: rect.origin.x, y: rect.origin.y + 2 + index)
            drawCells(of: fitted, y: start.y, x: start.x, on: &frame) { ($0.text(row), $0.style(row)) }
            if marked.contains(index) { frame.put("●", at: start, style: theme.accent) }
        }
    }

    private func drawTitle(in rect: Rect, on frame: inout Frame, theme: Theme) {
        frame.horizontalLine(at: rect.origin, length: rect.width, style: theme.dim)
        let label = " \(title) "
        let used = frame.put(
            label,
            at: Point(x: rect.origin.x + 1, y: rect.origin.y),
            style: isFocused ? theme.accent : theme.heading,
            maxWidth: rect.width - 2
        )
        guard !note.isEmpty else { return }
        frame.put(
            "\(note) ",
            at: Point(x: rect.origin.x + 1 + used, y: rect.origin.y),
            style: theme.dim,
            maxWidth: rect.width - used - 3,
            truncation: .ellipsis
        )
    }

    private func drawCells(
        of fitted: [(column: TableColumn<Row>, width: Int)],
        y: Int,
        x: Int,
        on frame: inout Frame,
        _ content: (TableColumn<Row>) -> (String, Style)
    ) {
        var x = x + 1
        for (column, width) in fitted {
            let (text, style) = content(column)
            frame.put(
                text,
                in: Rect(x: x, y: y, width: width, height: 1),
                alignment: column.alignment,
                style: style
            )
            x += width + 1
        }
    }

    /// The column that is drawn at `x` in a table of a width; `nil` between columns and outside of them.
    static func column(at x: Int, of columns: [TableColumn<Row>], width: Int) -> TableColumn<Row>? {
        var start = 1
        for (column, length) in fit(columns, into: width - 1) {
            if (start..<start + length).contains(x) { return column }
            start += length + 1
        }
        return nil
    }

    /// The columns that have room, with their widths: the dispensable ones are left out first.
    private static func fit(
        _ columns: [TableColumn<Row>],
        into width: Int
    ) -> [(column: TableColumn<Row>, width: Int)] {
        var chosen = columns
        func needed() -> Int { chosen.reduce(0) { $0 + $1.width + 1 } - 1 }
        while chosen.count > 1, needed() > width, let last = chosen.map(\.rank).max(),
            let index = chosen.lastIndex(where: { $0.rank == last })
        {
            chosen.remove(at: index)
        }
        let flexible = max(1, chosen.count(where: \.isFlexible))
        var spare = max(0, width - needed())
        let share = spare / flexible
        return chosen.map { column in
            guard column.isFlexible else { return (column, min(column.width, width)) }
            let extra = spare < 2 * share ? spare : share
            spare -= extra
            return (column, min(column.width + extra, width))
        }
    }
}
