import Testing
import Warehouse

@Suite struct StoredCandleRulesTests {
    private static let time = Timestamp(seconds: 1_704_171_600)

    private func judge(
        time: Timestamp? = time,
        open: Double = 10,
        high: Double = 12,
        low: Double = 9,
        close: Double = 11,
        volume: Double = 0.5,
        flags: CandleFlags = [],
        fetchedAt: Timestamp? = nil
    ) -> StoredCandleRules.Verdict {
        let bar = RawBar(time: nil, open: open, high: high, low: low, close: close, volume: volume)
        return StoredCandleRules(assetClass: .stock, timeframe: .oneDay).judge(
            LegacyCandle(timeframe: .oneDay, time: time, bar: bar, flags: flags, fetchedAt: fetchedAt)
        )
    }

    private func flags(_ verdict: StoredCandleRules.Verdict) -> CandleFlags? {
        if case .candle(let candle, _) = verdict { candle.flags } else { nil }
    }

    private func rule(_ verdict: StoredCandleRules.Verdict) -> RuleID? {
        if case .refused(let note) = verdict { note.rule } else { nil }
    }

    @Test func valuesThatAreWrongAreRefused() {
        #expect(rule(judge(time: nil)) == .v01)
        #expect(rule(judge(open: .nan)) == .v01)
        #expect(rule(judge(high: .infinity)) == .v01)
        #expect(rule(judge(low: 0)) == .v02)
        #expect(rule(judge(close: 13)) == .v03)
        #expect(rule(judge(volume: -1)) == .v04)
        #expect(rule(judge(time: Timestamp(seconds: 1_704_171))) == .v05)
    }

    @Test func valuesThatAreStrangeAreFlagged() {
        #expect(flags(judge()) == [])
        #expect(flags(judge(volume: 0)) == .zeroVolume)
        #expect(flags(judge(high: 60)) == .extremeMove)
        #expect(flags(judge(flags: [.gap, .volumeAnomaly])) == [.gap, .volumeAnomaly])
    }

    @Test func whatWasFetchedTooEarlyIsProvisional() {
        #expect(flags(judge(fetchedAt: Self.time + .seconds(3600))) == .provisional)
        #expect(flags(judge(fetchedAt: Self.time + .seconds(3 * 86_400))) == [])
    }

    @Test func theGridIsToldOf() {
        #expect(
            judge()
                == .candle(Candle(time: Self.time, open: 10, high: 12, low: 9, close: 11, volume: 0.5), isOnGrid: true)
        )
        guard case .candle(_, let isOnGrid) = judge(time: Self.time + .seconds(60)) else {
            Issue.record("it is a candle")
            return
        }
        #expect(!isOnGrid)
    }
}
