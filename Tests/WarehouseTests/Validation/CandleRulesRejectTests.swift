import Testing
import Warehouse

/// V01 to V11: what is not stored.
@Suite struct CandleRulesRejectTests {
    /// How to spoil the second of three bars, and the rule that refuses it.
    struct Spoiled: CustomTestStringConvertible {
        let testDescription: String
        let rule: RuleID?
        let spoil: @Sendable (inout RawBar) -> Void

        init(_ name: String, _ rule: RuleID?, _ spoil: @escaping @Sendable (inout RawBar) -> Void) {
            testDescription = name
            self.rule = rule
            self.spoil = spoil
        }
    }

    @Test(arguments: [
        Spoiled("no time", .v01) { $0.time = nil },
        Spoiled("no open", .v01) { $0.open = .nan },
        Spoiled("no high", .v01) { $0.high = .nan },
        Spoiled("no low", .v01) { $0.low = .nan },
        Spoiled("no close", .v01) { $0.close = .nan },
        Spoiled("no volume", .v01) { $0.volume = .nan },
        Spoiled("infinite high", .v01) { $0.high = .infinity },
        Spoiled("infinite volume", .v01) { $0.volume = .infinity },
        Spoiled("minus infinite low", .v01) { $0.low = -.infinity },
        Spoiled("everything infinite", .v01) { bar in
            bar.open = .infinity
            bar.high = .infinity
            bar.low = .infinity
            bar.close = .infinity
        },
        Spoiled("low is zero", .v02) { $0.low = 0 },
        Spoiled("open is negative", .v02) { $0.open = -1 },
        Spoiled("close is minus zero", .v02) { $0.close = -0.0 },
        Spoiled("high below open", .v03) { $0.open = $0.high + 0.01 },
        Spoiled("high below close", .v03) { $0.close = $0.high + 0.01 },
        Spoiled("high below low", .v03) { $0.high = 97 },
        Spoiled("low above open", .v03) { $0.low = $0.open + 0.01 },
        Spoiled("low above close", .v03) { bar in
            bar.low = 99.5
            bar.close = 99
        },
        Spoiled("negative volume", .v04) { $0.volume = -0.001 },
        Spoiled("before the range", .v06) { $0.time = 1_546_318_800_000 },
        Spoiled("at the range's end", .v06) { $0.time = 1_546_664_400_000 },
        Spoiled("an hour off the grid", .v07) { $0.time = 1_546_495_200_000 },
        Spoiled("a millisecond off the grid", .v07) { $0.time = 1_546_491_600_001 },
        Spoiled("missing and outside: the first rule counts", .v01) { bar in
            bar.time = 1_546_318_800_000
            bar.close = .nan
        },
    ])
    func `one bad bar is put aside, the others stay`(case spoiled: Spoiled) throws {
        var sample = try PageSample()
        spoiled.spoil(&sample.page.bars[1])
        let verdict = sample.verdict()
        #expect(verdict.refusal == nil)
        #expect(verdict.rejected.map(\.rule) == [spoiled.rule])
        #expect(verdict.candles.map(\.time.description) == ["2019-01-02T05:00:00Z", "2019-01-04T05:00:00Z"])
        #expect(verdict.rejected.allSatisfy { !$0.reason.isEmpty && !$0.raw.isEmpty })
    }

    @Test(arguments: [
        Spoiled("as made", nil) { _ in },
        Spoiled("smallest price", nil) { bar in
            bar.low = .leastNonzeroMagnitude
        },
        Spoiled("all prices equal", nil) { bar in
            bar = RawBar(time: bar.time, open: 5, high: 5, low: 5, close: 5, volume: 1)
        },
        Spoiled("no volume", nil) { $0.volume = 0 },
        Spoiled("fractional volume", nil) { $0.volume = 0.000_000_01 },
        Spoiled("neither vwap nor trades", nil) { bar in
            bar.vwap = nil
            bar.trades = nil
        },
    ])
    func `a good bar stays`(case spoiled: Spoiled) throws {
        var sample = try PageSample()
        spoiled.spoil(&sample.page.bars[1])
        let verdict = sample.verdict()
        #expect(verdict.candles.count == 3)
        #expect(verdict.rejected == [])
        #expect(verdict.refusal == nil)
        #expect(verdict.warnings == [])
    }

    @Test func `candles carry every value`() throws {
        let sample = try PageSample(count: 1)
        #expect(
            sample.verdict().candles == [
                Candle(
                    time: Timestamp(seconds: 1_546_405_200),
                    open: 100,
                    high: 102,
                    low: 98,
                    close: 101,
                    volume: 1000,
                    vwap: 100,
                    trades: 10
                )
            ]
        )
    }

    @Test func `a vwap that is no number counts as absent`() throws {
        var sample = try PageSample(count: 1)
        sample.page.bars[0].vwap = .nan
        let candle = try #require(sample.verdict().candles.first)
        #expect(candle.vwap == nil)
        #expect(candle.flags == [])
    }

    @Test(
        arguments: [
            ("seconds", 1_546_491_600), ("nanoseconds", 1_546_491_600_000_000_000),
            ("microseconds", 1_546_491_600_000_000),
            ("zero", 0), ("negative", -1_546_491_600_000), ("largest", .max), ("smallest", .min),
            ("lower bound", 100_000_000_000), ("upper bound", 100_000_000_000_000),
        ] as [(String, Int64)]
    )
    func `V05 a time in other units refuses the page`(unit: String, time: Int64) throws {
        var sample = try PageSample()
        sample.page.bars[1].time = time
        let verdict = sample.verdict()
        #expect(verdict.refusal?.rule == .v05)
        #expect(verdict.candles == [])
        #expect(verdict.rejected.map(\.rule) == [.v05])
        #expect(verdict.rejected.map(\.time) == [nil])
        #expect(verdict.context == PageContext())
    }

    @Test(arguments: [100_000_000_001, 99_999_999_999_999] as [Int64])
    func `V05 the outermost milliseconds only lie outside of the range`(time: Int64) throws {
        var sample = try PageSample()
        sample.page.bars[1].time = time
        #expect(sample.verdict().refusal == nil)
        #expect(sample.verdict().rejected.map(\.rule) == [.v06])
    }

    @Test func `V06 warns the page once`() throws {
        var sample = try PageSample()
        sample.page.bars[0].time = 1_546_318_800_000
        sample.page.bars[2].time = 1_546_664_400_000
        #expect(
            sample.verdict().warnings.map(\.description) == [
                "V06: 2 bars start outside of what was asked for: 2019-01-02T05:00:00Z to 2019-01-05T05:00:00Z"
            ]
        )
    }

    @Test func `V06 the range is snapped outward to the grid`() throws {
        var sample = try PageSample()
        let range = sample.request.range
        sample.request = CandleRequest(
            ticker: sample.request.ticker,
            timeframe: .oneDay,
            range: (range.lowerBound + .seconds(3600))..<(range.upperBound - .seconds(3600))
        )
        #expect(sample.verdict().candles.count == 3)
        #expect(sample.verdict().warnings == [])
    }

    @Test func `V06 a range without end is judged`() throws {
        var sample = try PageSample()
        let ends = Timestamp(microseconds: .min)..<Timestamp(microseconds: .max)
        sample.request = CandleRequest(ticker: sample.request.ticker, timeframe: .oneDay, range: ends)
        #expect(sample.verdict().candles.count == 3)
    }

    @Test func `V07 is not judged with the grid off`() throws {
        var sample = try PageSample()
        sample.page.bars[1].time = 1_546_549_200_000  // 16:00 New York
        #expect(sample.verdict().rejected.map(\.rule) == [.v07])
        let verdict = CandleRules(checksTimeGrid: false).judge(sample.page, of: sample.request, now: sample.now)
        #expect(verdict.candles.count == 3)
        #expect(verdict.rejected == [])
    }

    @Test func `V07 day candles pass through both clock changes of a year`() throws {
        let sample = try PageSample(.stock, .oneDay, from: "2019-01-02T05:00Z", count: 366)
        #expect(sample.verdict().candles.count == 366)
        #expect(Set(sample.page.bars.map { ($0.time ?? 0) / 3_600_000 % 24 }) == [4, 5])
    }

    @Test(arguments: Timeframe.allCases, AssetClass.allCases)
    func `V07 every timeframe accepts its own grid`(timeframe: Timeframe, assetClass: AssetClass) throws {
        let start = assetClass == .crypto ? "2019-03-03T00:00Z" : "2019-03-03T05:00Z"
        let sample = try PageSample(assetClass, timeframe, from: start, count: 3000)
        #expect(sample.verdict().candles.count == 3000)
    }

    @Test func `V08 an identical duplicate is dropped`() throws {
        var sample = try PageSample()
        sample.page.bars.insert(sample.page.bars[1], at: 2)
        sample.page.bars.append(sample.page.bars[0])
        sample.page.declaredCount = 5
        let verdict = sample.verdict()
        #expect(verdict.candles.count == 3)
        #expect(verdict.duplicatesDropped == 2)
        #expect(verdict.rejected == [])
        #expect(verdict.refusal == nil)
    }

    @Test func `V08 a different duplicate refuses the page`() throws {
        var sample = try PageSample()
        var twin = sample.page.bars[1]
        twin.volume += 1
        sample.page.bars.insert(twin, at: 2)
        let verdict = sample.verdict()
        #expect(verdict.refusal == RuleNote(.v08, "two different bars start at 2019-01-03T05:00:00Z"))
        #expect(verdict.candles == [])
        #expect(verdict.rejected.map(\.rule) == [.v08])
    }

    @Test func `V08 a page that goes backwards is refused`() throws {
        var sample = try PageSample()
        sample.page.bars.swapAt(1, 2)
        #expect(
            sample.verdict().refusal
                == RuleNote(.v08, "the bar of 2019-01-03T05:00:00Z comes after that of 2019-01-04T05:00:00Z")
        )
    }

    @Test func `V08 a bar that another rule refuses has no place in the order`() throws {
        var sample = try PageSample()
        sample.page.bars.insert(.clean(at: Timestamp(seconds: 1_577_854_800)), at: 0)
        var broken = sample.page.bars[2]
        broken.low = -1
        sample.page.bars.insert(broken, at: 2)
        let verdict = sample.verdict()
        #expect(verdict.refusal == nil)
        #expect(verdict.rejected.map(\.rule) == [.v06, .v02])
        #expect(verdict.candles.count == 3)
    }

    @Test(arguments: ["AAP", "aapl", "AAPL ", "X:AAPL", "", "BRK.B"])
    func `V09 another ticker refuses the page`(ticker: String) throws {
        var sample = try PageSample()
        sample.page.ticker = ticker
        #expect(sample.verdict().refusal == RuleNote(.v09, "the answer is about '\(ticker)', not AAPL"))
        #expect(sample.verdict().candles == [])
    }

    @Test func `V09 crypto is compared by the vendor's name`() throws {
        var sample = try PageSample(.crypto, .oneDay, from: "2019-01-02T00:00Z")
        #expect(sample.page.ticker == "X:BTCUSD")
        #expect(sample.verdict().refusal == nil)
        sample.page.ticker = "BTC"
        #expect(sample.verdict().refusal?.rule == .v09)
    }

    @Test(arguments: [true, false])
    func `V10 the other adjustment refuses the page`(adjusted: Bool) throws {
        var sample = try PageSample()
        let asked = sample.request
        sample.page.adjusted = adjusted
        sample.request = CandleRequest(
            ticker: asked.ticker,
            timeframe: asked.timeframe,
            range: asked.range,
            adjusted: !adjusted
        )
        #expect(sample.verdict().refusal?.rule == .v10)
        sample.request = CandleRequest(
            ticker: asked.ticker,
            timeframe: asked.timeframe,
            range: asked.range,
            adjusted: adjusted
        )
        #expect(sample.verdict().refusal == nil)
    }

    @Test func `V11 a wrong count warns`() throws {
        var sample = try PageSample()
        sample.page.declaredCount = 4
        #expect(sample.verdict().warnings == [RuleNote(.v11, "the answer counts 4 bars and holds 3")])
        #expect(sample.verdict().candles.count == 3)
    }

    @Test func `V09 V10 V11 are skipped where the answer says nothing`() throws {
        var sample = try PageSample()
        sample.page.ticker = nil
        sample.page.adjusted = nil
        sample.page.declaredCount = nil
        let verdict = sample.verdict()
        #expect(verdict.candles.count == 3)
        #expect(verdict.warnings == [])
        #expect(verdict.refusal == nil)
    }

    @Test func `an empty page is no fault`() throws {
        var sample = try PageSample()
        sample.page.bars = []
        sample.page.declaredCount = 0
        #expect(sample.verdict() == PageVerdict())
    }

    @Test func `what the vendor sent is kept`() throws {
        var sample = try PageSample(count: 1)
        sample.page.body = Array(#"[{"t":1546405200000}]"#.utf8)
        sample.page.bars[0].bytes = 1..<20
        sample.page.bars[0].close = .nan
        #expect(
            sample.verdict().rejected == [
                RejectedCandle(
                    rule: .v01,
                    time: Timestamp(seconds: 1_546_405_200),
                    raw: #"{"t":1546405200000}"#,
                    reason: "the close is missing or not a number"
                )
            ]
        )
    }
}
