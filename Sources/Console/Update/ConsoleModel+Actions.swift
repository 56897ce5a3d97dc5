import Store
import Warehouse

extension ConsoleModel {
    /// Where keys have their meaning now.
    var keyContext: KeyContext {
        if case .symbol = detail?.subject { return .symbolDetail }
        return .pane(focus)
    }

    mutating func perform(_ action: Action) -> [Effect] {
        if overlay != nil || detail != nil { return performOnCover(action) }
        switch action {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -pageLength)
        case .pageDown: move(by: pageLength)
        case .first: moveToEdge(start: true)
        case .last:
            moveToEdge(start: false)
            return focus == .audit ? load(.audit) : []
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
        case .showRejected:
            guard let symbol = symbols.selected else { return refuse("there is no symbol to look at") }
            return open(.rejected(symbol.id))
        case .filter: filterInput = TextField(filter(of: focus).text, limit: 500)
        case .sort: return askForSortColumn()
        case .reverseSort:
            guard var order = sortOrder(of: focus) else { return refuse("the audit is in the order of its rows") }
            order.isDescending.toggle()
            setSortOrder(order, of: focus)
            return reload(focus)
        case .mark: return mark()
        case .markAll: return markAll()
        case .back: return goBack()
        case .quit: leave()
        default: return performAnywhere(action)
        }
        return []
    }

    /// What works on panes, details and overlays alike, and what changes the store.
    mutating func performAnywhere(_ action: Action) -> [Effect] {
        switch action {
        case .help: overlay = .help(top: 0)
        case .messages:
            overlay = .messages(top: 0)
            overlay = .messages(top: max(0, coverLineCount - coverHeight))
            showsMessage = false
        case .history: return open(.history)
        case .command: openCommandLine()
        case .copy: return copySelected()
        case .export: dialog = .form(.export(of: focus, suggestion: "\(focus.name)-\(now.dayUTC).csv"))
        case .theme:
            let names = themes.names
            let selected = names.firstIndex(of: chosenTheme ?? themes.configured) ?? 0
            dialog = .choice(ChoiceDialog(title: "Theme", purpose: .theme, options: names, selected: selected))
        case .redraw: return [.terminal(.redraw)]
        case .suspend: return [.terminal(.suspend)]
        case .toggleMouse:
            isMouseOn.toggle()
            say(
                .info,
                isMouseOn ? "the mouse is on: hold Shift to select text" : "the mouse is off: select text freely"
            )
            return [.terminal(.setMouse(isMouseOn))]
        default: return carryOut(detail?.content?.row.map { prepare(action, found: $0) } ?? prepare(action))
        }
        return []
    }

    /// Opens a question; one that comes while another is open, or while something is typed, waits until that is done.
    mutating func present(_ dialog: Dialog) {
        if self.dialog == nil, filterInput == nil, commandInput == nil {
            self.dialog = dialog
        } else {
            waitingDialogs.append(dialog)
        }
    }

    /// Opens the next question that waits.
    mutating func presentWaiting() {
        guard !waitingDialogs.isEmpty, dialog == nil, filterInput == nil, commandInput == nil else { return }
        dialog = waitingDialogs.removeFirst()
    }

    mutating func carryOut(_ preparation: Preparation) -> [Effect] {
        switch preparation {
        case .ask(let dialog): present(dialog)
        case .commands(let commands): return send(commands)
        case .unavailable(let reason): say(.warning, reason)
        }
        return []
    }

    /// Details, help and messages scroll, and close with the keys that go back.
    private mutating func performOnCover(_ action: Action) -> [Effect] {
        switch action {
        case .up: scrollCover(by: -1)
        case .down: scrollCover(by: 1)
        case .pageUp: scrollCover(by: -coverHeight)
        case .pageDown, .mark: scrollCover(by: coverHeight)
        case .first: scrollCover(by: -1_000_000)
        case .last: scrollCover(by: 1_000_000)
        case .back, .quit: return closeCover()
        case .nextTimeframe: return showTimeframe(by: 1)
        case .previousTimeframe: return showTimeframe(by: -1)
        case .help:
            guard case .help = overlay else { return performAnywhere(action) }
            return closeCover()
        case .messages:
            guard case .messages = overlay else { return performAnywhere(action) }
            return closeCover()
        case .redraw, .suspend, .toggleMouse, .command, .theme: return performAnywhere(action)
        case .nextPane, .previousPane, .showSymbols, .showKeys, .showBackfill, .showAudit, .zoom, .open, .filter, .sort,
            .reverseSort, .markAll, .export, .history:
            break
        case .showRejected:
            guard overlay == nil, let opened = detail?.subject, case .symbol(let id, _) = opened else { return [] }
            let effects = open(.rejected(id))
            detail?.parent = opened
            return effects
        default: if overlay == nil, detail?.subject != .history { return performAnywhere(action) }
        }
        return []
    }

    private mutating func closeCover() -> [Effect] {
        if overlay != nil {
            overlay = nil
            return []
        }
        if let parent = detail?.parent { return open(parent) }
        detail = nil
        return layout.visiblePanes.flatMap { reload($0) }
    }

    private mutating func scrollCover(by steps: Int) {
        let lines = coverLineCount
        func scrolled(_ top: Int) -> Int { max(0, min(top + steps, lines - coverHeight)) }
        switch overlay {
        case .help(let top): overlay = .help(top: scrolled(top))
        case .messages(let top): overlay = .messages(top: scrolled(top))
        case .results(let result, let top): overlay = .results(result, top: scrolled(top))
        case nil:
            let top = scrolled(detail?.top ?? 0)
            detail?.top = top
        }
    }

    /// Ends the console; while a change or an export is under way only when it is asked twice.
    private mutating func leave() {
        guard freshness.pendingCommands > 0, !isLeaving else {
            exitCode = 0
            return
        }
        isLeaving = true
        let answers = Int64(freshness.pendingCommands).counted("answer")
        say(
            .warning,
            "\(answers) of the store \(freshness.pendingCommands == 1 ? "is" : "are") still to come: once more leaves now"
        )
    }

    private mutating func goBack() -> [Effect] {
        if showsMessage, footerMessage?.severity == .error {
            showsMessage = false
        } else if markCount > 0 {
            clearMarks()
        } else if !filter(of: focus).text.isEmpty {
            return applyFilter("")
        } else if isZoomed {
            return perform(.zoom)
        } else {
            showsMessage = false
        }
        return []
    }

    mutating func show(_ pane: Pane) -> [Effect] {
        let visible = Set(layout.visiblePanes)
        focus = pane
        detail = nil
        overlay = nil
        // A pane that was hidden was not kept up to date.
        return layout.visiblePanes.filter { !visible.contains($0) || $0 == pane }.flatMap { reload($0) }
    }

    mutating func refuse(_ sentence: String) -> [Effect] {
        say(.info, sentence)
        return []
    }

    mutating func send(_ commands: [Command]) -> [Effect] {
        guard !commands.isEmpty else { return [] }
        return [.store(.perform(commands))]
    }
}
