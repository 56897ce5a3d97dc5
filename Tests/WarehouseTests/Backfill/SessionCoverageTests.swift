import Testing
import Warehouse

/// What candles of a file let coverage say.
@Suite struct SessionCoverageTests {
    private static let later = TradingDay(year: 2026, month: 1, day: 1).startUTC

    private func candles(_ times: [String]) throws -> ArraySlice<Candle> {
        try times.map { Candle(time: try isoTime($0), open: 1, high: 1, low: 1, close: 1, volume: 1) }[...]
    }

    private func interval(_ lower: String, _ upper: String, _ state: CoverageState = .had) throws -> CoverageInterval {
        CoverageInterval(try isoTime(lower)..<(try isoTime(upper)), state)
    }

    @Test func daysJoinOverWeekendsAndHolidays() throws {
        let coverage = SessionCoverage(assetClass: .stock, timeframe: .oneDay)
        // Friday, Tuesday after Martin Luther King Day, Thursday.
        let days = try candles(["2019-01-18T05:00:00Z", "2019-01-22T05:00:00Z", "2019-01-24T05:00:00Z"])
        let marked = coverage.intervals(of: days, isLast: true, now: Self.later)
        #expect(
            marked == [
                try interval("2019-01-18T05:00:00Z", "2019-01-23T05:00:00Z"),
                try interval("2019-01-24T05:00:00Z", "2019-01-25T05:00:00Z"),
            ]
        )
    }

    @Test func aSessionThatGoesOnEndsWithItsLastCandle() throws {
        let coverage = SessionCoverage(assetClass: .stock, timeframe: .oneHour)
        let hours = try candles(["2019-01-17T15:00:00Z", "2019-01-18T14:00:00Z", "2019-01-18T15:00:00Z"])
        #expect(
            coverage.intervals(of: hours, isLast: false, now: Self.later)
                == [try interval("2019-01-17T05:00:00Z", "2019-01-18T16:00:00Z")]
        )
        #expect(
            coverage.intervals(of: hours, isLast: true, now: Self.later)
                == [try interval("2019-01-17T05:00:00Z", "2019-01-19T05:00:00Z")]
        )
    }

    @Test func whatIsNotSettledIsProvisional() throws {
        let coverage = SessionCoverage(assetClass: .crypto, timeframe: .oneHour)
        let hours = try candles(["2019-01-17T23:00:00Z", "2019-01-18T01:00:00Z"])
        #expect(
            coverage.intervals(of: hours, isLast: true, now: try isoTime("2019-01-18T02:00:00Z")) == [
                try interval("2019-01-17T00:00:00Z", "2019-01-18T00:00:00Z"),
                try interval("2019-01-18T00:00:00Z", "2019-01-18T02:00:00Z", .provisional),
            ]
        )
    }

    @Test func weeksStartOnSunday() throws {
        let coverage = SessionCoverage(assetClass: .stock, timeframe: .oneWeek)
        let weeks = try candles(["2024-03-03T05:00:00Z", "2024-03-10T05:00:00Z"])
        #expect(
            coverage.intervals(of: weeks, isLast: true, now: Self.later)
                == [try interval("2024-03-03T05:00:00Z", "2024-03-17T04:00:00Z")]
        )
    }

    @Test func nothingSaysNothing() {
        let coverage = SessionCoverage(assetClass: .stock, timeframe: .oneDay)
        #expect(coverage.intervals(of: [], isLast: true, now: Self.later).isEmpty)
    }
}
