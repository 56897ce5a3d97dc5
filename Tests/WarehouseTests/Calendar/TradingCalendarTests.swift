import Testing
import Warehouse

@Suite struct TradingCalendarTests {
    private static let exchange = TradingCalendar.newYorkStockExchange

    @Test(arguments: [
        (AssetClass.stock, TradingCalendar.newYorkStockExchange), (.etf, .newYorkStockExchange),
        (.crypto, .everyDayUTC),
    ])
    func `follows the asset class`(assetClass: AssetClass, calendar: TradingCalendar) {
        #expect(TradingCalendar(for: assetClass) == calendar)
    }

    @Test(arguments: [
        ("1994-04-27", "mourning for Nixon"), ("2001-09-11", "attacks"), ("2001-09-12", "attacks"),
        ("2001-09-13", "attacks"), ("2001-09-14", "attacks"), ("2004-06-11", "mourning for Reagan"),
        ("2007-01-02", "mourning for Ford"), ("2012-10-29", "Sandy"), ("2012-10-30", "Sandy"),
        ("2018-12-05", "mourning for Bush"), ("2025-01-09", "mourning for Carter"),
        ("2022-06-20", "Juneteenth, observed"),
        ("2023-06-19", "Juneteenth"), ("2019-04-19", "Good Friday"), ("2020-07-03", "Independence Day, observed"),
        ("2021-12-24", "Christmas, observed"), ("2019-02-02", "Saturday"), ("2019-02-03", "Sunday"),
        ("1990-01-01", "first day of the table"), ("2030-12-25", "last holiday of the table"),
    ])
    func `closed`(day: String, reason: String) throws {
        let day = try isoDay(day)
        #expect(!Self.exchange.isSession(day))
        #expect(Self.exchange.session(on: day) == nil)
    }

    @Test(arguments: [
        ("2001-09-10", "before the attacks"), ("2001-09-17", "after the attacks"), ("2012-10-31", "after Sandy"),
        ("2021-06-18", "Juneteenth was no holiday yet"), ("2021-12-31", "New Year on a Saturday is not moved"),
        ("1997-01-20", "Martin Luther King day was no holiday yet"), ("2019-02-01", "a Friday"),
        ("1989-12-25", "before the table weekdays count"), ("2031-12-25", "after the table weekdays count"),
    ])
    func `open`(day: String, reason: String) throws {
        #expect(try Self.exchange.isSession(isoDay(day)))
    }

    @Test(arguments: [
        ("2019-02-01", "14:30", "21:00"), ("2019-07-02", "13:30", "20:00"), ("2019-07-03", "13:30", "17:00"),
        ("2019-11-29", "14:30", "18:00"), ("2018-12-24", "14:30", "18:00"), ("1992-11-27", "14:30", "19:00"),
        ("1990-12-24", "14:30", "19:00"), ("1999-12-31", "14:30", "18:00"), ("2022-07-01", "13:30", "20:00"),
    ])
    func `hours, in UTC`(day: String, open: String, close: String) throws {
        let session = try #require(try Self.exchange.session(on: isoDay(day)))
        #expect(session.open == Timestamp(iso: "\(day)T\(open)Z"))
        #expect(session.close == Timestamp(iso: "\(day)T\(close)Z"))
        #expect(session.day.description == day)
    }

    /// Counted by the PyPI package exchange_calendars (XNYS).
    @Test func `sessions of each year`() {
        let counts = [
            253, 253, 254, 253, 252, 252, 254, 253, 252, 252,  // 1990
            252, 248, 252, 252, 252, 252, 251, 251, 253, 252,  // 2000
            252, 252, 250, 252, 252, 252, 252, 251, 251, 252,  // 2010
            253, 252, 251, 250, 252, 250, 251, 251, 251, 251,  // 2020
            251,
        ]
        for (year, count) in zip(1990...2030, counts) {
            let days = TradingDay(year: year, month: 1, day: 1)..<TradingDay(year: year + 1, month: 1, day: 1)
            #expect(Self.exchange.sessionCount(in: days) == count, "\(year)")
            #expect(Self.exchange.sessionDays(in: days).count == count, "\(year)")
        }
        let all = TradingDay(year: 1990, month: 1, day: 1)..<TradingDay(year: 2031, month: 1, day: 1)
        #expect(Self.exchange.sessionCount(in: all) == 10_322)
        #expect(Self.exchange.sessions(in: all).filter { $0.close - $0.open < .seconds(23_400) }.count == 88)
    }

    @Test func `counting agrees with listing for every start and length`() {
        for start in 17_800..<17_830 {
            for length in 0..<40 {
                let days = TradingDay(daysSince1970: start)..<TradingDay(daysSince1970: start + length)
                #expect(Self.exchange.sessionCount(in: days) == Self.exchange.sessionDays(in: days).count)
            }
        }
        let before1970 = TradingDay(daysSince1970: -400)..<TradingDay(daysSince1970: -35)
        #expect(Self.exchange.sessionCount(in: before1970) == Self.exchange.sessionDays(in: before1970).count)
    }

    @Test func `sessions of the week of the attacks`() {
        let days = TradingDay(year: 2001, month: 9, day: 9)..<TradingDay(year: 2001, month: 9, day: 18)
        #expect(Self.exchange.sessionDays(in: days).map(\.description) == ["2001-09-10", "2001-09-17"])
    }

    @Test func `crypto trades every day from midnight to midnight UTC`() throws {
        let christmas = TradingDay(year: 2019, month: 12, day: 25)
        let session = try #require(TradingCalendar.everyDayUTC.session(on: christmas))
        #expect(session.open == Timestamp(iso: "2019-12-25"))
        #expect(session.close == Timestamp(iso: "2019-12-26"))
        #expect(TradingCalendar.everyDayUTC.sessionCount(in: christmas..<christmas.advanced(by: 366)) == 366)
        #expect(TradingCalendar.everyDayUTC.sessionDays(in: christmas..<christmas.advanced(by: 2)).count == 2)
    }

    @Test(arguments: [
        (TradingCalendar.newYorkStockExchange, "2019-02-02T04:59Z", "2019-02-01"),
        (
            .newYorkStockExchange, "2019-02-02T05:00Z",
            "2019-02-02"
        ), (.newYorkStockExchange, "2019-07-02T04:00Z", "2019-07-02"),
        (.everyDayUTC, "2019-02-02T04:59Z", "2019-02-02"),
    ])
    func `an instant belongs to a day of the market's zone`(calendar: TradingCalendar, time: String, day: String) throws
    {
        let time = try isoTime(time)
        #expect(calendar.sessionDay(of: time).description == day)
        #expect(calendar.start(of: calendar.sessionDay(of: time)) <= time)
    }

    @Test(arguments: [
        ("2019-01-20", "2019-01-22"), ("2019-01-26", "2019-01-22"), ("2019-02-01", "2019-01-28"),
        ("2001-09-14", "2001-09-10"),
        ("2012-10-28", "2012-10-31"),
    ])
    func `first session of a week`(day: String, first: String) throws {
        #expect(try Self.exchange.firstSession(ofWeekOf: isoDay(day))?.description == first)
    }

    @Test func `a crypto week begins on Sunday`() {
        let friday = TradingDay(year: 2019, month: 2, day: 1)
        #expect(TradingCalendar.everyDayUTC.firstSession(ofWeekOf: friday)?.description == "2019-01-27")
    }
}
