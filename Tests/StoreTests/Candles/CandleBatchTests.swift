import Testing
import Warehouse

@testable import Store

@Suite struct CandleBatchTests {
    private static let all = Timestamp.sample(-10_000)..<Timestamp.sample(100_000)

    @Test func `stores what the feed sent, and reads it back`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let full = Candle.sample(0, flags: [.gap, .derived])
            let bare = Candle(time: .sample(1), open: 1.5, high: 2.25, low: 0.1, close: 1e-9, volume: 0.25)
            try await test.write(.sample([full, bare], source: .csv), of: series)
            let stored = try await test.store.candles.list(series, in: Self.all, limit: 10)
            #expect(stored.map(\.candle) == [full, bare])
            #expect(stored.map(\.source) == [.csv, .csv])
            #expect(stored.map(\.fetchedAt) == [TestStore.start, TestStore.start])
        }
    }

    @Test func `a range is half open and a limit holds`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.write(.sample((0..<10).map { .sample($0) }), of: series)
            let candles = test.store.candles
            #expect(
                try await candles.list(series, in: .sample(2)..<(.sample(5)), limit: 10).map(\.candle.time)
                    == [.sample(2), .sample(3), .sample(4)]
            )
            #expect(
                try await candles.list(series, in: Self.all, limit: 2).map(\.candle.time) == [.sample(0), .sample(1)]
            )
            let other = CandleSeries(symbol: series.symbol, timeframe: .oneHour)
            #expect(try await candles.list(other, in: Self.all, limit: 10).isEmpty)
        }
    }

    @Test func `the same batch again changes no byte`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let batch = CandleBatch.sample(
                (0..<10).map { .sample($0) },
                rejected: [RejectedCandle(rule: .v01, time: .sample(3), raw: "{}", reason: "why")],
                coverage: [CoverageInterval(.sample(0)..<(.sample(10)), .had)]
            )
            try await test.write(batch, of: series)
            let before = try await test.content()
            var later = batch
            later.fetchedAt = TestStore.start + .seconds(3600)
            try await test.write(later, of: series)
            #expect(try await test.content() == before)
        }
    }

    /// Another value in one of a candle's fields.
    struct Revision: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let apply: @Sendable (inout Candle) -> Void

        init(_ name: String, _ apply: @escaping @Sendable (inout Candle) -> Void) {
            testDescription = name
            self.apply = apply
        }

        static let all = [
            Revision("open") { $0.open = 11 }, Revision("high") { $0.high = 21 }, Revision("low") { $0.low = 4 },
            Revision("close") { $0.close = 11 }, Revision("volume") { $0.volume = 999 },
            Revision("vwap") { $0.vwap = 10.6 }, Revision("vwap gone") { $0.vwap = nil },
            Revision("trades") { $0.trades = 8 }, Revision("trades gone") { $0.trades = nil },
            Revision("flags") { $0.flags = .gap },
        ]
    }

    @Test(arguments: Revision.all)
    func `a candle with another value replaces the stored one and counts as a revision`(
        revision: Revision
    ) async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.write(.sample([.sample(0), .sample(1), .sample(2)]), of: series)
            var changed = Candle.sample(1)
            revision.apply(&changed)
            let later = TestStore.start + .seconds(60)
            try await test.write(
                .sample([.sample(0), changed, .sample(3)], source: .csv, fetchedAt: later),
                of: series
            )
            let stored = try await test.store.candles.list(series, in: Self.all, limit: 10)
            #expect(stored.map(\.candle) == [.sample(0), changed, .sample(2), .sample(3)])
            #expect(stored.map(\.source) == [.polygon, .csv, .polygon, .csv])
            #expect(stored.map(\.fetchedAt) == [TestStore.start, later, TestStore.start, later])
            let statistics = try await test.store.candles.statistics(of: series.symbol)
            #expect(statistics.map(\.candles) == [4])
            #expect(statistics.map(\.revisions) == [1])
        }
    }

    @Test func `what was refused is kept once`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let first = RejectedCandle(rule: .v03, time: .sample(1), raw: #"{"h":1,"l":2}"#, reason: "low above high")
            let second = RejectedCandle(rule: .v01, time: nil, raw: "{}", reason: "no time")
            try await test.write(.sample([], rejected: [first, second, first]), of: series)
            test.clock.advance(by: .seconds(60))
            try await test.write(.sample([], rejected: [first], fetchedAt: test.clock.now), of: series)
            let rejected = try await test.store.candles.rejected(of: series.symbol, limit: 10)
            #expect(rejected.map(\.candle) == [second, first])
            #expect(rejected.map(\.timeframe) == [.oneDay, .oneDay])
            #expect(rejected.map(\.rejectedAt) == [TestStore.start, TestStore.start])
            #expect(try await test.store.candles.rejected(of: series.symbol, limit: 1).count == 1)
            let statistics = try await test.store.candles.statistics()
            #expect(statistics.map(\.rejected) == [2])
            #expect(statistics.map(\.candles) == [0])
            #expect(statistics.map(\.source) == [nil])
            #expect(statistics.map(\.validatedShare) == [0])
        }
    }

    @Test(
        arguments: [
            (CandleSource.polygon, CandleSource.simulated), (.simulated, .polygon), (.csv, .simulated),
            (.simulated, .csv),
        ]
    )
    func `made-up candles never mix with real ones`(has: CandleSource, wants: CandleSource) async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.write(.sample([.sample(0)], source: has), of: series)
            let before = try await test.content()
            let refusal = StoreError.mixedSources(symbol: "AAPL", has: has, wants: wants)
            let coverage = [CoverageInterval(.sample(0)..<(.sample(1)), .had)]
            await expectRefusal(refusal) { try await test.write(.sample([.sample(1)], source: wants), of: series) }
            // Not in another timeframe either, and not by coverage alone.
            let hours = CandleSeries(symbol: series.symbol, timeframe: .oneHour)
            await expectRefusal(refusal) { try await test.write(.sample([.sample(1)], source: wants), of: hours) }
            await expectRefusal(refusal) {
                try await test.write(.sample([], coverage: coverage, source: wants), of: hours)
            }
            #expect(try await test.content() == before)
            // Another symbol is another matter.
            try await test.write(.sample([.sample(1)], source: wants), of: try await test.series("MSFT"))
        }
    }

    @Test func `a vendor's candles and those of a file may mix`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.write(.sample([.sample(0)], source: .csv), of: series)
            try await test.write(.sample([.sample(1)], source: .polygon), of: series)
            #expect(try await test.store.candles.statistics().map(\.source) == [.polygon])
        }
    }

    @Test func `statistics equal a recount, whatever came in which order`() async throws {
        try await withStore { test in
            var generator = SeededGenerator(seed: 2026)
            let symbols = [try await test.series("AAPL").symbol, try await test.series("MSFT").symbol]
            var revisions: [CandleSeries: Int64] = [:]
            var known: [CandleSeries: [Timestamp: Candle]] = [:]
            for round in 0..<60 {
                let symbol = symbols[Int.random(in: 0..<2, using: &generator)]
                let timeframe: Timeframe = Bool.random(using: &generator) ? .oneDay : .oneHour
                let series = CandleSeries(symbol: symbol, timeframe: timeframe)
                let start = Int.random(in: 0..<200, using: &generator)
                var candles: [Candle] = []
                for day in start..<(start + Int.random(in: 0..<40, using: &generator))
                where Int.random(in: 0..<4, using: &generator) > 0 {
                    let flags = CandleFlags(rawValue: Int64.random(in: 0..<32, using: &generator))
                    let close = Double(Int.random(in: 5...7, using: &generator))
                    candles.append(.sample(day, close: close, flags: flags))
                }
                let rejected = (0..<Int.random(in: 0..<3, using: &generator)).map { _ in
                    let number = Int.random(in: 0..<20, using: &generator)
                    return RejectedCandle(rule: .v03, time: nil, raw: "raw \(number)", reason: "round \(round)")
                }
                for candle in candles {
                    if let old = known[series, default: [:]][candle.time], old != candle {
                        revisions[series, default: 0] += 1
                    }
                    known[series, default: [:]][candle.time] = candle
                }
                try await test.write(.sample(candles, rejected: rejected), of: series)
            }
            for statistics in try await test.store.candles.statistics() {
                let series = statistics.series
                let place = "symbol_id = \(series.symbol.rawValue) AND timeframe = '\(series.timeframe.rawValue)'"
                func recount(_ what: String, from table: String = "candles") async throws -> Int64 {
                    try await test.count("SELECT \(what) FROM \(table) WHERE \(place)")
                }
                #expect(try await recount("COUNT(*)") == statistics.candles)
                #expect(try await recount("MIN(time)") == statistics.first?.microseconds)
                #expect(try await recount("MAX(time)") == statistics.last?.microseconds)
                #expect(try await recount("SUM(flags & 4 <> 0)") == statistics.gaps)
                #expect(try await recount("SUM(flags & 16 <> 0)") == statistics.volumeAnomalies)
                #expect(try await recount("COUNT(*)", from: "rejected_candles") == statistics.rejected)
                #expect(statistics.revisions == revisions[series, default: 0])
                let stored = try await test.store.candles.list(series, in: Self.all, limit: 1000).map(\.candle)
                #expect(stored == known[series, default: [:]].values.sorted { $0.time < $1.time })
            }
            #expect(try await test.store.candles.statistics().count == 4)
        }
    }

    @Test func `the candles' generation moves only when something was stored`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let start = try await test.store.generations()[.candles]
            try await test.write(.sample([.sample(0)]), of: series)
            let stored = try await test.store.generations()[.candles]
            #expect(stored > start)
            try await test.write(.sample([.sample(0)]), of: series)
            try await test.write(.sample([]), of: series)
            #expect(try await test.store.generations()[.candles] == stored)
        }
    }

    @Test func `a batch that can't be stored leaves nothing`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let before = try await test.content()
            let nan = Candle.sample(1, close: .nan)
            await #expect(throws: StoreError.self) {
                try await test.write(.sample([.sample(0), nan, .sample(2)]), of: series)
            }
            #expect(try await test.content() == before)
            try await test.write(.sample([.sample(0)]), of: series)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a page of 50 000 candles`() async throws {
        try await withStore { test in
            let series = try await test.series("AAPL", .fiveMinutes)
            let candles = (0..<50_000).map { index in
                var candle = Candle.sample(0, close: Double(index % 15) + 5)
                candle.time = .sample(0) + .seconds(index * 300)
                return candle
            }
            try await test.write(.sample(candles), of: series)
            let again = try await test.content(of: "symbol_stats")
            try await test.write(.sample(candles), of: series)
            #expect(try await test.content(of: "symbol_stats") == again)
            let stored = try await test.store.candles.list(series, in: Self.all, limit: 100_000)
            #expect(stored.map(\.candle) == candles)
            #expect(try await test.store.summary().candles == 50_000)
        }
    }
}
