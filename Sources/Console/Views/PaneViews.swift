import Store
import Terminal
import Warehouse

/// The four panes as tables.
extension ConsoleModel {
    /// Draws all of a pane but its cursor, on a blank.
    func draw(_ pane: Pane, in rect: Rect, on frame: inout Frame, theme: Theme) {
        switch pane {
        case .symbols:
            let empty = "No symbol" + hint(.addSymbol, "to add one") + "."
            drawList(symbols, .symbols, symbolColumns(theme), empty, rect, &frame, theme)
        case .keys:
            let empty = "No key" + hint(.createKey, "to create one") + "."
            drawList(keys, .keys, keyColumns(theme), empty, rect, &frame, theme)
        case .backfill:
            let empty = "No job" + hint(.startBackfill, "to fetch candles") + "."
            drawList(jobs, .backfill, jobColumns(theme), empty, rect, &frame, theme)
        case .audit: drawAudit(in: rect, on: &frame, theme: theme)
        }
    }

    /// What a pane is sorted by when the name of the column at `x` is clicked; `nil` where there is none.
    func sortName(ofColumnAt x: Int, width: Int, in pane: Pane) -> String? {
        switch pane {
        case .symbols: TableView.column(at: x, of: symbolColumns(theme), width: width)?.sortName
        case .keys: TableView.column(at: x, of: keyColumns(theme), width: width)?.sortName
        case .backfill: TableView.column(at: x, of: jobColumns(theme), width: width)?.sortName
        case .audit: nil
        }
    }

    private func drawList<Row, Column>(
        _ list: ListState<Row, Column>,
        _ pane: Pane,
        _ columns: [TableColumn<Row>],
        _ emptyText: String,
        _ rect: Rect,
        _ frame: inout Frame,
        _ theme: Theme
    ) {
        let height = max(0, rect.height - 2)
        let places = list.top..<max(list.top, min(list.total, list.top + height))
        let empty =
            !list.isLoaded ? "loading …" : list.filter.isEmpty ? emptyText : "Nothing matches: Esc drops the filter."
        let rows = places.map { list.row(at: $0) }
        let marked = rows.indices.filter { index in rows[index].map { list.isMarked($0.id) } ?? false }
        var note = note(of: pane, total: list.total, filter: list.filter)
        if list.markCount > 0 { note += " · \(list.markCount.grouped) marked" }
        TableView(
            title: "\(pane.rawValue) \(pane.title)",
            note: note,
            columns: columns,
            rows: rows,
            marked: Set(marked),
            order: sortOrder(of: pane),
            isFocused: focus == pane,
            emptyText: empty
        ).draw(in: rect, on: &frame, theme: theme)
    }

    private func note(of pane: Pane, total: Int, filter: Filter) -> String {
        let shown = focus == pane && filterInput != nil ? filterInput?.text ?? "" : filter.text
        return filter.isEmpty && shown.isEmpty ? total.grouped : "\(total.grouped) match /\(shown.sanitized(limit: 60))"
    }

    private func drawAudit(in rect: Rect, on frame: inout Frame, theme: Theme) {
        let height = max(0, rect.height - 2)
        let rows = audit.rows.dropFirst(audit.top).prefix(height)
        var notes: [String] = []
        let typed = focus == .audit ? filterInput?.text : nil
        if !audit.filter.isEmpty || typed != nil {
            notes.append("/\((typed ?? audit.filter.text).sanitized(limit: 60))")
        }
        if audit.arrived > 0 { notes.append("+\(audit.arrived.grouped) new, G jumps there") }
        let searched = audit.searchedBackTo(height: height)
        if let searched { notes.append("searching, back to row \(searched.grouped)") }
        notes.append(audit.isFollowing ? "following" : "frozen")
        let empty =
            !audit.isLoaded
            ? "loading …"
            : audit.filter.isEmpty
                ? "Nothing has happened yet."
                : searched == nil ? "Nothing matches: Esc drops the filter." : "searching …"
        TableView(
            title: "4 Audit",
            note: notes.joined(separator: " · "),
            columns: auditColumns(theme),
            rows: Array(rows),
            marked: [],
            order: nil,
            isFocused: focus == .audit,
            emptyText: empty
        ).draw(in: rect, on: &frame, theme: theme)
    }
}
