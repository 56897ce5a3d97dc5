import Store
import Warehouse

/// What a console remembers for the next time.
package struct SavedState: Codable, Hashable, Sendable {
    package var pane = Pane.symbols
    package var isZoomed = false
    package var theme: String?
    /// Filters by pane name; none for a pane that shows everything.
    package var filters: [String: String] = [:]
    /// Sort orders by pane name: a column, with `-` in front when it descends.
    package var sorting: [String: String] = [:]

    package init() {}
}

extension ConsoleModel {
    /// What is to be remembered.
    var savedState: SavedState {
        var state = SavedState()
        state.pane = focus
        state.isZoomed = isZoomed
        state.theme = chosenTheme
        for pane in Pane.allCases {
            // Whoever pasted a key into a filter must not find it on disk.
            let filter = RawKey.redactedAnywhere(in: filter(of: pane).text)
            if !filter.isEmpty { state.filters[pane.name] = filter }
            if let order = sortOrder(of: pane), order != usualSortOrder(of: pane) {
                state.sorting[pane.name] = order.text
            }
        }
        return state
    }

    /// Takes what was remembered; what no longer means anything is left out.
    mutating func restore(_ state: SavedState) {
        focus = state.pane
        isZoomed = state.isZoomed
        choose(theme: state.theme)
        for pane in Pane.allCases {
            if let filter = state.filters[pane.name] { setFilter(Filter(filter, in: pane), of: pane) }
            if let order = state.sorting[pane.name].flatMap(SortOrder.init(text:)) { setSortOrder(order, of: pane) }
        }
    }
}

/// A sort order of any pane, by the column's name.
struct SortOrder: Hashable, Sendable {
    var column: String
    var isDescending = false

    /// `candles`, or `-candles` for the largest first.
    var text: String { (isDescending ? "-" : "") + column }

    init(_ column: String, isDescending: Bool = false) {
        self.column = column
        self.isDescending = isDescending
    }

    init?(text: String) {
        isDescending = text.hasPrefix("-")
        column = String(isDescending ? text.dropFirst() : text[...])
        guard !column.isEmpty else { return nil }
    }

    fileprivate init<Column: RawRepresentable<String>>(_ order: ListOrder<Column>) {
        self.init(order.column.rawValue, isDescending: order.isDescending)
    }
}

extension ConsoleModel {
    func sortOrder(of pane: Pane) -> SortOrder? {
        switch pane {
        case .symbols: SortOrder(symbols.order)
        case .keys: SortOrder(keys.order)
        case .backfill: SortOrder(jobs.order)
        case .audit: nil
        }
    }

    func usualSortOrder(of pane: Pane) -> SortOrder? {
        switch pane {
        case .symbols: SortOrder(symbols.usualOrder)
        case .keys: SortOrder(keys.usualOrder)
        case .backfill: SortOrder(jobs.usualOrder)
        case .audit: nil
        }
    }

    /// Sorts a pane; says whether it has such a column.
    @discardableResult
    mutating func setSortOrder(_ order: SortOrder, of pane: Pane) -> Bool {
        switch pane {
        case .symbols:
            guard let column = SymbolStore.Column(rawValue: order.column) else { return false }
            symbols.sort(by: ListOrder(column, isDescending: order.isDescending))
        case .keys:
            guard let column = KeyStore.Column(rawValue: order.column) else { return false }
            keys.sort(by: ListOrder(column, isDescending: order.isDescending))
        case .backfill:
            guard let column = JobStore.Column(rawValue: order.column) else { return false }
            jobs.sort(by: ListOrder(column, isDescending: order.isDescending))
        case .audit: return false
        }
        return true
    }

    func filter(of pane: Pane) -> Filter {
        switch pane {
        case .symbols: symbols.filter
        case .keys: keys.filter
        case .backfill: jobs.filter
        case .audit: audit.filter
        }
    }

    mutating func setFilter(_ filter: Filter, of pane: Pane) {
        switch pane {
        case .symbols: symbols.setFilter(filter)
        case .keys: keys.setFilter(filter)
        case .backfill: jobs.setFilter(filter)
        case .audit: audit.setFilter(filter)
        }
    }
}
