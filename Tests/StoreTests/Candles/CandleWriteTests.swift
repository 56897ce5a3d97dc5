import Testing
import Warehouse

@testable import Store

/// What an import stores, and what it is told of it.
@Suite struct CandleWriteTests {
    private func write(
        _ candles: [Candle],
        rejected: [RejectedCandle] = [],
        of series: CandleSeries,
        in test: TestStore,
        auditing event: AuditEvent? = nil,
        unsaid: CandleBatch.Unsaid = []
    ) async throws -> BatchOutcome {
        var batch = CandleBatch.sample(candles, rejected: rejected, source: .csv)
        batch.unsaid = unsaid
        return try await test.store.candles.write([.init(batch, of: series)], auditing: event)
    }

    @Test func theOutcomeTellsNewRevisedAndUnchanged() async throws {
        try await withStore { test in
            let series = try await test.series()
            let event = AuditEvent("candles.import", by: test.alice, detail: "a file")
            let refused = RejectedCandle(rule: .v02, time: nil, raw: "row", reason: "why")
            let first = try await write(
                (0..<3).map { .sample($0) },
                rejected: [refused],
                of: series,
                in: test,
                auditing: event
            )
            #expect([first.added, first.revised, first.unchanged, first.rejected] == [3, 0, 0, 1])
            #expect(try await test.audited() == ["candles.import | a file"])
            let second = try await write(
                [.sample(1), .sample(2, close: 11), .sample(3)],
                rejected: [refused],
                of: series,
                in: test
            )
            #expect([second.added, second.revised, second.unchanged, second.rejected] == [1, 1, 1, 0])
            let statistics = try #require(try await test.store.candles.statistics(of: series.symbol).first)
            #expect([statistics.candles, statistics.revisions, statistics.rejected] == [4, 1, 1])
        }
    }

    @Test func nothingNewIsNotAudited() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await write([.sample(0)], of: series, in: test)
            let before = try await test.content()
            let event = AuditEvent("candles.import", by: test.alice)
            let outcome = try await write([.sample(0)], of: series, in: test, auditing: event)
            #expect(!outcome.changesAnything && outcome.unchanged == 1)
            #expect(try await test.content() == before)
        }
    }

    @Test func whatAFileDoesNotSayStays() async throws {
        try await withStore { test in
            let series = try await test.series()
            let full = Candle.sample(0, flags: [.vwapOutsideRange, .gap])
            _ = try await write([full], of: series, in: test)
            var bare = full
            (bare.vwap, bare.trades, bare.flags) = (nil, nil, .gap)
            #expect(try await write([bare], of: series, in: test, unsaid: [.vwap, .trades]).unchanged == 1)
            bare.close = 12
            #expect(try await write([bare], of: series, in: test, unsaid: [.vwap, .trades]).revised == 1)
            let stored = try #require(try await test.store.candles.last(1, of: series, before: .sample(9)).first)
            #expect(stored.close == 12 && stored.vwap == full.vwap && stored.trades == full.trades)
            #expect(stored.flags == [.vwapOutsideRange, .gap])
            // A source that could say it, and says none, is believed.
            #expect(try await write([bare], of: series, in: test, unsaid: .trades).revised == 1)
            let last = try #require(try await test.store.candles.last(1, of: series, before: .sample(9)).first)
            #expect(last.vwap == nil && last.trades == full.trades && last.flags == .gap)
        }
    }

    @Test func theLastCandlesBeforeATimeAscend() async throws {
        try await withStore { test in
            let series = try await test.series()
            _ = try await write((0..<9).map { .sample($0) }, of: series, in: test)
            let last = try await test.store.candles.last(3, of: series, before: .sample(6))
            #expect(last.map(\.time) == [.sample(3), .sample(4), .sample(5)])
        }
    }

    @Test func severalSeriesAreOneTransaction() async throws {
        try await withStore { test in
            let apple = try await test.series()
            let other = try await test.series("MSFT")
            _ = try await write([.sample(0)], of: apple, in: test)
            let simulated = CandleBatch.sample([.sample(1)], source: .simulated)
            let batches: [CandleStore.SeriesBatch] = [
                .init(CandleBatch.sample([.sample(0)], source: .csv), of: other), .init(simulated, of: apple),
            ]
            await #expect(throws: StoreError.self) { _ = try await test.store.candles.write(batches) }
            #expect(try await test.count("SELECT COUNT(*) FROM candles") == 1)
        }
    }
}
