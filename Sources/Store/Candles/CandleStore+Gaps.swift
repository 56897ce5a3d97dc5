package import Warehouse

/// A session (or week) of which no candle is stored, with the nearest ones before and after that have some.
package struct MissingSession: Hashable, Sendable {
    /// A session that has candles, with what was traded in them.
    package struct Neighbour: Hashable, Sendable {
        package let day: TradingDay
        package let volume: Double
    }

    package let day: TradingDay
    package let previous: Neighbour?
    package let next: Neighbour?
}

extension CandleStore {
    /// The sessions of which a series lacks every candle, ascending; costs a look at the index for each session.
    ///
    /// `sessions`: those that should have candles, ascending. Neighbours are looked for beyond them too.
    package func missingSessions(
        of series: CandleSeries,
        among sessions: [ExpectedSession],
        in calendar: TradingCalendar
    ) async throws -> [MissingSession] {
        try await engine.read { session in
            var missing: [MissingSession] = []
            var waiting: ArraySlice<ExpectedSession> = []
            func tell() throws {
                guard let first = waiting.first, let last = waiting.last else { return }
                let before = try session.lastTime(of: series, before: first.range.lowerBound)
                let after = try session.firstTime(of: series, from: last.range.upperBound)
                let previous = try before.map { try session.neighbour(at: $0, of: series, in: calendar) }
                let next = try after.map { try session.neighbour(at: $0, of: series, in: calendar) }
                missing += waiting.map { MissingSession(day: $0.day, previous: previous, next: next) }
                waiting = []
            }
            for expected in sessions {
                if let time = try session.firstTime(of: series, from: expected.range.lowerBound),
                    time < expected.range.upperBound
                {
                    try tell()
                } else {
                    waiting.append(expected)
                }
            }
            try tell()
            return missing
        }
    }

    /// First and last candle of a series; `nil` when it has none.
    package func span(of series: CandleSeries) async throws -> ClosedRange<Timestamp>? {
        try await engine.read { session in
            let bounds = try session.row(
                "SELECT MIN(time), MAX(time) FROM candles WHERE symbol_id = ? AND timeframe = ?",
                [.id(series.symbol), .text(series.timeframe)]
            ) { ($0.optionalTime(), $0.optionalTime()) }
            guard let bounds, let first = bounds.0, let last = bounds.1 else { return nil }
            return first...last
        }
    }
}

extension StoreSession {
    fileprivate func firstTime(of series: CandleSeries, from time: Timestamp) throws -> Timestamp? {
        try row(
            "SELECT time FROM candles WHERE symbol_id = ? AND timeframe = ? AND time >= ? ORDER BY time LIMIT 1",
            [.id(series.symbol), .text(series.timeframe), .time(time)]
        ) { $0.time() }
    }

    fileprivate func lastTime(of series: CandleSeries, before time: Timestamp) throws -> Timestamp? {
        try row(
            "SELECT time FROM candles WHERE symbol_id = ? AND timeframe = ? AND time < ? ORDER BY time DESC LIMIT 1",
            [.id(series.symbol), .text(series.timeframe), .time(time)]
        ) { $0.time() }
    }

    /// The session that holds `time`, with what was traded in it.
    fileprivate func neighbour(
        at time: Timestamp,
        of series: CandleSeries,
        in calendar: TradingCalendar
    ) throws -> MissingSession.Neighbour {
        let session = calendar.expectedSession(series.timeframe, around: time)
        let volume = try row(
            "SELECT SUM(volume) FROM candles WHERE symbol_id = ? AND timeframe = ? AND time >= ? AND time < ?",
            [
                .id(series.symbol), .text(series.timeframe), .time(session.range.lowerBound),
                .time(session.range.upperBound),
            ]
        ) { $0.optionalReal() ?? 0 }
        return MissingSession.Neighbour(day: session.day, volume: volume ?? 0)
    }
}
