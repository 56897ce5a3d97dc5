import Store

/// One of the four lists of the console, numbered as its key.
package enum Pane: Int, CaseIterable, Codable, Sendable {
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

    /// What it holds, in the middle of a sentence.
    var contents: String {
        switch self {
        case .symbols: "symbols"
        case .keys: "API keys"
        case .backfill: "jobs"
        case .audit: "audit rows"
        }
    }

    /// How the configuration, the command line and exports name it.
    var name: String {
        switch self {
        case .symbols: "symbols"
        case .keys: "keys"
        case .backfill: "backfill"
        case .audit: "audit"
        }
    }

    /// The fields that a filter can name.
    var filterFields: [String] {
        switch self {
        case .symbols: SymbolStore.Query.filterFields
        case .keys: KeyStore.Query.filterFields
        case .backfill: JobStore.Query.filterFields
        case .audit: AuditLog.Filter.filterFields
        }
    }

    /// The columns by which it can be sorted; none for the audit, whose order is its meaning.
    var sortColumns: [String] {
        switch self {
        case .symbols: SymbolStore.Column.allCases.map(\.rawValue)
        case .keys: KeyStore.Column.allCases.map(\.rawValue)
        case .backfill: JobStore.Column.allCases.map(\.rawValue)
        case .audit: []
        }
    }

    /// The pane `steps` further, around the end.
    func advanced(by steps: Int) -> Pane {
        let count = Pane.allCases.count
        let index = ((rawValue - 1 + steps) % count + count) % count
        return Pane.allCases[index]
    }
}
