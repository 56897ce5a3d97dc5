package import Warehouse

/// Reads rows of `backfill_history`.
package struct RunRows {
    private let id, timeframe, start, end, records, success, error, started, finished: Column
    private var symbols: SymbolColumns

    package init(columns: [String]) {
        symbols = SymbolColumns(in: columns)
        id = Column("id", in: columns)
        timeframe = Column("timeframe", in: columns)
        start = Column("start_date", in: columns)
        end = Column("end_date", in: columns)
        records = Column("records_imported", in: columns)
        success = Column("success", in: columns)
        error = Column("error_details", in: columns)
        started = Column(firstOf: ["created_at", "timestamp", "completed_at"], in: columns)
        finished = Column(firstOf: ["completed_at", "timestamp", "created_at"], in: columns)
    }

    package mutating func run(of row: CopyRow) throws(RowFault) -> (run: LegacyRun, symbol: SymbolReference) {
        let symbol = try symbols.reference(of: row)
        let times = [try row.instant(started), try row.instant(finished)].compactMap { $0 }
        guard let first = times.min(), let last = times.max() else { throw RowFault("\(finished.name) is missing") }
        let (range, isOfDays) = try range(of: row)
        let run = LegacyRun(
            id: try row.id(id),
            timeframe: try timeframe(of: row),
            range: range,
            isOfDays: isOfDays,
            candles: max(0, try row.integer(records) ?? 0),
            success: try row.boolean(success) ?? false,
            error: try row.text(error)?.taken(limit: 500),
            startedAt: first,
            finishedAt: last
        )
        return (run, symbol)
    }

    private func timeframe(of row: CopyRow) throws(RowFault) -> Timeframe {
        guard let text = try row.text(timeframe) else { return .oneDay }
        if let timeframe = Timeframe(rawValue: text) { return timeframe }
        throw .value(text, of: timeframe.name, isNot: "a timeframe that mdw knows")
    }

    /// The old service counted the last day in; mdw's ranges end before their end.
    private func range(of row: CopyRow) throws(RowFault) -> (range: Range<Timestamp>, isOfDays: Bool) {
        guard let first = try row.time(start), let begin = first.timestamp else {
            throw RowFault("\(start.name) is missing or infinite")
        }
        guard let last = try row.time(end), var end = last.timestamp else {
            throw RowFault("\(self.end.name) is missing or infinite")
        }
        if case .day = last { end = end + .seconds(86_400) }
        guard begin <= end else { throw RowFault("\(self.end.name) comes before \(start.name)") }
        if case (.day, .day) = (first, last) { return (begin..<end, true) }
        return (begin..<max(end, begin + .microseconds(1)), false)
    }
}
