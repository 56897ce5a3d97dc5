import GRDB
import GRDBSQLite
import Warehouse

/// The hot insert: binds candles through the C API on GRDB's connection, which is more than twice as fast as GRDB's own
/// statements.
///
/// Runs in the transaction that its caller has opened.
struct SQLiteCandleWriter {
    let database: Database

    private static let sql = """
        INSERT INTO candles (symbol_id, timeframe, time, open, high, low, close, volume, vwap, trades, flags, source,
                             fetched_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (symbol_id, timeframe, time) DO UPDATE SET
            open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, vwap = excluded.vwap, trades = excluded.trades, flags = excluded.flags,
            source = excluded.source, fetched_at = excluded.fetched_at
        WHERE (open, high, low, close, volume, flags) IS NOT
              (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.flags)
           OR vwap IS NOT excluded.vwap OR trades IS NOT excluded.trades
        """

    func upsert(
        _ candles: ArraySlice<Candle>,
        of series: CandleSeries,
        source: CandleSource,
        fetchedAt: Timestamp
    ) throws -> Int {
        // GRDB keeps the prepared statement with its connection; only the binding and stepping go past it.
        let cached = try database.cachedStatement(sql: Self.sql)
        let statement = cached.sqliteStatement
        let before = sqlite3_total_changes(database.sqliteConnection)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        sqlite3_reset(statement)
        sqlite3_bind_int64(statement, 1, series.symbol.rawValue)
        try bind(series.timeframe.rawValue, at: 2, of: statement)
        try bind(source.rawValue, at: 12, of: statement)
        sqlite3_bind_int64(statement, 13, fetchedAt.microseconds)
        for candle in candles {
            sqlite3_bind_int64(statement, 3, candle.time.microseconds)
            sqlite3_bind_double(statement, 4, candle.open)
            sqlite3_bind_double(statement, 5, candle.high)
            sqlite3_bind_double(statement, 6, candle.low)
            sqlite3_bind_double(statement, 7, candle.close)
            sqlite3_bind_double(statement, 8, candle.volume)
            if let vwap = candle.vwap {
                sqlite3_bind_double(statement, 9, vwap)
            } else {
                sqlite3_bind_null(statement, 9)
            }
            if let trades = candle.trades {
                sqlite3_bind_int64(statement, 10, trades)
            } else {
                sqlite3_bind_null(statement, 10)
            }
            sqlite3_bind_int64(statement, 11, candle.flags.rawValue)
            guard sqlite3_step(statement) == SQLITE_DONE else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database.sqliteConnection)),
                    message: String(cString: sqlite3_errmsg(database.sqliteConnection))
                )
            }
            sqlite3_reset(statement)
        }
        // SQLite's counter wraps around.
        return Int(sqlite3_total_changes(database.sqliteConnection) &- before)
    }

    /// Binds a text that SQLite copies.
    private func bind(_ text: String, at index: Int32, of statement: OpaquePointer) throws {
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        guard sqlite3_bind_text(statement, index, text, -1, copied) == SQLITE_OK else {
            throw StoreError.failed("a candle's text can't be bound")
        }
    }
}
