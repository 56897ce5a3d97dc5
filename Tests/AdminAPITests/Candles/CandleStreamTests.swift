import Testing
import Warehouse

@testable import AdminAPI
@testable import Store

/// Candles in numbers, and on days that have another number of hours.
@Suite(.timeLimit(.minutes(2))) struct CandleStreamTests {
    @Test(arguments: ["", "gzip"]) func `twenty thousand candles arrive as they are stored`(encoding: String)
        async throws
    {
        try await withListeningAPI { listening in
            let api = listening.api
            let series = try await api.fill("BTC", .fiveMinutes, from: "2026-01-01T00:00:00Z", count: 20_000, step: 300)
            let answer = try await listening.send(
                Ask(
                    "GET",
                    "/api/v1/historical/BTC?timeframe=5m&start=2026-01-01&end=2026-12-31",
                    headers: [("Accept-Encoding", encoding)]
                )
            )
            #expect(answer["Transfer-Encoding"] == "chunked")
            let json = try JSON(encoding.isEmpty ? answer.body : gunzip(answer.body))
            let stored = try await api.store.candles.list(
                series,
                in: Timestamp(seconds: 0)..<Timestamp(seconds: 4_000_000_000),
                limit: .max
            )
            #expect(json["count"] == 20_000)
            let sent = try #require(json["data"].array)
            #expect(sent.compactMap { $0["volume"].number } == stored.map(\.candle.volume))
            #expect(
                sent.compactMap { $0["time"].text.flatMap { Timestamp(iso: $0) } } == stored.map(\.candle.time)
            )
        }
    }

    @Test func `the limit ends a stream, and its cursor leads on`() async throws {
        try await withAPI { api in
            _ = try await api.fill("BTC", .fiveMinutes, from: "2026-01-01T00:00:00Z", count: 12_000, step: 300)
            let target = "/api/v1/historical/BTC?timeframe=5m&start=2026-01-01&end=2026-12-31"
            let first = try await api.send(Ask("GET", target + "&limit=7500")).json()
            #expect(first["count"] == 7500)
            let cursor = try #require(first["next_cursor"].text).replacing("+", with: "%2B")
            let rest = try await api.send(Ask("GET", target + "&cursor=\(cursor)")).json()
            #expect(rest["count"] == 4500)
            #expect(rest["next_cursor"] == .null)
        }
    }

    /// The days on which New York changes its clocks, and those beside them.
    @Test(
        arguments: [
            ("2026-03-07", 24, "05:00:00"), ("2026-03-08", 23, "05:00:00"), ("2026-03-09", 24, "04:00:00"),
            ("2026-10-31", 24, "04:00:00"), ("2026-11-01", 25, "04:00:00"), ("2026-11-02", 24, "05:00:00"),
        ]
    )
    func `a day of the exchange has its own hours`(day: String, hours: Int64, midnight: String) async throws {
        try await withAPI { api in
            _ = try await api.fill("AAPL", .oneHour, from: "2026-03-01T00:00:00Z", count: 300 * 24, step: 3600)
            let answer = try await api.send(
                Ask("GET", "/api/v1/historical/AAPL?timeframe=1h&start=\(day)&end=\(day)")
            ).json()
            #expect(answer["count"].integer == hours)
            #expect(answer["data.0.time"].text == "\(day)T\(midnight)+00:00")
        }
    }

    @Test func `a coin's day is one of UTC`() async throws {
        try await withAPI { api in
            _ = try await api.fill("BTC", .oneHour, from: "2026-03-01T00:00:00Z", count: 300 * 24, step: 3600)
            let answer = try await api.send(
                Ask("GET", "/api/v1/historical/BTC?timeframe=1h&start=2026-03-08&end=2026-03-08")
            ).json()
            #expect(answer["count"] == 24)
            #expect(answer["data.0.time"].text == "2026-03-08T00:00:00+00:00")
        }
    }
}

extension TestAPI {
    /// Stores candles one after the other, `step` seconds apart.
    func fill(
        _ symbol: String,
        _ timeframe: Timeframe,
        from start: String,
        count: Int,
        step: Int64
    ) async throws -> CandleSeries {
        let series = CandleSeries(symbol: try await store.symbols.find(symbol).id, timeframe: timeframe)
        let first = Seed.time(start)
        let candles = (0..<count).map {
            SeedCandles.candle(at: first + .seconds(Int64($0) * step), $0, flags: [])
        }
        let batch = CandleBatch(candles: candles[...], source: .polygon, fetchedAt: Seed.now)
        _ = try await store.engine.write { try $0.store(batch, of: series) }
        return series
    }

    /// Stores one of the seeded candles with another price.
    func revise() async throws {
        let series = CandleSeries(symbol: try await store.symbols.find("AAPL").id, timeframe: .oneDay)
        var batch = SeedCandles.apple
        batch.rejected = []
        batch.candles = batch.candles.prefix(1)
        batch.candles[0].close += 0.5
        _ = try await store.engine.write { [batch] in try $0.store(batch, of: series) }
    }
}
