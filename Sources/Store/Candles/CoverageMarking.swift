import Warehouse

extension StoreSession {
    /// The intervals of a series, ascending; only those that overlap or touch `range` when there is one.
    func coverage(of series: CandleSeries, touching range: Range<Timestamp>?) throws -> [CoverageInterval] {
        var sql = "SELECT start_time, end_time, state FROM coverage WHERE symbol_id = ? AND timeframe = ?"
        var arguments: [SQLValue] = [.id(series.symbol), .text(series.timeframe)]
        if let range {
            sql += " AND end_time >= ? AND start_time <= ?"
            arguments += [.time(range.lowerBound), .time(range.upperBound)]
        }
        return try rows(sql + " ORDER BY start_time", arguments) { row in
            CoverageInterval(try row.range(), try row.value())
        }
    }

    /// Makes the coverage of a series agree with its first candle.
    func settleListing(of series: CandleSeries, at first: Timestamp) throws {
        let known = try coverage(of: series, touching: nil)
        let settled = known.settlingListing(at: first)
        for interval in settled where !known.contains(interval) { try mark(interval, of: series) }
    }

    /// The start of the oldest candle that was ever stored; `nil` when none was.
    func firstCandle(of series: CandleSeries) throws -> Timestamp? {
        let first = try row(
            "SELECT first_time FROM symbol_stats WHERE symbol_id = ? AND timeframe = ?",
            [.id(series.symbol), .text(series.timeframe)]
        ) { $0.optionalTime() }
        return first ?? nil
    }

    /// Records what is known of a stretch: replaces what was known, joins neighbours of the same state.
    func mark(_ interval: CoverageInterval, of series: CandleSeries) throws {
        let touching = try coverage(of: series, touching: interval.range)
        let marked = touching.marking(interval.range, as: interval.state)
        guard marked != touching else { return }
        for old in touching {
            try execute(
                "DELETE FROM coverage WHERE symbol_id = ? AND timeframe = ? AND start_time = ?",
                [.id(series.symbol), .text(series.timeframe), .time(old.range.lowerBound)]
            )
        }
        for new in marked {
            try execute(
                "INSERT INTO coverage (symbol_id, timeframe, start_time, end_time, state) VALUES (?, ?, ?, ?, ?)",
                [
                    .id(series.symbol), .text(series.timeframe), .time(new.range.lowerBound),
                    .time(new.range.upperBound), .text(new.state),
                ]
            )
        }
    }
}
