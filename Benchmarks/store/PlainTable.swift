import GRDBSQLite
import Warehouse

/// A loop of `sqlite3_bind` and `sqlite3_step` over the store's own table: what SQLite itself can do.
final class PlainTable {
    private var database: OpaquePointer?
    private var insert: OpaquePointer?

    /// Opens the database of a store that was migrated and closed.
    init(path: String) {
        precondition(sqlite3_open(path, &database) == SQLITE_OK)
        execute("PRAGMA synchronous = FULL")
        let sql = "INSERT INTO candles VALUES (?1, '5m', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 'polygon', ?10)"
        precondition(sqlite3_prepare_v2(database, sql, -1, &insert, nil) == SQLITE_OK)
    }

    deinit {
        sqlite3_finalize(insert)
        sqlite3_close(database)
    }

    func execute(_ sql: String) {
        precondition(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK, String(cString: sqlite3_errmsg(database)))
    }

    /// Inserts candles `indices` of `symbol`, in one transaction.
    func fill(symbol: Int64, _ indices: Range<Int>) {
        execute("BEGIN IMMEDIATE")
        for index in indices {
            let price = SampleCandles.price(index)
            sqlite3_bind_int64(insert, 1, symbol)
            sqlite3_bind_int64(insert, 2, SampleCandles.time(index).microseconds)
            sqlite3_bind_double(insert, 3, price)
            sqlite3_bind_double(insert, 4, price + 1.5)
            sqlite3_bind_double(insert, 5, price - 1.25)
            sqlite3_bind_double(insert, 6, price + 0.25)
            sqlite3_bind_double(insert, 7, 1234.5678)
            sqlite3_bind_double(insert, 8, price + 0.1)
            sqlite3_bind_int64(insert, 9, 42)
            sqlite3_bind_int64(insert, 10, 1)
            precondition(sqlite3_step(insert) == SQLITE_DONE)
            sqlite3_reset(insert)
        }
        execute("COMMIT")
    }
}

/// The candles that the benchmarks write: five minutes each, from 2020 on.
enum SampleCandles {
    private static let first = Timestamp(seconds: 1_577_836_800)

    static func time(_ index: Int) -> Timestamp { first + .seconds(Int64(index) * 300) }
    static func price(_ index: Int) -> Double { 40_000 + Double(index % 997) / 4 }

    static func candle(_ index: Int) -> Candle {
        let price = price(index)
        return Candle(
            time: time(index),
            open: price,
            high: price + 1.5,
            low: price - 1.25,
            close: price + 0.25,
            volume: 1234.5678,
            vwap: price + 0.1,
            trades: 42
        )
    }
}
