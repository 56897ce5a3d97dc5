import Records
import Store
import Warehouse

/// What is done to the focused table as a whole: moving in it, marking, sorting, copying and exporting.
extension ConsoleModel {
    var pageLength: Int { max(1, layout.rowCount(of: focus) - 1) }

    mutating func move(by steps: Int) {
        switch focus {
        case .symbols: symbols.move(by: steps)
        case .keys: keys.move(by: steps)
        case .backfill: jobs.move(by: steps)
        case .audit: audit.move(by: steps)
        }
    }

    mutating func moveToEdge(start: Bool) {
        switch focus {
        case .symbols: symbols.select(start ? 0 : symbols.total - 1)
        case .keys: keys.select(start ? 0 : keys.total - 1)
        case .backfill: jobs.select(start ? 0 : jobs.total - 1)
        case .audit: if start { audit.moveToStart() } else { audit.moveToEnd() }
        }
    }

    /// How many rows of the focused pane are marked.
    var markCount: Int {
        switch focus {
        case .symbols: symbols.markCount
        case .keys: keys.markCount
        case .backfill: jobs.markCount
        case .audit: 0
        }
    }

    mutating func mark() -> [Effect] {
        switch focus {
        case .symbols: symbols.toggleMark()
        case .keys: keys.toggleMark()
        case .backfill: jobs.toggleMark()
        case .audit: return refuse("rows of the audit can't be marked: nothing can be done to them")
        }
        move(by: 1)
        return []
    }

    mutating func markAll() -> [Effect] {
        guard markCount == 0 else {
            clearMarks()
            return []
        }
        guard let query = listQuery(of: focus, window: ListWindow(limit: .max)) else {
            return refuse("rows of the audit can't be marked: nothing can be done to them")
        }
        heldKeys = []
        isMarkingAll = true
        return [.store(.markAll(query))]
    }

    /// Takes the mark from the row that a change was about.
    mutating func unmark(_ command: Command) {
        switch command {
        case .setActive(let id, _, _), .setTimeframes(let id, _, _), .retryFailed(let id, _),
            .startBackfill(.id(let id, _), _, _):
            symbols.unmark(id)
        case .revokeKey(let id, _, _), .restoreKey(let id, _), .rotateKey(let id, _, _), .deleteKey(let id, _):
            keys.unmark(id)
        case .moveJob(let id, _): jobs.unmark(id)
        case .addSymbols, .startBackfill(.typed, _, _), .retryAllFailed, .pauseWorkers, .createKey: break
        }
    }

    mutating func clearMarks() {
        switch focus {
        case .symbols: symbols.clearMarks()
        case .keys: keys.clearMarks()
        case .backfill: jobs.clearMarks()
        case .audit: break
        }
    }

    mutating func askForSortColumn() -> [Effect] {
        let columns = focus.sortColumns
        guard let order = sortOrder(of: focus) else { return refuse("the audit is in the order of its rows") }
        dialog = .choice(
            ChoiceDialog(
                title: "Sort \(focus.contents) by",
                purpose: .sortColumn(focus),
                options: columns,
                selected: columns.firstIndex(of: order.column) ?? 0
            )
        )
        return []
    }

    mutating func choose(_ choice: String, for purpose: ChoiceDialog.Purpose) -> [Effect] {
        switch purpose {
        case .theme:
            choose(theme: choice)
            return []
        case .sortColumn(let pane):
            let isSame = sortOrder(of: pane)?.column == choice
            // Numbers are looked at from the largest, names from the first.
            let descends = ["candles", "last", "requests", "last used", "created", "progress", "rejected", "attempts"]
            let order = SortOrder(
                choice,
                isDescending: isSame ? !(sortOrder(of: pane)?.isDescending ?? false) : descends.contains(choice)
            )
            setSortOrder(order, of: pane)
            return reload(pane)
        }
    }

    func export(to path: String, _ format: ExportFormat) -> [Effect] {
        let source: TableExport.Source =
            if let query = listQuery(of: focus, window: ListWindow()) {
                .list(query)
            } else {
                .audit(audit.filter)
            }
        return [.store(.export(TableExport(source: source, path: path, format: format)))]
    }

    mutating func copySelected() -> [Effect] {
        let text: String? =
            switch focus {
            case .symbols: symbols.selected?.symbol.symbol
            case .keys: keys.selected?.name
            case .backfill: jobs.selected.map { $0.error ?? String($0.id.rawValue) }
            case .audit: audit.selected.map { "\($0.sequence) \($0.time) \($0.event.actor.name) \($0.event.action)" }
            }
        guard let text else { return refuse("there is no row to copy") }
        say(.info, "sent to the terminal's clipboard: \(text)")
        return [.terminal(.copy(text))]
    }
}
