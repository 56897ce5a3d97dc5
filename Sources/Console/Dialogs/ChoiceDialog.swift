import Terminal

/// One of a few things to choose: arrows and Enter, its number, or its first letter.
struct ChoiceDialog: Sendable {
    /// What is chosen.
    enum Purpose: Hashable, Sendable {
        case sortColumn(Pane)
        case theme
    }

    let title: String
    let purpose: Purpose
    let options: [String]
    var selected: Int

    mutating func handle(_ key: Key) -> DialogOutcome {
        switch key {
        case .escape, "q", .control("c"): return .cancelled
        case .up, "k", .backTab: selected = (selected + options.count - 1) % options.count
        case .down, "j", .tab: selected = (selected + 1) % options.count
        case .home: selected = 0
        case .end: selected = options.count - 1
        case .enter, " ": return .chosen(purpose, options[selected])
        case .character(let character):
            if let number = character.wholeNumberValue, (1...options.count).contains(number) {
                return .chosen(purpose, options[number - 1])
            }
            // The next one that begins so, around the end.
            let places = (1...options.count).map { (selected + $0) % options.count }
            if let match = places.first(where: { options[$0].first == character }) { selected = match }
        default: break
        }
        return .open
    }
}
