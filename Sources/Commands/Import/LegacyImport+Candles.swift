import LegacyDump
import Store
import Warehouse

extension LegacyImport {
    mutating func importCandles() async throws {
        for section in sections(of: .marketData) {
            progress.begin(section.table.rawValue, of: section.range.upperBound - section.range.lowerBound)
            var rows = CandleRows(columns: section.columns)
            let reader = SectionReader(section, of: file)
            var slice = CandleSlice(at: store.clock.now)
            var last: (reference: SymbolReference, target: Target)?
            while try reader.next() {
                report.count(section.table)
                do {
                    let (candle, symbol) = try reader.parse { row throws(RowFault) in try rows.candle(of: row) }
                    if last?.reference != symbol { last = (symbol, try await target(of: symbol)) }
                    guard let target = last?.target else { continue }
                    if let note = slice.append(candle, of: target, raw: { rows.rawText(of: reader.row) }) {
                        report.reject(note)
                    }
                } catch let fault as RowFault {
                    report.refuse(section.table, reader.line, fault)
                }
                if slice.count == CandleSlice.limit {
                    try await add(&slice)
                    progress.show(reader.position - section.range.lowerBound)
                }
            }
            try await add(&slice)
            for source in rows.unknownSources.sorted() {
                report.note(
                    "candles of the source '\(source)', which mdw does not know, are kept as those of a csv file"
                )
            }
        }
    }

    private mutating func add(_ slice: inout CandleSlice) async throws {
        let outcome = try await store.legacy.addCandles(slice.rows)
        report.count(outcome)
        report.offGrid += slice.offGrid
        report.unvalidated += slice.unvalidated
        slice = CandleSlice(at: store.clock.now)
    }
}

/// The candles of one transaction by their series.
private struct CandleSlice {
    /// What one transaction takes at most, so that an administrator's change waits for one slice only.
    static let limit = 2500

    private(set) var rows: [LegacyStore.SeriesRows] = []
    private(set) var count = 0
    /// Candles that don't start where those of their timeframe do (V07).
    private(set) var offGrid: Int64 = 0
    /// Candles that the old service had not found good.
    private(set) var unvalidated: Int64 = 0
    private var rules: [StoredCandleRules] = []
    private var places: [CandleSeries: Int] = [:]
    private var last: Int?
    private let now: Timestamp

    init(at now: Timestamp) {
        self.now = now
    }

    /// Takes a candle, or keeps it as refused and returns why.
    mutating func append(_ stored: LegacyCandle, of target: LegacyImport.Target, raw: () -> String) -> RuleNote? {
        count += 1
        let place = place(of: CandleSeries(symbol: target.id, timeframe: stored.timeframe), target.ticker.assetClass)
        switch rules[place].judge(stored) {
        case .candle(let candle, let isOnGrid):
            if !isOnGrid { offGrid += 1 }
            if stored.validated == false { unvalidated += 1 }
            rows[place].append(candle, source: stored.source, fetchedAt: stored.fetchedAt ?? now)
            return nil
        case .refused(let note):
            rows[place].rejected.append(
                RejectedCandle(rule: note.rule, time: stored.time, raw: raw(), reason: note.text)
            )
            rows[place].source = stored.source
            return note
        }
    }

    private mutating func place(of series: CandleSeries, _ assetClass: AssetClass) -> Int {
        if let last, rows[last].series == series { return last }
        let place: Int
        if let known = places[series] {
            place = known
        } else {
            place = rows.count
            rows.append(LegacyStore.SeriesRows(series: series))
            rules.append(StoredCandleRules(assetClass: assetClass, timeframe: series.timeframe))
            places[series] = place
        }
        last = place
        return place
    }
}
