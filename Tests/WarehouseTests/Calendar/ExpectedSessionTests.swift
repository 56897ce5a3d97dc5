import Testing
import Warehouse

@Suite struct ExpectedSessionTests {
    @Test func daysAreThoseOfTheCalendar() throws {
        let sessions = TradingCalendar.newYorkStockExchange.expectedSessions(
            .oneDay,
            in: try isoDay("2024-03-08")..<isoDay("2024-03-13")
        )
        #expect(sessions.map(\.day.description) == ["2024-03-08", "2024-03-11", "2024-03-12"])
        #expect(sessions.first?.range == (try isoTime("2024-03-08T05:00:00Z")..<isoTime("2024-03-09T05:00:00Z")))
        #expect(sessions.last?.range == (try isoTime("2024-03-12T04:00:00Z")..<isoTime("2024-03-13T04:00:00Z")))
    }

    @Test func weeksAreNamedByTheirFirstSession() throws {
        let calendar = TradingCalendar.newYorkStockExchange
        // 2 September 2024 was Labor Day.
        let weeks = calendar.expectedSessions(.oneWeek, in: try isoDay("2024-08-26")..<isoDay("2024-09-09"))
        #expect(weeks.map(\.day.description) == ["2024-09-03", "2024-09-09"])
        #expect(weeks.first?.range.lowerBound == (try isoTime("2024-09-01T04:00:00Z")))
        let around = calendar.expectedSession(.oneWeek, around: try isoTime("2024-09-05T15:00:00Z"))
        #expect(around == weeks.first)
    }
}
