import Terminal

extension ConsoleModel {
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
        case .tab:
            // The one field that begins so.
            let word = input.text.split(separator: " ").last.map(String.init) ?? ""
            let name = word.hasPrefix("!") ? String(word.dropFirst()) : word
            let fields = focus.filterFields.filter { $0.hasPrefix(name) }
            guard !name.isEmpty, fields.count == 1 else { return [] }
            input.insert(fields[0].dropFirst(name.count) + ":")
            filterInput = input
            return applyFilter(input.text)
        default:
            guard input.handle(key) else { return [] }
            filterInput = input
            return input.text == filter(of: focus).text ? [] : applyFilter(input.text)
        }
    }

    /// Narrows the focused pane down to rows that meet every condition of `text`.
    mutating func applyFilter(_ text: String) -> [Effect] {
        let old = filter(of: focus)
        let new = Filter(text, in: focus)
        guard old.conditions != new.conditions || old.text.isEmpty != text.isEmpty else {
            retitleFilter(new)
            return []
        }
        setFilter(new, of: focus)
        return focus == .audit ? load(.audit) : reload(focus)
    }

    /// Takes a filter that reads otherwise and means the same: the cursor stays.
    private mutating func retitleFilter(_ filter: Filter) {
        switch focus {
        case .symbols: symbols.filter = filter
        case .keys: keys.filter = filter
        case .backfill: jobs.filter = filter
        case .audit: audit.retitle(filter)
        }
    }
}
