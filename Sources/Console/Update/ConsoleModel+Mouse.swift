import Terminal

extension ConsoleModel {
    /// A click focuses a pane and selects the row, on the name of a column it sorts; the wheel scrolls what is under it.
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
            if let rect = layout.rect(of: pane), mouse.position.y == rect.origin.y + 1 {
                sort(pane, byColumnAt: mouse.position.x - rect.origin.x, width: rect.width)
            }
            let effects = show(pane)
            if let row = layout.row(at: mouse.position, in: pane) { select(row, in: pane) }
            return effects
        default: return []
        }
    }

    /// Sorts a pane by the column whose name was clicked; the other way round when it is sorted by it already.
    private mutating func sort(_ pane: Pane, byColumnAt x: Int, width: Int) {
        guard let name = sortName(ofColumnAt: x, width: width, in: pane), let order = sortOrder(of: pane) else {
            return
        }
        setSortOrder(SortOrder(name, isDescending: order.column == name && !order.isDescending), of: pane)
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
