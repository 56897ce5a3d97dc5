import GRDB
import GRDBSQLite
import Warehouse

/// Puts candles into their table by a ``SQLiteStatement``.
///
/// Runs in the transaction that its caller has opened.
struct SQLiteCandleWriter {
    let database: Database

    /// The statement for candles of which `unsaid` is not known: of that, a candle that is there keeps what it has, with
    /// the flag that judges it (V18).
    private static func sql(_ unsaid: CandleBatch.Unsaid) -> String {
        let vwap = unsaid.contains(.vwap) ? "candles.vwap" : "excluded.vwap"
        let trades = unsaid.contains(.trades) ? "candles.trades" : "excluded.trades"
        let flags =
            unsaid.contains(.vwap)
            ? "excluded.flags | (candles.flags & \(CandleFlags.vwapOutsideRange.rawValue))" : "excluded.flags"
        return """
            INSERT INTO candles (symbol_id, timeframe, time, open, high, low, close, volume, vwap, trades, flags, source,
                                 fetched_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT (symbol_id, timeframe, time) DO UPDATE SET
                open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
                volume = excluded.volume, vwap = \(vwap), trades = \(trades), flags = \(flags),
                source = excluded.source, fetched_at = excluded.fetched_at
            WHERE (open, high, low, close, volume, flags) IS NOT
                  (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, \(flags))
               OR vwap IS NOT \(vwap) OR trades IS NOT \(trades)
            """
    }

    func upsert(
        _ candles: ArraySlice<Candle>,
        of series: CandleSeries,
        source: CandleSource,
        fetchedAt: Timestamp,
        unsaid: CandleBatch.Unsaid
    ) throws -> Int {
        let before = sqlite3_total_changes(database.sqliteConnection)
        try SQLiteStatement.run(Self.sql(unsaid), on: database) { statement in
            statement.bind(series.symbol.rawValue, at: 1)
            try statement.bind(series.timeframe.rawValue, at: 2)
            try statement.bind(source.rawValue, at: 12)
            statement.bind(fetchedAt.microseconds, at: 13)
            for candle in candles {
                statement.bind(candle.time.microseconds, at: 3)
                statement.bind(candle.open, at: 4)
                statement.bind(candle.high, at: 5)
                statement.bind(candle.low, at: 6)
                statement.bind(candle.close, at: 7)
                statement.bind(candle.volume, at: 8)
                statement.bind(candle.vwap, at: 9)
                statement.bind(candle.trades, at: 10)
                statement.bind(candle.flags.rawValue, at: 11)
                try statement.step()
            }
        }
        // SQLite's counter wraps around.
        return Int(sqlite3_total_changes(database.sqliteConnection) &- before)
    }
}
