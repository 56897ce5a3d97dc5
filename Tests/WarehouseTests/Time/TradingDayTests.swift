import Testing
import Warehouse

@Suite struct TradingDayTests {
    @Test(arguments: [
        (1970, 1, 1, 0, 4), (1969, 12, 31, -1, 3), (2000, 2, 29, 11_016, 2), (2000, 3, 1, 11_017, 3),
        (2019, 2, 1, 17_928, 5), (2100, 3, 1, 47_541, 1), (1900, 3, 1, -25_508, 4), (2024, 12, 31, 20_088, 2),
    ])
    func `counts days and weekdays`(year: Int, month: Int, day: Int, since1970: Int, weekday: Int) {
        let counted = TradingDay(year: year, month: month, day: day)
        #expect(counted.daysSince1970 == since1970)
        #expect(counted.weekday == weekday)
        #expect(counted.civil == (year, month, day))
    }

    @Test func `every day of 500 years survives the way there and back`() {
        for number in -150_000..<50_000 {
            let (year, month, day) = TradingDay(daysSince1970: number).civil
            guard TradingDay(year: year, month: month, day: day).daysSince1970 == number else {
                Issue.record("day \(number) became \(year)-\(month)-\(day)")
                return
            }
        }
    }

    @Test(arguments: ["2019-02-01", "2000-02-29", "1969-12-31", "9999-12-31", "0001-01-01"])
    func `reads and writes ISO`(text: String) {
        #expect(TradingDay(iso: text)?.description == text)
    }

    @Test(arguments: [
        "", "2019-02-29", "1900-02-29", "2019-04-31", "2019-2-1", "2019/02/01", "19-02-01", "2019-02-01 ",
        "2019-02--1", "-019-02-01", "2019-02-0١",
    ])
    func `refuses what no calendar has`(text: String) {
        #expect(TradingDay(iso: text) == nil)
    }

    @Test func `an instant falls on its UTC day`() {
        let day = TradingDay(year: 2019, month: 2, day: 1)
        #expect(day.startUTC.dayUTC == day)
        #expect((day.startUTC - .microseconds(1)).dayUTC == day.advanced(by: -1))
        #expect(Timestamp(microseconds: -1).dayUTC.daysSince1970 == -1)
    }
}
