import Testing
import Warehouse

@Suite struct PageContextTests {
    /// 60 bars with a gap, a standstill, a spike and a duplicate in them.
    private static func lively(_ timeframe: Timeframe = .oneDay) throws -> PageSample {
        var sample = try PageSample(.crypto, timeframe, from: "2019-01-06T00:00Z", count: 60)
        for index in 0..<60 {
            let price = index < 30 ? 100.0 : 210
            sample.page.bars[index] = .clean(
                at: Timestamp(milliseconds: sample.page.bars[index].time ?? 0),
                price: price
            )
        }
        for index in 40..<50 {
            sample.page.bars[index].open = 220
            sample.page.bars[index].high = 220
            sample.page.bars[index].low = 220
            sample.page.bars[index].close = 220
        }
        sample.page.bars[35].volume = 1e6
        sample.page.declaredCount = nil
        return sample
    }

    @Test(arguments: 1..<60)
    func `cutting an answer into pages changes no candle`(cut: Int) throws {
        let whole = try Self.lively()
        var first = whole
        var second = whole
        first.page.bars.removeLast(60 - cut)
        second.page.bars.removeFirst(cut)
        let expected = whole.verdict()
        let head = first.verdict()
        let tail = second.verdict(after: head.context)
        #expect(head.candles + tail.candles == expected.candles)
        #expect(tail.context == expected.context)
        #expect(expected.candles.contains { $0.flags.contains(.gap) })
        #expect(expected.candles.contains { $0.flags.contains(.volumeAnomaly) })
        #expect(expected.candles.contains { $0.flags.contains(.unchanged) })
    }

    @Test(arguments: [31, 36, 44, 45, 55])
    func `stored candles stand for the page before`(cut: Int) throws {
        let whole = try Self.lively()
        let expected = whole.verdict().candles
        var rest = whole
        rest.page.bars.removeFirst(cut)
        let stored = expected.prefix(cut).suffix(PageContext.storedCandleCount)
        let context = PageContext(stored: stored, timeframe: .oneDay)
        #expect(rest.verdict(after: context).candles == Array(expected.dropFirst(cut)))
    }

    @Test func `a page that repeats the last bar of the page before drops it`() throws {
        let first = try PageSample()
        var second = try PageSample(from: "2019-01-05T05:00Z")
        second.request = CandleRequest(
            ticker: first.request.ticker,
            timeframe: .oneDay,
            range: first.request.range.lowerBound..<second.request.range.upperBound
        )
        second.page.bars.insert(first.page.bars[2], at: 0)
        var now = first
        now.now = first.request.range.lowerBound
        let verdict = second.verdict(after: now.verdict().context)
        #expect(now.verdict().context.last?.flags == .provisional)
        #expect(verdict.duplicatesDropped == 1)
        #expect(verdict.candles.count == 3)
    }

    @Test func `a page that changes the last bar of the page before is refused`() throws {
        let first = try PageSample()
        var second = first
        second.page.bars = [first.page.bars[2]]
        second.page.bars[0].close += 0.5
        let context = first.verdict().context
        let verdict = second.verdict(after: context)
        #expect(verdict.refusal?.rule == .v08)
        #expect(verdict.context == context)
    }

    @Test func `a page that starts again from the beginning is refused`() throws {
        let sample = try PageSample()
        #expect(sample.verdict(after: sample.verdict().context).refusal?.rule == .v08)
    }

    @Test func `stored candles that do not lie before the page are ignored`() throws {
        let sample = try PageSample()
        var stored = sample.verdict().candles
        stored[0].close = 1
        stored[1].close = 1
        for count in 1...3 {
            let verdict = sample.verdict(after: PageContext(stored: stored.prefix(count), timeframe: .oneDay))
            #expect(verdict.refusal == nil)
            #expect(verdict.candles.map(\.flags) == [[], [], []])
        }
    }

    @Test func `a page without candles leaves the context as it was`() throws {
        let context = try PageSample().verdict().context
        var empty = try PageSample(from: "2019-02-01T05:00Z")
        empty.page.bars = []
        #expect(empty.verdict(after: context).context == context)
    }

    @Test func `remembers the last candle`() throws {
        let verdict = try PageSample().verdict()
        #expect(verdict.context.last == verdict.candles.last)
        #expect(PageContext().last == nil)
    }
}
