import Terminal

extension ConsoleModel {
    /// A click focuses a pane and selects the row; the wheel scrolls what is under it.
    mutating func handle(_ mouse: MouseEvent) -> [Effect] {
        guard dialog == nil, filterInput == nil else { return [] }
        switch mouse.action {
        case .wheelUp, .wheelDown:
            let steps = mouse.action == .wheelUp ? -3 : 3
            if overlay != nil || detail != nil {
                for _ in 0..<3 { _ = perform(steps < 0 ? .up : .down) }
                return []
            }
            let effects = layout.pane(at: mouse.position).map { show($0) } ?? []
            move(by: steps)
            return effects
        case .press(.left):
            guard overlay == nil, detail == nil, let pane = layout.pane(at: mouse.position) else { return [] }
            let effects = show(pane)
            if let row = layout.row(at: mouse.position, in: pane) { select(row, in: pane) }
            return effects
        default: return []
        }
    }

    private mutating func select(_ row: Int, in pane: Pane) {
        switch pane {
        case .symbols: if symbols.row(at: symbols.top + row) != nil { symbols.select(symbols.top + row) }
        case .keys: if keys.row(at: keys.top + row) != nil { keys.select(keys.top + row) }
        case .backfill: if jobs.row(at: jobs.top + row) != nil { jobs.select(jobs.top + row) }
        case .audit:
            guard let index = audit.cursorIndex, audit.top + row < audit.rows.count else { return }
            audit.move(by: audit.top + row - index)
        }
    }
}
