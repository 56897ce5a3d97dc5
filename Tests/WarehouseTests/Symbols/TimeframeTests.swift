import Testing
import Warehouse

@Suite struct TimeframeTests {
    @Test(arguments: [
        ("5m", Timeframe.fiveMinutes, 300), ("15m", .fifteenMinutes, 900), ("30m", .thirtyMinutes, 1800),
        ("1h", .oneHour, 3600), ("4h", .fourHours, 14_400), ("1d", .oneDay, 86_400), ("1w", .oneWeek, 604_800),
    ])
    func `has its text and length`(text: String, timeframe: Timeframe, seconds: Int) {
        #expect(Timeframe(rawValue: text) == timeframe)
        #expect(timeframe.duration == .seconds(seconds))
    }

    @Test func `all cases are ascending, intraday first`() {
        #expect(Timeframe.allCases == Timeframe.allCases.sorted())
        #expect(Timeframe.allCases.map(\.isIntraday) == [true, true, true, true, true, false, false])
    }
}
