/// One of the four lists of the console, numbered as its key.
package enum Pane: Int, CaseIterable, Sendable {
    case symbols = 1
    case keys
    case backfill
    case audit

    var title: String {
        switch self {
        case .symbols: "Symbols"
        case .keys: "API keys"
        case .backfill: "Backfill"
        case .audit: "Audit"
        }
    }

    /// The pane `steps` further, around the end.
    func advanced(by steps: Int) -> Pane {
        let count = Pane.allCases.count
        let index = ((rawValue - 1 + steps) % count + count) % count
        return Pane.allCases[index]
    }
}
