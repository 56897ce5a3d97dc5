import LegacyDump
import Store
import Warehouse

/// Brings the tables of a dump into the store, each after those that it speaks of: symbols, keys, audit, runs, candles.
///
/// Every row is taken over in a transaction that can be made again, so an import that was killed is just started again.
struct LegacyImport {
    let survey: DumpSurvey
    let file: DumpFile
    let store: Store
    var report = LegacyImportReport()
    var progress: ImportProgress
    /// Symbols as the dump names them; what can't be one is kept too, so that its rows are refused fast.
    var symbols: [SymbolReference: Result<Target, RowFault>] = [:]
    /// The dump's keys by their old ids.
    var keys: [Int64: LegacyStore.KeyIdentity] = [:]

    /// A symbol as it is tracked here.
    struct Target: Sendable {
        let id: SymbolID
        let ticker: Ticker

        init(_ symbol: TrackedSymbol) {
            id = symbol.id
            ticker = symbol.ticker
        }
    }

    init(of survey: DumpSurvey, in file: DumpFile, to store: Store, progress: ImportProgress) {
        self.survey = survey
        self.file = file
        self.store = store
        self.progress = progress
    }

    mutating func run(by actor: Actor) async throws {
        report.begin(survey)
        try await importSymbols()
        try await importKeys()
        try await importAudit()
        try await importRuns()
        try await importCandles()
        report.totals = try await store.legacy.finish(
            note: survey.truncation == nil ? nil : "the dump was not complete",
            by: actor
        )
    }

    func sections(of table: LegacyTable) -> [DumpSurvey.Section] {
        survey.sections.filter { $0.table == table }
    }

    /// The symbol that a row names; one that the old service did not track is added as inactive.
    /// - Throws: `RowFault` when there can't be such a symbol.
    mutating func target(of reference: SymbolReference) async throws -> Target {
        if let known = symbols[reference] { return try known.get() }
        let found: Result<Target, RowFault>
        switch ticker(of: reference) {
        case .success(let ticker): found = .success(try await addUntracked(ticker, for: reference))
        case .failure(let fault): found = .failure(fault)
        }
        // Names that are none could be as many as rows.
        if symbols.count > 100_000 {
            symbols = symbols.filter { entry in
                if case .success = entry.value { true } else { false }
            }
        }
        symbols[reference] = found
        return try found.get()
    }

    private func ticker(of reference: SymbolReference) -> Result<Ticker, RowFault> {
        switch reference {
        case .id: .failure(RowFault("symbol_id is that of no row of tracked_symbols"))
        case .spelling(let spelling):
            Result { () throws(RowFault) in try Ticker(legacy: spelling, assetClass: .guessed(of: spelling)) }
        }
    }
}
