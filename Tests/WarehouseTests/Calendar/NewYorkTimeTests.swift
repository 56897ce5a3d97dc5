import Testing
import Warehouse

/// The literals come from the IANA time zone database (America/New_York).
@Suite struct NewYorkTimeTests {
    @Test(arguments: transitions)
    func `offset changes at the instant of the law`(forward: String, back: String) throws {
        let forward = try isoTime(forward)
        let back = try isoTime(back)
        let tick: Duration = .microseconds(1)
        #expect(NewYorkTime.offset(at: forward - tick) == .seconds(-5 * 3600))
        #expect(NewYorkTime.offset(at: forward) == .seconds(-4 * 3600))
        #expect(NewYorkTime.offset(at: back - tick) == .seconds(-4 * 3600))
        #expect(NewYorkTime.offset(at: back) == .seconds(-5 * 3600))
    }

    @Test func `the table has every year from 1970 to 2037`() {
        #expect(transitions.compactMap { Int($0.0.prefix(4)) } == Array(1970...2037))
    }

    @Test(arguments: [
        ("1974-01-06", 0, 0, "1974-01-06T05:00Z"),
        ("2005-04-03", 0, 0, "2005-04-03T05:00Z"),
        ("2005-04-04", 0, 0, "2005-04-04T04:00Z"),
        ("2019-01-02", 16, 0, "2019-01-02T21:00Z"),
        ("2019-07-04", 9, 30, "2019-07-04T13:30Z"),
        ("2000-02-29", 23, 59, "2000-03-01T04:59Z"),
        ("2019-03-10", 1, 59, "2019-03-10T06:59Z"),
        // Skipped: as if clocks had not been changed yet.
        ("2019-03-10", 2, 30, "2019-03-10T07:30Z"),
        ("2019-03-10", 3, 0, "2019-03-10T07:00Z"),
        ("2019-11-03", 0, 0, "2019-11-03T04:00Z"),
        // Shown twice: the first.
        ("2019-11-03", 1, 30, "2019-11-03T05:30Z"),
        ("2019-11-03", 2, 0, "2019-11-03T07:00Z"),
    ])
    func `local time becomes an instant`(day: String, hour: Int, minute: Int, instant: String) throws {
        let day = try isoDay(day)
        #expect(NewYorkTime.instant(on: day, hour: hour, minute: minute) == Timestamp(iso: instant))
    }

    @Test func `midnight is the first instant of each day`() {
        var cursor = NewYorkTime.Cursor()
        for number in 0..<25_000 {
            let day = TradingDay(daysSince1970: number)
            let midnight = NewYorkTime.midnight(of: day)
            guard NewYorkTime.day(at: midnight) == day, cursor.day(at: midnight) == day,
                NewYorkTime.day(at: midnight - .microseconds(1)) == day.advanced(by: -1)
            else {
                Issue.record("\(day) starts at \(midnight)")
                return
            }
        }
    }

    @Test func `a cursor agrees at every hour, forward and backward`() {
        var cursor = NewYorkTime.Cursor()
        let hours = stride(from: Int64(1_546_300_800), to: 1_609_459_200, by: 3600).map { Timestamp(seconds: $0) }
        let differing = (hours + hours.reversed()).filter { cursor.offset(at: $0) != NewYorkTime.offset(at: $0) }
        #expect(differing == [])
    }
}

private let transitions: [(String, String)] = [
    ("1970-04-26T07:00Z", "1970-10-25T06:00Z"),
    ("1971-04-25T07:00Z", "1971-10-31T06:00Z"),
    ("1972-04-30T07:00Z", "1972-10-29T06:00Z"),
    ("1973-04-29T07:00Z", "1973-10-28T06:00Z"),
    ("1974-01-06T07:00Z", "1974-10-27T06:00Z"),
    ("1975-02-23T07:00Z", "1975-10-26T06:00Z"),
    ("1976-04-25T07:00Z", "1976-10-31T06:00Z"),
    ("1977-04-24T07:00Z", "1977-10-30T06:00Z"),
    ("1978-04-30T07:00Z", "1978-10-29T06:00Z"),
    ("1979-04-29T07:00Z", "1979-10-28T06:00Z"),
    ("1980-04-27T07:00Z", "1980-10-26T06:00Z"),
    ("1981-04-26T07:00Z", "1981-10-25T06:00Z"),
    ("1982-04-25T07:00Z", "1982-10-31T06:00Z"),
    ("1983-04-24T07:00Z", "1983-10-30T06:00Z"),
    ("1984-04-29T07:00Z", "1984-10-28T06:00Z"),
    ("1985-04-28T07:00Z", "1985-10-27T06:00Z"),
    ("1986-04-27T07:00Z", "1986-10-26T06:00Z"),
    ("1987-04-05T07:00Z", "1987-10-25T06:00Z"),
    ("1988-04-03T07:00Z", "1988-10-30T06:00Z"),
    ("1989-04-02T07:00Z", "1989-10-29T06:00Z"),
    ("1990-04-01T07:00Z", "1990-10-28T06:00Z"),
    ("1991-04-07T07:00Z", "1991-10-27T06:00Z"),
    ("1992-04-05T07:00Z", "1992-10-25T06:00Z"),
    ("1993-04-04T07:00Z", "1993-10-31T06:00Z"),
    ("1994-04-03T07:00Z", "1994-10-30T06:00Z"),
    ("1995-04-02T07:00Z", "1995-10-29T06:00Z"),
    ("1996-04-07T07:00Z", "1996-10-27T06:00Z"),
    ("1997-04-06T07:00Z", "1997-10-26T06:00Z"),
    ("1998-04-05T07:00Z", "1998-10-25T06:00Z"),
    ("1999-04-04T07:00Z", "1999-10-31T06:00Z"),
    ("2000-04-02T07:00Z", "2000-10-29T06:00Z"),
    ("2001-04-01T07:00Z", "2001-10-28T06:00Z"),
    ("2002-04-07T07:00Z", "2002-10-27T06:00Z"),
    ("2003-04-06T07:00Z", "2003-10-26T06:00Z"),
    ("2004-04-04T07:00Z", "2004-10-31T06:00Z"),
    ("2005-04-03T07:00Z", "2005-10-30T06:00Z"),
    ("2006-04-02T07:00Z", "2006-10-29T06:00Z"),
    ("2007-03-11T07:00Z", "2007-11-04T06:00Z"),
    ("2008-03-09T07:00Z", "2008-11-02T06:00Z"),
    ("2009-03-08T07:00Z", "2009-11-01T06:00Z"),
    ("2010-03-14T07:00Z", "2010-11-07T06:00Z"),
    ("2011-03-13T07:00Z", "2011-11-06T06:00Z"),
    ("2012-03-11T07:00Z", "2012-11-04T06:00Z"),
    ("2013-03-10T07:00Z", "2013-11-03T06:00Z"),
    ("2014-03-09T07:00Z", "2014-11-02T06:00Z"),
    ("2015-03-08T07:00Z", "2015-11-01T06:00Z"),
    ("2016-03-13T07:00Z", "2016-11-06T06:00Z"),
    ("2017-03-12T07:00Z", "2017-11-05T06:00Z"),
    ("2018-03-11T07:00Z", "2018-11-04T06:00Z"),
    ("2019-03-10T07:00Z", "2019-11-03T06:00Z"),
    ("2020-03-08T07:00Z", "2020-11-01T06:00Z"),
    ("2021-03-14T07:00Z", "2021-11-07T06:00Z"),
    ("2022-03-13T07:00Z", "2022-11-06T06:00Z"),
    ("2023-03-12T07:00Z", "2023-11-05T06:00Z"),
    ("2024-03-10T07:00Z", "2024-11-03T06:00Z"),
    ("2025-03-09T07:00Z", "2025-11-02T06:00Z"),
    ("2026-03-08T07:00Z", "2026-11-01T06:00Z"),
    ("2027-03-14T07:00Z", "2027-11-07T06:00Z"),
    ("2028-03-12T07:00Z", "2028-11-05T06:00Z"),
    ("2029-03-11T07:00Z", "2029-11-04T06:00Z"),
    ("2030-03-10T07:00Z", "2030-11-03T06:00Z"),
    ("2031-03-09T07:00Z", "2031-11-02T06:00Z"),
    ("2032-03-14T07:00Z", "2032-11-07T06:00Z"),
    ("2033-03-13T07:00Z", "2033-11-06T06:00Z"),
    ("2034-03-12T07:00Z", "2034-11-05T06:00Z"),
    ("2035-03-11T07:00Z", "2035-11-04T06:00Z"),
    ("2036-03-09T07:00Z", "2036-11-02T06:00Z"),
    ("2037-03-08T07:00Z", "2037-11-01T06:00Z"),
]
