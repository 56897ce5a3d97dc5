import LegacyDump
import Testing
import Warehouse

@Suite struct RowTests {
    private static let hash = String(repeating: "ab", count: 32)

    @Test func `columns are taken by name, in any order`() throws {
        let columns = ["key_hash", "x", "name", "id"]
        let key = try KeyRows(columns: columns).key(of: row("\(Self.hash)\ty\tops\t7", columns: 4))
        #expect(key == LegacyKey(id: 7, hash: try #require(SHA256Digest(hex: Self.hash)), name: "ops"))
    }

    @Test func `a key keeps what is known of it, and no more of it than its preview`() throws {
        let columns = ["id", "key_hash", "name", "active", "last_used_endpoint", "request_count", "key_preview"]
        let secret = "mdw_" + String(repeating: "1a", count: 32)
        let line = "7\t\\\\x\(Self.hash.uppercased())\t\(secret)\tf\t/x?key=\(secret)\t-3\t\(secret)"
        let key = try KeyRows(columns: columns).key(of: row(line, columns: 7))
        #expect(key.hash.hex == Self.hash)
        #expect(key.name == "mdw_1a1a1a1a…" && key.lastUsedEndpoint == "/x?key=mdw_1a1a1a1a…")
        #expect(key.preview == "mdw_1a1a1a1a" && !key.active && key.requestCount == 0)
    }

    @Test func `a key whose activity is NULL opens nothing`() throws {
        let rows = KeyRows(columns: ["id", "key_hash", "active"])
        #expect(try !rows.key(of: row("7\t\(Self.hash)\t\\N", columns: 3)).active)
        #expect(try rows.key(of: row("7\t\(Self.hash)\tt", columns: 3)).active)
    }

    @Test(arguments: [
        ("0\t\(hash)", "id is '0', which is not an id from 1 to 2^53"),
        ("9223372036854775807\t\(hash)", "id is '9223372036854775807', which is not an id from 1 to 2^53"),
        ("\\N\t\(hash)", "id is missing"),
        ("1\tabcdef", "key_hash is not a SHA-256 of 64 hexadecimal digits"),
        ("1\t\\N", "key_hash is not a SHA-256 of 64 hexadecimal digits"),
    ])
    func `a key that can't be read is told without its hash`(line: String, reason: String) throws {
        let row = try row(line, columns: 2)
        #expect(throws: RowFault(reason)) { try KeyRows(columns: ["id", "key_hash"]).key(of: row) }
    }

    @Test func `a symbol gets what is missing`() throws {
        let rows = SymbolRows(columns: ["id", "symbol", "asset_class", "timeframes", "backfill_status"])
        let (plain, none) = try rows.symbol(of: row("3\taapl\t\\N\t\\N\tin_progress", columns: 5))
        #expect(plain.ticker == Ticker(stored: "AAPL", assetClass: .stock) && none.isEmpty)
        #expect(plain.timeframes == [.oneHour, .oneDay] && plain.status == .pending && plain.active)
        let (crypto, notes) = try rows.symbol(of: row("4\tX:BTCUSD\tbanana\t{1d,5m,2h,1d}\tfailed", columns: 5))
        #expect(crypto.ticker == Ticker(stored: "BTC", assetClass: .crypto) && !crypto.active)
        #expect(crypto.timeframes == [.fiveMinutes, .oneDay] && notes.count == 2)
    }

    @Test func `a request is a method and an endpoint`() throws {
        let rows = RequestRows(columns: ["id", "api_key_id", "endpoint", "method", "status_code", "timestamp"])
        let request = try rows.request(of: row("5\t\\N\t/x\\n\tGET\t200\t2024-01-02 05:00:00+00", columns: 6))
        #expect(request.action == "GET /x\u{FFFD}" && request.keyID == nil && request.status == 200)
        for line in [
            "5\t1\t/x\tGET\t200\tinfinity", "5\t1\t\\N\t\\N\t200\t2024-01-02", "5\t1\t/x\tGET\t20000\t2024-01-02",
        ] {
            let row = try row(line, columns: 6)
            #expect(throws: RowFault.self, "\(line)") { try rows.request(of: row) }
        }
    }

    @Test func `a candle carries its flags, and its faults are left to the rules`() throws {
        let columns = ["symbol", "time", "open", "high", "low", "close", "volume", "gap_detected", "volume_anomaly"]
        var rows = CandleRows(columns: columns)
        let line = "AAPL\t2024-01-02 05:00:00+00\t1.5\t2\t1\t1.5\t0.25\tt\tt"
        let (candle, symbol) = try rows.candle(of: row(line, columns: 9))
        #expect(symbol == .spelling("AAPL") && candle.timeframe == .oneDay && candle.source == .polygon)
        #expect(candle.flags == [.gap, .volumeAnomaly] && candle.bar.volume == 0.25)
        let (bad, _) = try rows.candle(of: row("AAPL\tnever\tx\t\\N\t1\t1.5\t1\tf\t\\N", columns: 9))
        #expect(bad.time == nil && bad.bar.open.isNaN && bad.bar.high.isNaN)
        #expect(
            rows.rawText(of: try row("AAPL\tnever\tx\t\\N\t1\t1.5\t1\tf\t\\N", columns: 9)).hasPrefix(
                "symbol=AAPL time=never open=x high=NULL"
            )
        )
    }

    @Test func `a run ends after its last day`() throws {
        let columns = ["id", "symbol", "start_date", "end_date", "success", "created_at", "completed_at"]
        var rows = RunRows(columns: columns)
        let line = "1\tAAPL\t2024-01-01\t2024-01-05\tt\t2024-01-06 07:00:00+00\t2024-01-06 07:01:00+00"
        let (run, _) = try rows.run(of: row(line, columns: 7))
        #expect(run.finishedAt - run.startedAt == .seconds(60))
        let newYork = run.range(in: .newYorkStockExchange)
        #expect("\(newYork.lowerBound)" == "2024-01-01T05:00:00Z" && "\(newYork.upperBound)" == "2024-01-06T05:00:00Z")
        let backwards = try row("1\tAAPL\t2024-01-05\t2024-01-01\tt\t2024-01-06\t\\N", columns: 7)
        #expect(throws: RowFault("end_date comes before start_date")) { _ = try rows.run(of: backwards) }
    }
}
