import Testing
import Warehouse

/// The exchange's literals were counted by a script from the PyPI package exchange_calendars.
@Suite struct ExpectedBarsTests {
    @Test(arguments: [
        (Timeframe.fiveMinutes, 19_548, 107, 210), (.fifteenMinutes, 6516, 35, 70), (.thirtyMinutes, 3258, 17, 35),
        (.oneHour, 1755, 9, 19), (.fourHours, 504, 4, 6), (.oneDay, 252, 2, 3), (.oneWeek, 52, 1, 1),
    ])
    func `of the exchange`(timeframe: Timeframe, year: Int, holidays: Int, earlyClose: Int) throws {
        #expect(try count(.newYorkStockExchange, timeframe, "2019-01-01", "2020-01-01") == year)
        // From the middle of a short session over a holiday and a weekend into a long one.
        #expect(try count(.newYorkStockExchange, timeframe, "2019-07-03T15:02Z", "2019-07-08T14:00Z") == holidays)
        // Thanksgiving 1992, with a close at two.
        #expect(try count(.newYorkStockExchange, timeframe, "1992-11-25", "1992-12-01") == earlyClose)
    }

    @Test(arguments: [
        (Timeframe.fiveMinutes, 288), (.fifteenMinutes, 96), (.thirtyMinutes, 48), (.oneHour, 24), (.fourHours, 6),
        (.oneDay, 1), (.oneWeek, 0),
    ])
    func `of a crypto day`(timeframe: Timeframe, bars: Int) throws {
        #expect(try count(.everyDayUTC, timeframe, "2019-03-12", "2019-03-13") == bars)
        #expect(try count(.everyDayUTC, timeframe, "2019-03-12", "2019-03-12") == 0)
        #expect(
            try count(.everyDayUTC, timeframe, "2019-03-10T12:00Z", "2019-03-17T12:00Z") == (bars == 0 ? 1 : bars * 7)
        )
    }

    @Test func `part of a session`() throws {
        #expect(try count(.newYorkStockExchange, .oneHour, "2019-02-01T14:00Z", "2019-02-01T15:00Z") == 1)
        #expect(try count(.newYorkStockExchange, .oneHour, "2019-02-01T14:01Z", "2019-02-01T15:00Z") == 0)
        #expect(try count(.newYorkStockExchange, .oneDay, "2019-02-01T05:00Z", "2019-02-01T05:01Z") == 1)
        #expect(try count(.newYorkStockExchange, .oneDay, "2019-02-01T05:01Z", "2019-02-02T05:00Z") == 0)
        #expect(try count(.newYorkStockExchange, .oneWeek, "2019-01-27T05:00Z", "2019-01-27T05:01Z") == 1)
    }

    private func count(
        _ calendar: TradingCalendar,
        _ timeframe: Timeframe,
        _ from: String,
        _ to: String
    ) throws -> Int {
        let from = try isoTime(from)
        let to = try isoTime(to)
        return calendar.expectedBarCount(timeframe: timeframe, in: from..<to)
    }
}
