import Store
import Warehouse

extension ConsoleModel {
    /// What the console asks for when it starts.
    mutating func start() -> [Effect] {
        var effects = load(.summary)
        for pane in layout.visiblePanes { effects += reload(pane) }
        return effects
    }

    /// Asks for what a pane shows, anew.
    mutating func reload(_ pane: Pane) -> [Effect] {
        switch pane {
        case .symbols: load(.symbols)
        case .keys: load(.keys)
        case .backfill: load(.jobs)
        case .audit: load(audit.isLoaded ? .auditNewer : .auditNewest)
        }
    }

    /// Asks the store for one kind of rows, unless that is under way: then it is asked again afterwards.
    mutating func load(_ load: Load) -> [Effect] {
        guard let request = request(for: load), loads.begin(load) else { return [] }
        return [.store(request)]
    }

    private func request(for load: Load) -> StoreRequest? {
        switch load {
        case .symbols:
            let start = window(of: symbols, in: .symbols)
            return .symbols(SymbolStore.Query(words: symbols.filter.words, limit: start.limit, offset: start.offset))
        case .keys:
            let start = window(of: keys, in: .keys)
            return .keys(KeyStore.Query(words: keys.filter.words, limit: start.limit, offset: start.offset))
        case .jobs:
            let start = window(of: jobs, in: .backfill)
            return .jobs(JobStore.Query(words: jobs.filter.words, limit: start.limit, offset: start.offset))
        case .auditNewest: return .auditNewest(limit: AuditTail.pageLength, filter: audit.filter)
        case .auditNewer: return .auditNewer(than: audit.newest, filter: audit.filter)
        case .auditOlder:
            return audit.oldest.map { .auditOlder(than: $0, limit: AuditTail.pageLength, filter: audit.filter) }
        case .summary: return .summary
        case .detail: return detail.map { .detail($0.subject) }
        }
    }

    private func window<Row>(of list: ListState<Row>, in pane: Pane) -> (offset: Int, limit: Int) {
        let start = list.missingWindow(height: layout.rowCount(of: pane)) ?? list.windowStart
        return (start, ListState<Row>.windowLength)
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
        if isStale(.keys), shown.contains(.keys) { effects += load(.keys) }
        if isStale(.jobs), shown.contains(.backfill) { effects += load(.jobs) }
        if isStale(.audit), shown.contains(.audit) { effects += reload(.audit) }
        effects += load(.summary)
        if detail != nil { effects += load(.detail) }
        return effects
    }
}
