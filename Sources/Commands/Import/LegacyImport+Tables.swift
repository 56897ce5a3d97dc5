import LegacyDump
import Store
import Warehouse

extension LegacyImport {
    /// How many rows of the small tables one transaction takes.
    private static let slice = 500

    mutating func importSymbols() async throws {
        for section in sections(of: .trackedSymbols) {
            progress.begin(section.table.rawValue, of: section.rows)
            try await store.legacy.reserveSymbolIDs(upTo: try section.highestID(in: file))
            let rows = SymbolRows(columns: section.columns)
            let reader = SectionReader(section, of: file)
            var slice: [LegacySymbol] = []
            while try reader.next() {
                report.count(section.table)
                do throws(RowFault) {
                    let (symbol, notes) = try reader.parse { row throws(RowFault) in try rows.symbol(of: row) }
                    for note in notes { report.note(note) }
                    slice.append(symbol)
                } catch {
                    report.refuse(section.table, reader.line, error)
                }
                if slice.count == Self.slice { try await add(&slice) }
            }
            try await add(&slice)
        }
    }

    private mutating func add(_ slice: inout [LegacySymbol]) async throws {
        for (symbol, (outcome, tracked)) in zip(slice, try await store.legacy.addSymbols(slice)) {
            symbols[.spelling(symbol.spelling)] = .success(Target(tracked))
            symbols[.id(symbol.id)] = .success(Target(tracked))
            report.count(.trackedSymbols, outcome)
            report.tell(of: symbol, outcome: outcome, tracked: tracked)
        }
        slice.removeAll(keepingCapacity: true)
    }

    mutating func addUntracked(_ ticker: Ticker, for reference: SymbolReference) async throws -> Target {
        let (outcome, tracked) = try await store.legacy.addUntracked(ticker)
        if outcome.isAdded { report.untracked.add("\(tracked.symbol) (\(tracked.ticker.assetClass.rawValue))") }
        if case .spelling(let spelling) = reference, tracked.symbol != spelling {
            report.respelled.add("\(spelling.sanitized(limit: 40)) as \(tracked.symbol)")
        }
        return Target(tracked)
    }

    mutating func importKeys() async throws {
        for section in sections(of: .apiKeys) {
            progress.begin(section.table.rawValue, of: section.rows)
            try await store.legacy.reserveKeyIDs(upTo: try section.highestID(in: file))
            let rows = KeyRows(columns: section.columns)
            let reader = SectionReader(section, of: file)
            var slice: [LegacyKey] = []
            while try reader.next() {
                report.count(section.table)
                do throws(RowFault) {
                    slice.append(try reader.parse { row throws(RowFault) in try rows.key(of: row) })
                } catch {
                    report.refuse(section.table, reader.line, error)
                }
                if slice.count == Self.slice { try await add(&slice) }
            }
            try await add(&slice)
        }
    }

    private mutating func add(_ slice: inout [LegacyKey]) async throws {
        for (key, outcome) in zip(slice, try await store.legacy.addKeys(slice)) {
            keys[key.id] = LegacyStore.KeyIdentity(id: KeyID(outcome.id), name: key.name)
            report.count(.apiKeys, outcome)
            report.tell(of: key, outcome: outcome)
        }
        slice.removeAll(keepingCapacity: true)
    }

    mutating func importAudit() async throws {
        var staged: Int64 = 0
        for section in sections(of: .apiKeyAudit) {
            progress.begin(section.table.rawValue, of: section.rows)
            let rows = RequestRows(columns: section.columns)
            let reader = SectionReader(section, of: file)
            var slice: [LegacyRequest] = []
            while try reader.next() {
                report.count(section.table)
                do throws(RowFault) {
                    slice.append(try reader.parse { row throws(RowFault) in try rows.request(of: row) })
                } catch {
                    report.refuse(section.table, reader.line, error)
                }
                if slice.count == Self.slice {
                    staged += try await stage(&slice)
                    progress.show(report[section.table].read)
                }
            }
            staged += try await stage(&slice)
        }
        progress.begin("the audit chain", of: staged)
        try await store.legacy.reserveStagedKeyIDs()
        var chained: Int64 = 0
        while true {
            let step = try await store.legacy.chain(Self.slice, keys: keys)
            guard step.count > 0 else { break }
            for (old, id) in step.missingKeys { report.missingKeys[old] = id }
            chained += Int64(step.count)
            progress.show(chained)
        }
        report.count(.apiKeyAudit, imported: chained)
    }

    /// Returns how many rows of the slice are on their way into the chain.
    private mutating func stage(_ slice: inout [LegacyRequest]) async throws -> Int64 {
        let known = try await store.legacy.stage(slice)
        report.count(.apiKeyAudit, known: Int64(known))
        defer { slice.removeAll(keepingCapacity: true) }
        return Int64(slice.count - known)
    }

    mutating func importRuns() async throws {
        for section in sections(of: .backfillHistory) {
            progress.begin(section.table.rawValue, of: section.rows)
            try await store.legacy.reserveRunIDs(upTo: try section.highestID(in: file))
            var rows = RunRows(columns: section.columns)
            let reader = SectionReader(section, of: file)
            var slice: [LegacyStore.Run] = []
            while try reader.next() {
                report.count(section.table)
                do {
                    var (run, symbol) = try reader.parse { row throws(RowFault) in try rows.run(of: row) }
                    let target = try await target(of: symbol)
                    run.range = run.range(in: TradingCalendar(for: target.ticker.assetClass))
                    slice.append(LegacyStore.Run(run: run, symbol: target.id, spelling: target.ticker.symbol))
                } catch let fault as RowFault {
                    report.refuse(section.table, reader.line, fault)
                }
                if slice.count == Self.slice {
                    try await add(&slice)
                    progress.show(report[section.table].read)
                }
            }
            try await add(&slice)
        }
    }

    private mutating func add(_ slice: inout [LegacyStore.Run]) async throws {
        for outcome in try await store.legacy.addRuns(slice) { report.count(.backfillHistory, outcome) }
        slice.removeAll(keepingCapacity: true)
    }
}
