import Store
import Testing
import Warehouse

@Suite struct LegacyCandlesTests {
    private func rows(
        _ series: CandleSeries,
        _ candles: [Candle],
        rejected: [RejectedCandle] = [],
        source: CandleSource = .polygon
    ) -> LegacyStore.SeriesRows {
        var rows = LegacyStore.SeriesRows(series: series)
        for candle in candles { rows.append(candle, source: source, fetchedAt: .sample(100)) }
        rows.rejected = rejected
        return rows
    }

    @Test func `candles in any order are stored with their statistics`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let candles: [Candle] = [
                .sample(5, flags: .gap), .sample(1, volume: 0.25), .sample(3, flags: .volumeAnomaly),
            ]
            let bad = RejectedCandle(rule: .v02, time: .sample(9), raw: "open=0", reason: "the open 0.0 is not above 0")
            let outcome = try await test.store.legacy.addCandles([rows(series, candles, rejected: [bad])])
            #expect(outcome.added == 3 && outcome.known == 0)
            let stored = try await test.store.candles.list(series, in: .sample(0)..<(.sample(10)), limit: 10)
            #expect(stored.map(\.candle) == [candles[1], candles[2], candles[0]])
            #expect(stored[0].fetchedAt == .sample(100))
            let statistics = try #require(try await test.store.candles.statistics().first)
            #expect(statistics.candles == 3 && statistics.gaps == 1 && statistics.volumeAnomalies == 1)
            #expect(statistics.first == .sample(1) && statistics.last == .sample(5) && statistics.rejected == 1)
            #expect(try await test.store.candles.rejected(of: series.symbol, limit: 10).map(\.candle) == [bad])
            #expect(try await test.store.candles.coverage(of: series).isEmpty)
        }
    }

    @Test func `the same again changes nothing`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let bad = RejectedCandle(rule: .v02, time: nil, raw: "open=0", reason: "the open 0.0 is not above 0")
            let all = [rows(series, (0..<50).map { .sample($0) }, rejected: [bad])]
            _ = try await test.store.legacy.addCandles(all)
            let before = try await test.content()
            let outcome = try await test.store.legacy.addCandles(all)
            #expect(outcome.added == 0 && outcome.known == 50 && outcome.differing == 0)
            #expect(try await test.content() == before)
        }
    }

    @Test func `a candle that is here stays as it is`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.write(.sample([.sample(1, close: 11)]), of: series)
            let outcome = try await test.store.legacy.addCandles([
                rows(series, [.sample(1), .sample(2), .sample(2, close: 12)])
            ])
            #expect(outcome.added == 1 && outcome.differing == 2)
            let stored = try await test.store.candles.list(series, in: .sample(0)..<(.sample(10)), limit: 10)
            #expect(stored.map(\.candle.close) == [11, 10])
            #expect(try await test.store.candles.statistics().first?.candles == 2)
        }
    }

    @Test func `simulated and real candles don't mix`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.write(.sample([.sample(1)], source: .simulated), of: series)
            let before = try await test.content()
            let outcome = try await test.store.legacy.addCandles([rows(series, [.sample(2), .sample(3)])])
            #expect(outcome.mixed == [series.symbol: 2] && outcome.added == 0)
            #expect(try await test.content() == before)
        }
    }
}
