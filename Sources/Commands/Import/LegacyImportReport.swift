import LegacyDump
import Store
import Warehouse

/// What an import found and did.
struct LegacyImportReport {
    /// The rows of a table: all that were read are imported, known, refused or rejected.
    struct Counts: Hashable, Sendable {
        var read: Int64 = 0
        var imported: Int64 = 0
        /// There already.
        var known: Int64 = 0
        /// Could not be read.
        var refused: Int64 = 0
        /// Candles that break a rule; they are kept beside the others.
        var rejected: Int64 = 0
    }

    /// A row that was refused.
    struct Refusal: Hashable, Sendable {
        let table: LegacyTable
        let line: Int
        let reason: String
    }

    /// Names of one kind: how many, and the first of them.
    struct Names: Hashable, Sendable {
        private(set) var count = 0
        private(set) var first: [String] = []

        mutating func add(_ name: String) {
            count += 1
            if first.count < 20 { first.append(name) }
        }

        var text: String {
            first.joined(separator: ", ") + (count > first.count ? " and \((count - first.count).grouped) more" : "")
        }
    }

    private(set) var tables: [LegacyTable: Counts] = [:]
    private(set) var rejected: [RuleID: Int64] = [:]
    /// The first 20 rows that were refused.
    private(set) var refusals: [Refusal] = []
    private(set) var notes = Names()
    private(set) var renumberedKeys: [(old: Int64, id: Int64, name: String)] = []
    private(set) var deletedKeys = Names()
    private(set) var trackedSymbols = Names()
    private(set) var renumberedSymbols = Names()
    private(set) var otherClass = Names()
    private(set) var differing: Int64 = 0
    private(set) var mixed: Int64 = 0
    var untracked = Names()
    var respelled = Names()
    /// Keys that the audit names and the dump lacks: their old ids, and what they are called here.
    var missingKeys: [Int64: KeyID] = [:]
    var offGrid: Int64 = 0
    var unvalidated: Int64 = 0
    private(set) var ignoredTables: [String] = []
    private(set) var ignoredColumns: [String] = []
    private(set) var missingTables: [String] = []
    /// What the import came to; `nil` when it changed nothing.
    var totals: LegacyStore.Totals?

    subscript(table: LegacyTable) -> Counts { tables[table] ?? Counts() }

    var refusedRows: Int64 { tables.values.reduce(0) { $0 + $1.refused } }

    mutating func begin(_ survey: DumpSurvey) {
        for section in survey.sections {
            tables[section.table] = Counts()
            for column in section.columns where !section.table.knownColumns.contains(column) {
                let name = "\(section.table.rawValue).\(column.sanitized(limit: 63))"
                if !ignoredColumns.contains(name) { ignoredColumns.append(name) }
            }
        }
        ignoredTables = survey.unknownTables
        missingTables = LegacyTable.allCases.filter { tables[$0] == nil }.map(\.rawValue)
    }

    mutating func count(_ table: LegacyTable, read: Int64 = 1) {
        tables[table, default: Counts()].read += read
    }

    mutating func count(_ table: LegacyTable, imported: Int64 = 0, known: Int64 = 0) {
        tables[table, default: Counts()].imported += imported
        tables[table, default: Counts()].known += known
    }

    mutating func count(_ table: LegacyTable, _ outcome: LegacyStore.Outcome) {
        count(table, imported: outcome.isAdded ? 1 : 0, known: outcome.isAdded ? 0 : 1)
    }

    mutating func count(_ outcome: LegacyStore.CandleOutcome) {
        count(.marketData, imported: Int64(outcome.added), known: Int64(outcome.known + outcome.differing))
        differing += Int64(outcome.differing)
        let refused = Int64(outcome.mixed.values.reduce(0, +))
        tables[.marketData, default: Counts()].refused += refused
        mixed += refused
    }

    mutating func refuse(_ table: LegacyTable, _ line: Int, _ fault: RowFault) {
        tables[table, default: Counts()].refused += 1
        if refusals.count < 20 {
            refusals.append(Refusal(table: table, line: line, reason: fault.description.sanitized(limit: 200)))
        }
    }

    mutating func reject(_ note: RuleNote) {
        tables[.marketData, default: Counts()].rejected += 1
        rejected[note.rule, default: 0] += 1
    }

    mutating func note(_ text: String) {
        notes.add(text)
    }

    mutating func tell(of symbol: LegacySymbol, outcome: LegacyStore.Outcome, tracked: TrackedSymbol) {
        if symbol.spelling != tracked.symbol {
            respelled.add("\(symbol.spelling.sanitized(limit: 40)) as \(tracked.symbol)")
        }
        if outcome.isAdded {
            if symbol.id != outcome.id { renumberedSymbols.add("\(tracked.symbol) \(symbol.id) → \(outcome.id)") }
        } else {
            trackedSymbols.add(tracked.symbol)
            if tracked.ticker.assetClass != symbol.ticker.assetClass {
                otherClass.add("\(tracked.symbol) (\(tracked.ticker.assetClass.rawValue))")
            }
        }
    }

    mutating func tell(of key: LegacyKey, outcome: LegacyStore.Outcome) {
        if case .deleted = outcome { deletedKeys.add("\(key.id) '\(key.name)'") }
        guard outcome.id != key.id, renumberedKeys.count < 1000 else { return }
        renumberedKeys.append((key.id, outcome.id, key.name))
    }
}
