import Terminal

extension ConsoleModel {
    /// The filter of the focused pane.
    var filterText: String {
        switch focus {
        case .symbols: symbols.filter.text
        case .keys: keys.filter.text
        case .backfill: jobs.filter.text
        case .audit: audit.filter.text
        }
    }

    /// A key while the filter is typed: each one filters at once.
    mutating func typeFilter(_ key: Key) -> [Effect] {
        guard var input = filterInput else { return [] }
        switch key {
        case .enter:
            filterInput = nil
            return []
        case .escape, .control("c"):
            filterInput = nil
            return applyFilter("")
        case .up, .down, .pageUp, .pageDown:
            move(by: key == .up ? -1 : key == .down ? 1 : key == .pageUp ? -10 : 10)
            return []
        default:
            guard input.handle(key) else { return [] }
            filterInput = input
            return input.text == filterText ? [] : applyFilter(input.text)
        }
    }

    /// Narrows the focused pane down to rows that hold every word of `text`.
    mutating func applyFilter(_ text: String) -> [Effect] {
        switch focus {
        case .symbols:
            symbols.setFilter(text)
            return load(.symbols)
        case .keys:
            keys.setFilter(text)
            return load(.keys)
        case .backfill:
            jobs.setFilter(text)
            return load(.jobs)
        case .audit:
            audit.setFilter(text)
            return load(.auditNewest)
        }
    }
}
