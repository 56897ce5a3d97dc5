import Store
import Warehouse

extension ConsoleModel {
    mutating func perform(_ action: Action) -> [Effect] {
        if overlay != nil || detail != nil { return performOnCover(action) }
        switch action {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -pageLength)
        case .pageDown: move(by: pageLength)
        case .first: moveToEdge(start: true)
        case .last: moveToEdge(start: false)
        case .nextPane: return show(focus.advanced(by: 1))
        case .previousPane: return show(focus.advanced(by: -1))
        case .showSymbols: return show(.symbols)
        case .showKeys: return show(.keys)
        case .showBackfill: return show(.backfill)
        case .showAudit: return show(.audit)
        case .zoom:
            isZoomed.toggle()
            return show(focus)
        case .open: return openDetail()
        case .filter: filterInput = TextField(filterText)
        case .back:
            if isZoomed { return perform(.zoom) }
            if !filterText.isEmpty { return applyFilter("") }
            showsMessage = false
        case .quit: exitCode = 0
        default: return performAnywhere(action)
        }
        return []
    }

    /// What works on panes, details and overlays alike, and what changes the store.
    private mutating func performAnywhere(_ action: Action) -> [Effect] {
        switch action {
        case .help: overlay = .help(top: 0)
        case .messages:
            overlay = .messages(top: max(0, messages.count - coverHeight))
            showsMessage = false
        case .redraw: return [.terminal(.redraw)]
        case .suspend: return [.terminal(.suspend)]
        case .toggleMouse:
            isMouseOn.toggle()
            say(
                .info,
                isMouseOn ? "the mouse is on: hold Shift to select text" : "the mouse is off: select text freely"
            )
            return [.terminal(.setMouse(isMouseOn))]
        default:
            switch prepare(action) {
            case .ask(let dialog): self.dialog = dialog
            case .command(let command): return send(command)
            case .unavailable(let reason): say(.warning, reason)
            }
        }
        return []
    }

    /// Details, help and messages scroll, and close with the keys that go back.
    private mutating func performOnCover(_ action: Action) -> [Effect] {
        switch action {
        case .up: scrollCover(by: -1)
        case .down: scrollCover(by: 1)
        case .pageUp: scrollCover(by: -coverHeight)
        case .pageDown: scrollCover(by: coverHeight)
        case .first: scrollCover(by: -1_000_000)
        case .last: scrollCover(by: 1_000_000)
        case .back, .quit: return closeCover()
        case .help:
            guard case .help = overlay else { return performAnywhere(action) }
            return closeCover()
        case .messages:
            guard case .messages = overlay else { return performAnywhere(action) }
            return closeCover()
        case .redraw, .suspend, .toggleMouse: return performAnywhere(action)
        case .nextPane, .previousPane, .showSymbols, .showKeys, .showBackfill, .showAudit, .zoom, .open, .filter: break
        default: if overlay == nil { return performAnywhere(action) }
        }
        return []
    }

    private mutating func closeCover() -> [Effect] {
        if overlay != nil {
            overlay = nil
            return []
        }
        detail = nil
        return layout.visiblePanes.flatMap { reload($0) }
    }

    private mutating func scrollCover(by steps: Int) {
        let lines = coverLineCount
        func scrolled(_ top: Int) -> Int { max(0, min(top + steps, lines - coverHeight)) }
        switch overlay {
        case .help(let top): overlay = .help(top: scrolled(top))
        case .messages(let top): overlay = .messages(top: scrolled(top))
        case nil:
            let top = scrolled(detail?.top ?? 0)
            detail?.top = top
        }
    }

    mutating func show(_ pane: Pane) -> [Effect] {
        let visible = Set(layout.visiblePanes)
        focus = pane
        // A pane that was hidden was not kept up to date.
        return layout.visiblePanes.filter { !visible.contains($0) || $0 == pane }.flatMap { reload($0) }
    }

    private var pageLength: Int { max(1, layout.rowCount(of: focus) - 1) }

    mutating func move(by steps: Int) {
        switch focus {
        case .symbols: symbols.move(by: steps)
        case .keys: keys.move(by: steps)
        case .backfill: jobs.move(by: steps)
        case .audit: audit.move(by: steps)
        }
    }

    private mutating func moveToEdge(start: Bool) {
        switch focus {
        case .symbols: symbols.select(start ? 0 : symbols.total - 1)
        case .keys: keys.select(start ? 0 : keys.total - 1)
        case .backfill: jobs.select(start ? 0 : jobs.total - 1)
        case .audit: if start { audit.moveToStart() } else { audit.moveToEnd() }
        }
    }

    private mutating func openDetail() -> [Effect] {
        let subject: DetailSubject? =
            switch focus {
            case .symbols: symbols.selected.map { .symbol($0.id) }
            case .keys: keys.selected.map { .key($0.id) }
            case .backfill: jobs.selected.map { .job($0.id) }
            case .audit: audit.selected.map { .audit($0.sequence) }
            }
        guard let subject else {
            say(.info, "there is no row to open")
            return []
        }
        detail = Detail(subject: subject)
        return load(.detail)
    }

    mutating func send(_ command: Command) -> [Effect] {
        freshness.pendingCommands += 1
        return [.store(.perform(command))]
    }
}
