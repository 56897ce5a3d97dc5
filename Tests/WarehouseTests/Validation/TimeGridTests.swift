import Testing
import Warehouse

@Suite struct TimeGridTests {
    @Test(arguments: [
        // Winter and summer midnights in New York.
        (AssetClass.stock, Timeframe.oneDay, "2019-01-02T05:00Z", true), (.stock, .oneDay, "2019-01-02T04:00Z", false),
        (.stock, .oneDay, "2019-07-02T04:00Z", true), (.stock, .oneDay, "2019-07-02T05:00Z", false),
        (.etf, .oneDay, "2019-07-02T04:00Z", true), (.stock, .oneDay, "2019-01-02T21:00Z", false),
        (.stock, .oneDay, "2019-03-10T05:00Z", true), (.stock, .oneDay, "2019-03-11T04:00Z", true),
        (.crypto, .oneDay, "2019-07-02T00:00Z", true), (.crypto, .oneDay, "2019-07-02T04:00Z", false),
        // Sundays.
        (.stock, .oneWeek, "2019-01-27T05:00Z", true), (.stock, .oneWeek, "2019-01-28T05:00Z", false),
        (.stock, .oneWeek, "2019-07-07T04:00Z", true), (.crypto, .oneWeek, "2019-01-27T00:00Z", true),
        (.crypto, .oneWeek, "2019-01-28T00:00Z", false), (.crypto, .oneWeek, "2019-01-27T05:00Z", false),
        // Four hours: 4, 8, 12 o'clock in New York.
        (.stock, .fourHours, "2019-01-02T13:00Z", true), (.stock, .fourHours, "2019-01-02T12:00Z", false),
        (.stock, .fourHours, "2019-07-02T12:00Z", true), (.stock, .fourHours, "2019-07-02T13:00Z", false),
        (.crypto, .fourHours, "2019-01-02T12:00Z", true), (.crypto, .fourHours, "2019-01-02T13:00Z", false),
        (.stock, .fourHours, "2019-03-10T08:00Z", true), (.stock, .fourHours, "2019-11-03T09:00Z", true),
        // Up to one hour both zones agree.
        (.stock, .oneHour, "2019-01-02T14:00Z", true), (.stock, .oneHour, "2019-01-02T14:30Z", false),
        (.stock, .thirtyMinutes, "2019-01-02T14:30Z", true), (.stock, .fifteenMinutes, "2019-01-02T14:40Z", false),
        (.stock, .fiveMinutes, "2019-01-02T14:40Z", true), (.crypto, .fiveMinutes, "2019-01-02T14:41Z", false),
        (.crypto, .fiveMinutes, "2019-01-02T14:40:00.000001Z", false),
        (.crypto, .fiveMinutes, "1969-12-31T23:55Z", true),
    ])
    func `contains`(assetClass: AssetClass, timeframe: Timeframe, time: String, expected: Bool) throws {
        let time = try isoTime(time)
        #expect(TimeGrid(assetClass: assetClass, timeframe: timeframe).contains(time) == expected)
    }

    @Test(arguments: [
        (
            AssetClass.stock, Timeframe.oneDay, "2019-01-02T00:00Z", "2019-01-03T00:00Z", "2019-01-01T05:00Z",
            "2019-01-03T05:00Z"
        ),
        (.stock, .oneDay, "2019-01-02T05:00Z", "2019-01-03T05:00Z", "2019-01-02T05:00Z", "2019-01-03T05:00Z"),
        (.stock, .oneDay, "2019-03-10T06:00Z", "2019-03-10T06:01Z", "2019-03-10T05:00Z", "2019-03-11T04:00Z"),
        (.stock, .oneWeek, "2019-03-06T00:00Z", "2019-03-12T00:00Z", "2019-03-03T05:00Z", "2019-03-17T04:00Z"),
        (.crypto, .oneWeek, "2019-03-06T00:00Z", "2019-03-10T00:00Z", "2019-03-03T00:00Z", "2019-03-10T00:00Z"),
        (.crypto, .fiveMinutes, "2019-03-06T00:01Z", "2019-03-06T00:11Z", "2019-03-06T00:00Z", "2019-03-06T00:15Z"),
        (.stock, .fourHours, "2019-11-03T05:00Z", "2019-11-03T08:59Z", "2019-11-03T04:00Z", "2019-11-03T09:00Z"),
        (.stock, .oneDay, "2019-01-02T07:00Z", "2019-01-02T07:00Z", "2019-01-02T05:00Z", "2019-01-02T05:00Z"),
    ])
    func `snaps outward`(
        assetClass: AssetClass,
        timeframe: Timeframe,
        from: String,
        to: String,
        lower: String,
        upper: String
    ) throws {
        let range = try isoTime(from)..<(try isoTime(to))
        let snapped = TimeGrid(assetClass: assetClass, timeframe: timeframe).snapped(range)
        #expect(snapped.lowerBound == Timestamp(iso: lower))
        #expect(snapped.upperBound == Timestamp(iso: upper))
    }

    @Test(arguments: AssetClass.allCases, Timeframe.allCases)
    func `windows follow each other without hole or overlap`(assetClass: AssetClass, timeframe: Timeframe) throws {
        let grid = TimeGrid(assetClass: assetClass, timeframe: timeframe)
        let end = try isoTime("2020-01-01")
        var start = grid.start(of: try isoTime("2019-01-01"))
        while start < end {
            let next = grid.start(after: start)
            guard next > start, grid.contains(next), grid.start(of: next - .microseconds(1)) == start,
                grid.start(after: next - .microseconds(1)) == next
            else {
                Issue.record("after \(start) comes \(next)")
                return
            }
            start = next
        }
    }

    @Test(arguments: [
        (AssetClass.stock, Timeframe.fiveMinutes, "2019-01-02T15:00Z", "2019-01-02T15:20Z"),
        (.crypto, .oneHour, "2019-01-02T15:00Z", "2019-01-02T16:15Z"),
        (.crypto, .oneDay, "2019-01-02T00:00Z", "2019-01-03T00:15Z"),
        (.stock, .oneDay, "2019-01-02T05:00Z", "2019-01-03T16:00Z"),
        (.stock, .oneDay, "2019-07-02T04:00Z", "2019-07-03T15:00Z"),
        (.etf, .oneDay, "2019-02-01T21:00Z", "2019-02-02T16:00Z"),
        (.stock, .oneWeek, "2019-01-27T05:00Z", "2019-02-03T16:00Z"),
        (.crypto, .oneWeek, "2019-01-27T00:00Z", "2019-02-03T00:15Z"),
    ])
    func `settles`(assetClass: AssetClass, timeframe: Timeframe, time: String, final: String) throws {
        let time = try isoTime(time)
        #expect(TimeGrid(assetClass: assetClass, timeframe: timeframe).settlement(of: time) == Timestamp(iso: final))
    }
}
