import GRDB
import GRDBSQLite
import Warehouse

/// Puts candles into their table by a ``SQLiteStatement``.
///
/// Runs in the transaction that its caller has opened.
struct SQLiteCandleWriter {
    let database: Database

    private static let insertion = """
        INSERT INTO candles (symbol_id, timeframe, time, open, high, low, close, volume, vwap, trades, flags, source,
                             fetched_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """

    private static let sql = """
        \(insertion)
        ON CONFLICT (symbol_id, timeframe, time) DO UPDATE SET
            open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, vwap = excluded.vwap, trades = excluded.trades, flags = excluded.flags,
            source = excluded.source, fetched_at = excluded.fetched_at
        WHERE (open, high, low, close, volume, flags) IS NOT
              (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.flags)
           OR vwap IS NOT excluded.vwap OR trades IS NOT excluded.trades
        """

    /// The same for files, of which many have no column for the price by volume or the trades: what a file does not say
    /// stays as it is stored, with the flag that judges it (V18).
    private static let sqlOfFiles = """
        \(insertion)
        ON CONFLICT (symbol_id, timeframe, time) DO UPDATE SET
            open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, vwap = COALESCE(excluded.vwap, candles.vwap),
            trades = COALESCE(excluded.trades, candles.trades), flags = \(flagsOfFiles),
            source = excluded.source, fetched_at = excluded.fetched_at
        WHERE (open, high, low, close, volume, flags) IS NOT
              (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, \(flagsOfFiles))
           OR vwap IS NOT COALESCE(excluded.vwap, candles.vwap) OR trades IS NOT COALESCE(excluded.trades, candles.trades)
        """

    private static let flagsOfFiles = """
        excluded.flags | CASE WHEN excluded.vwap IS NULL
            THEN candles.flags & \(CandleFlags.vwapOutsideRange.rawValue) ELSE 0 END
        """

    func upsert(
        _ candles: ArraySlice<Candle>,
        of series: CandleSeries,
        source: CandleSource,
        fetchedAt: Timestamp
    ) throws -> Int {
        let before = sqlite3_total_changes(database.sqliteConnection)
        try SQLiteStatement.run(source == .csv ? Self.sqlOfFiles : Self.sql, on: database) { statement in
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
