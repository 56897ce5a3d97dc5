import Store
import Warehouse

extension ConsoleModel {
    /// Asks for everything that is shown, anew.
    mutating func reloadAll() -> [Effect] {
        var effects = load(.summary)
        for pane in layout.visiblePanes { effects += reload(pane) }
        if detail != nil { effects += load(.detail) }
        return effects
    }

    /// Whether what is shown first is there.
    ///
    /// Nothing is asked for before the store has said how far its counters are: then every commit after them shows.
    var hasFirstRows: Bool { freshness.counter != nil && loads.isIdle }

    /// Asks for what a pane shows, anew.
    mutating func reload(_ pane: Pane) -> [Effect] {
        switch pane {
        case .symbols: return load(.symbols)
        case .keys: return load(.keys)
        case .backfill: return load(.jobs)
        case .audit:
            audit.noticeChange()
            return load(.audit)
        }
    }

    /// Asks the store for one kind of rows, unless that is under way: then it is asked again afterwards.
    mutating func load(_ load: Load) -> [Effect] {
        guard let request = request(for: load), loads.begin(load, at: now) else { return [] }
        return [.store(request)]
    }

    private func request(for load: Load) -> StoreRequest? {
        switch load {
        case .symbols:
            listQuery(of: .symbols, window: window(of: symbols, in: .symbols, around: symbols.soughtID?.rawValue)).map {
                .list($0)
            }
        case .keys:
            listQuery(of: .keys, window: window(of: keys, in: .keys, around: keys.soughtID?.rawValue)).map { .list($0) }
        case .jobs:
            listQuery(of: .backfill, window: window(of: jobs, in: .backfill, around: jobs.soughtID?.rawValue)).map {
                .list($0)
            }
        case .audit: audit.question(height: layout.rowCount(of: .audit)).map { .audit($0, audit.filter) }
        case .summary: .summary
        case .detail: detail.map { .detail($0.subject) }
        case .completions: commandInput?.wanted.map { .complete($0) }
        }
    }

    /// What a list shows, as the store is asked for it; `nil` for the audit, which is no list.
    func listQuery(of pane: Pane, window: ListWindow) -> ListQuery? {
        switch pane {
        case .symbols:
            .symbols(
                SymbolStore.Query(
                    filter: symbols.filter.conditions,
                    order: symbols.order,
                    limit: window.limit,
                    offset: window.offset,
                    around: window.around.map { SymbolID($0) }
                )
            )
        case .keys:
            .keys(
                KeyStore.Query(
                    filter: keys.filter.conditions,
                    order: keys.order,
                    limit: window.limit,
                    offset: window.offset,
                    around: window.around.map { KeyID($0) }
                )
            )
        case .backfill:
            .jobs(
                JobStore.Query(
                    filter: jobs.filter.conditions,
                    order: jobs.order,
                    limit: window.limit,
                    offset: window.offset,
                    around: window.around.map { JobID($0) }
                )
            )
        case .audit: nil
        }
    }

    private func window<Row, Column>(of list: ListState<Row, Column>, in pane: Pane, around id: Int64?) -> ListWindow {
        ListWindow(
            offset: list.missingWindow(height: layout.rowCount(of: pane)) ?? list.windowStart,
            limit: list.windowLength(height: layout.rowCount(of: pane)),
            around: id
        )
    }

    /// Asks for what a commit has made stale and what is shown.
    mutating func refresh(_ generations: Generations) -> [Effect] {
        let known = freshness.generations
        freshness.generations = generations
        func isStale(_ concerns: Concern...) -> Bool {
            concerns.contains { known?[$0] != generations[$0] }
        }
        let shown = detail == nil ? Set(layout.visiblePanes) : []
        var effects: [Effect] = []
        if isStale(.symbols, .candles), shown.contains(.symbols) { effects += load(.symbols) }
        // A request moves the figures of its key with its audit row.
        if isStale(.keys, .audit), shown.contains(.keys) { effects += load(.keys) }
        if isStale(.jobs), shown.contains(.backfill) { effects += load(.jobs) }
        if isStale(.audit), shown.contains(.audit) { effects += reload(.audit) }
        effects += load(.summary)
        if detail != nil { effects += load(.detail) }
        return effects
    }
}
