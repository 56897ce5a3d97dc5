import Testing
import Warehouse

@Suite struct TimestampISO8601Tests {
    @Test(
        arguments: [
            ("1970-01-01", 0),
            ("2019-01-02T05:00:00Z", 1_546_405_200_000_000),
            ("2019-01-02T05:00Z", 1_546_405_200_000_000),
            ("2019-01-02 05:00:00", 1_546_405_200_000_000),
            ("2019-01-02T00:00:00-05:00", 1_546_405_200_000_000),
            ("2019-01-02T10:30:00+05:30", 1_546_405_200_000_000),
            ("2019-01-02T05:00:00.5Z", 1_546_405_200_500_000),
            ("2019-01-02T05:00:00.000001Z", 1_546_405_200_000_001),
            ("2019-01-02T05:00:00.0000019Z", 1_546_405_200_000_001),
            ("1969-12-31T23:59:59.999999Z", -1),
        ] as [(String, Int64)]
    )
    func `reads`(text: String, microseconds: Int64) {
        #expect(Timestamp(iso: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2019", "2019-1-2", "2019-02-30", "2019-13-01", "2019-00-10", "2019-01-00", "2019-01-02T", "2019-01-02T05",
        "2019-01-02T24:00Z", "2019-01-02T05:60Z", "2019-01-02T05:00:60Z", "2019-01-02T05:00:00.Z", "2019-01-02X05:00Z",
        "2019-01-02T05:00:00+0500", "2019-01-02T05:00:00+5:00", "2019-01-02T05:00:00.1.2Z", "2019-01-02T05:00:00ZZ",
        "2019-01-02T5:00Z", "2019-01-02T٠٥:00Z", "20190102", "+019-01-02", "2019-01-02T05:00:00 ", "tomorrow",
    ])
    func `refuses`(text: String) {
        #expect(Timestamp(iso: text) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (1_546_405_200_000_000, "2019-01-02T05:00:00Z"),
            (1_546_405_200_000_042, "2019-01-02T05:00:00.000042Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00Z"),
        ] as [(Int64, String)]
    )
    func `writes what it reads`(microseconds: Int64, text: String) {
        let time = Timestamp(microseconds: microseconds)
        #expect(time.description == text)
        #expect(Timestamp(iso: text) == time)
    }

    @Test func `clock time has no date and no fraction`() {
        #expect(Timestamp(microseconds: 1_546_405_200_000_042).clockTime == "05:00:00")
    }
}
