import Terminal

/// What shows the row of a pane that the cursor is on: a mark in front of it, and a bar where keys go to.
///
/// It lies on the picture of the pane, which is the same wherever the cursor is.
struct CursorBar: Equatable {
    /// The line of the row, its gutter included.
    let line: Rect
    /// Whether the gutter shows already that the row is marked.
    let isMarked: Bool
    let isFocused: Bool

    private static let mark = Cell("▸")

    func draw(on frame: inout Frame, theme: Theme) {
        if !isMarked {
            var mark = Self.mark
            mark.style = isFocused ? theme.accent : theme.dim
            frame[line.origin.x, line.origin.y] = mark
        }
        guard isFocused else { return }
        let row = Rect(x: line.origin.x + 1, y: line.origin.y, width: line.width - 1, height: 1)
        frame.restyle(row) { $0 = theme.selected }
    }
}

extension ConsoleModel {
    /// `nil` when the cursor is on no row that is shown in `rect`.
    func cursorBar(of pane: Pane, in rect: Rect) -> CursorBar? {
        let (index, isMarked): (Int?, Bool) =
            switch pane {
            case .symbols: (symbols.cursorOnScreen, symbols.isCursorMarked)
            case .keys: (keys.cursorOnScreen, keys.isCursorMarked)
            case .backfill: (jobs.cursorOnScreen, jobs.isCursorMarked)
            case .audit: (audit.cursorIndex.map { $0 - audit.top }, false)
            }
        guard let index, index >= 0, index < rect.height - 2 else { return nil }
        let line = Rect(x: rect.origin.x, y: rect.origin.y + 2 + index, width: rect.width, height: 1)
        return CursorBar(line: line, isMarked: isMarked, isFocused: focus == pane)
    }
}
