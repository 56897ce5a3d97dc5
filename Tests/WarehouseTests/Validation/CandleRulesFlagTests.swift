import Testing
import Warehouse

/// V12 to V19: what is stored and flagged.
@Suite struct CandleRulesFlagTests {
    @Test(arguments: [
        (AssetClass.stock, Timeframe.oneDay, "2019-01-02T05:00Z", "2019-01-03T15:59:59Z", true),
        (.stock, .oneDay, "2019-01-02T05:00Z", "2019-01-03T16:00Z", false),
        (.stock, .oneWeek, "2019-01-06T05:00Z", "2019-01-13T15:59:59Z", true),
        (.stock, .oneWeek, "2019-01-06T05:00Z", "2019-01-13T16:00Z", false),
        (.stock, .fiveMinutes, "2019-01-02T15:00Z", "2019-01-02T15:19:59Z", true),
        (.stock, .fiveMinutes, "2019-01-02T15:00Z", "2019-01-02T15:20Z", false),
        (.crypto, .oneDay, "2019-01-02T00:00Z", "2019-01-03T00:14:59Z", true),
        (.crypto, .oneDay, "2019-01-02T00:00Z", "2019-01-03T00:15Z", false),
        (.crypto, .oneWeek, "2019-01-06T00:00Z", "2019-01-13T00:14:59Z", true),
        (.crypto, .oneWeek, "2019-01-06T00:00Z", "2019-01-13T00:15Z", false),
    ])
    func `V12 a period that is not over is provisional`(
        assetClass: AssetClass,
        timeframe: Timeframe,
        start: String,
        now: String,
        provisional: Bool
    ) throws {
        var sample = try PageSample(assetClass, timeframe, from: start, count: 1)
        sample.now = try isoTime(now)
        #expect(sample.verdict().candles.map(\.flags) == [provisional ? .provisional : []])
    }

    @Test func `V12 only the last bars of a page can be provisional`() throws {
        var sample = try PageSample(.crypto, .oneHour, from: "2019-01-02T00:00Z", count: 1000)
        sample.now = sample.request.range.upperBound
        #expect(sample.verdict().candles.indices { $0.flags == .provisional } == [999])
    }

    @Test(arguments: [
        (1.0, 6.0, 1.0, 6.0, false), (1.0, 6.01, 1.0, 6.01, true), (10.0, 12.0, 2.0, 11.0, false),
        (10.0, 12.1, 2.0, 11.0, true), (100.0, 102.0, 90.0, 91.0, false), (6.1, 6.1, 1.0, 1.0, true),
    ])
    func `V13 a move or range over 500 percent`(
        open: Double,
        high: Double,
        low: Double,
        close: Double,
        flagged: Bool
    ) throws {
        var sample = try PageSample(count: 1)
        sample.page.bars[0] = RawBar(
            time: sample.page.bars[0].time,
            open: open,
            high: high,
            low: low,
            close: close,
            volume: 5
        )
        #expect(sample.verdict().candles.map(\.flags) == [flagged ? .extremeMove : []])
    }

    @Test(arguments: [
        (AssetClass.stock, 100.0, 110.0, false), (.stock, 100, 110.01, true), (.stock, 100, 90, false),
        (.stock, 100, 89.99, true), (.etf, 100, 110.01, true), (.crypto, 100, 117, false), (.crypto, 100, 120, false),
        (.crypto, 100, 120.01, true), (.crypto, 100, 80, false), (.crypto, 100, 79.99, true),
    ])
    func `V14 a gap`(assetClass: AssetClass, close: Double, open: Double, flagged: Bool) throws {
        let flags = try gapFlags(assetClass, .oneDay, close: close, open: open)
        #expect(flags.contains(.gap) == flagged)
        #expect(try gapFlags(assetClass, .oneWeek, close: close, open: open).contains(.gap) == flagged)
    }

    @Test func `V14 V15 intraday candles may jump`() throws {
        #expect(try gapFlags(.stock, .oneHour, close: 100, open: 50) == [])
        #expect(try gapFlags(.crypto, .fourHours, close: 100, open: 300) == [])
    }

    @Test(arguments: [
        ("2:1", 100.0, 50.0, true), ("2:1 and 2 %", 100, 49, true), ("2:1 and 4 %", 100, 48, false),
        ("7:1", 700, 100, true), ("20:1", 2000, 101, true), ("3:2", 150, 100, true), ("4:3", 100, 75, true),
        ("1:2", 100, 200, true), ("1:10", 3, 30.5, true), ("a fall of a third", 100, 66, true),
        ("a fall of 45 %", 100, 55, false), ("a rise of 12 %", 100, 112, false), ("a rise of 80 %", 100, 180, false),
    ])
    func `V15 a gap that fits a split`(name: String, close: Double, open: Double, fits: Bool) throws {
        #expect(try gapFlags(.stock, .oneDay, close: close, open: open) == (fits ? [.gap, .possibleSplit] : [.gap]))
    }

    @Test(arguments: [
        (10_000.0, false), (10_001, true), (100, false), (99, true), (0.000_1, true), (1000, false),
    ])
    func `V16 a volume far from the median of 20`(volume: Double, flagged: Bool) throws {
        var sample = try PageSample(count: 21)
        sample.page.bars[20].volume = volume
        #expect(
            sample.verdict().candles.map(\.flags) == Array(repeating: [], count: 20) + [flagged ? .volumeAnomaly : []]
        )
    }

    @Test func `V16 needs 20 bars before`() throws {
        var sample = try PageSample(count: 20)
        sample.page.bars[19].volume = 1_000_000
        #expect(sample.verdict().candles.allSatisfy { $0.flags == [] })
    }

    @Test(arguments: [(550.0, false), (551, true)])
    func `V16 the median lies between the two in the middle`(volume: Double, flagged: Bool) throws {
        var sample = try PageSample(count: 21)
        for index in 0..<20 {
            sample.page.bars[index].volume = index.isMultiple(of: 2) ? 10 : 100
        }
        sample.page.bars[20].volume = volume
        #expect(sample.verdict().candles[20].flags == (flagged ? .volumeAnomaly : []))
    }

    @Test func `V16 a median of zero says nothing`() throws {
        var sample = try PageSample(count: 21)
        for index in 0..<20 {
            sample.page.bars[index].volume = index < 11 ? 0 : 5
        }
        sample.page.bars[20].volume = 1_000_000
        #expect(sample.verdict().candles[20].flags == [])
    }

    @Test func `V17 nothing was traded`() throws {
        var sample = try PageSample()
        sample.page.bars[1].volume = 0
        #expect(sample.verdict().candles.map(\.flags) == [[], .zeroVolume, []])
    }

    @Test(arguments: [
        (98.0, false), (102.0, false), (97.99, true), (102.01, true), (0.0, true), (-1.0, true), (nil, false),
    ])
    func `V18 a vwap outside of low to high`(vwap: Double?, flagged: Bool) throws {
        var sample = try PageSample(count: 1)
        sample.page.bars[0].vwap = vwap
        #expect(sample.verdict().candles.map(\.flags) == [flagged ? .vwapOutsideRange : []])
    }

    @Test(arguments: [(Timeframe.oneDay, 5), (.oneWeek, 5), (.oneHour, 30), (.fiveMinutes, 30)])
    func `V19 a price that stands still`(timeframe: Timeframe, limit: Int) throws {
        let start = timeframe == .oneWeek ? "2019-01-06T05:00Z" : "2019-01-02T05:00Z"
        var sample = try PageSample(.stock, timeframe, from: start, count: limit + 2)
        for index in 0...limit {
            sample.page.bars[index].stand(at: 100)
        }
        #expect(sample.verdict().candles.indices { $0.flags.contains(.unchanged) } == [limit - 1, limit])
    }

    @Test func `V19 another price begins a new run`() throws {
        var sample = try PageSample(count: 9)
        for index in 0..<9 {
            sample.page.bars[index].stand(at: index < 4 ? 100 : 101)
        }
        #expect(sample.verdict().candles.indices { $0.flags.contains(.unchanged) } == [8])
    }

    @Test func `V19 intraday bars without volume do not count and do not end the run`() throws {
        var sample = try PageSample(.crypto, .oneHour, from: "2019-01-02T00:00Z", count: 61)
        for index in 0..<61 {
            sample.page.bars[index].stand(at: 100)
            sample.page.bars[index].volume = index.isMultiple(of: 2) ? 7 : 0
        }
        #expect(sample.verdict().candles.indices { $0.flags.contains(.unchanged) } == [58, 60])
    }

    @Test func `V19 day bars count without volume too`() throws {
        var sample = try PageSample(count: 5)
        for index in 0..<5 {
            sample.page.bars[index].stand(at: 100)
            sample.page.bars[index].volume = 0
        }
        #expect(sample.verdict().candles.last?.flags == [.unchanged, .zeroVolume])
    }

    private func gapFlags(
        _ assetClass: AssetClass,
        _ timeframe: Timeframe,
        close: Double,
        open: Double
    ) throws -> CandleFlags {
        let start = assetClass == .crypto ? "2019-01-06T00:00Z" : "2019-01-06T05:00Z"
        var sample = try PageSample(assetClass, timeframe, from: start, count: 2)
        let times = sample.page.bars.map(\.time)
        sample.page.bars = [
            RawBar(time: times[0], open: close, high: close, low: close, close: close, volume: 1),
            RawBar(time: times[1], open: open, high: open, low: open, close: open, volume: 1),
        ]
        let candles = sample.verdict().candles
        #expect(candles.first?.flags == [])
        return try #require(candles.last).flags
    }
}

extension RawBar {
    fileprivate mutating func stand(at price: Double) {
        (open, high, low, close, vwap) = (price, price, price, price, price)
    }
}

extension Array {
    fileprivate func indices(where condition: (Element) -> Bool) -> [Int] {
        indices.filter { condition(self[$0]) }
    }
}
