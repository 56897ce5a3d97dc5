import Testing
import Warehouse

@Suite struct DurationShorthandTests {
    @Test(
        arguments: [
            ("0", 0), ("0s", 0), ("90s", 90), ("30m", 1800), ("12h", 43_200), ("7d", 604_800), ("007d", 604_800),
            ("36525d", 3_155_760_000),
        ] as [(String, Int64)]
    )
    func `reads`(text: String, seconds: Int64) {
        #expect(Duration(shorthand: text) == .seconds(seconds))
    }

    @Test(arguments: [
        "", "s", "5", "00", "-5m", "+5m", "5 m", "5M", "5w", "1.5h", "5m ", " 5m", "1h30m", "٥m", "36526d",
        "99999999999s", "9223372036854775807d", "0x5s",
    ])
    func `refuses`(text: String) {
        #expect(Duration(shorthand: text) == nil)
    }
}

@Suite struct DisplayTests {
    @Test(
        arguments: [
            (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-999, "-999"),
            (-1000, "-1,000"), (Int64.min, "-9,223,372,036,854,775,808"),
        ] as [(Int64, String)]
    )
    func `thousands are grouped`(number: Int64, text: String) {
        #expect(number.grouped == text)
    }

    @Test(arguments: [(0, "0 keys"), (1, "1 key"), (2, "2 keys"), (1200, "1,200 keys")])
    func `things are counted`(number: Int, text: String) {
        #expect(number.counted("key") == text)
    }

    @Test(
        arguments: [
            (0, "0.0 %"), (0.5, "50.0 %"), (0.29, "29.0 %"), (0.9999, "99.9 %"), (999_999.0 / 1_000_000, "99.9 %"),
            (1, "100.0 %"), (1.0 / 3, "33.3 %"), (0.001, "0.1 %"), (0.0009, "0.0 %"),
        ] as [(Double, String)]
    )
    func `100.0 % is all, and nothing less`(share: Double, text: String) {
        #expect(share.asPercent == text)
    }

    @Test(
        arguments: [
            (0, "now"), (4, "now"), (-4, "now"), (5, "5 s ago"), (59, "59 s ago"), (60, "1 min ago"),
            (3599, "59 min ago"),
            (3600, "1 h ago"), (86_399, "23 h ago"), (86_400, "1 d ago"), (365 * 86_400, "365 d ago"),
            (-90, "in 1 min"),
            (-86_400, "in 1 d"), (366 * 86_400, "2025-11-23"), (-366 * 86_400, "2027-11-25"),
        ] as [(Int64, String)]
    )
    func `how long ago`(seconds: Int64, text: String) throws {
        let now = try #require(Timestamp(iso: "2026-11-24T10:15:30Z"))
        #expect((now - .seconds(seconds)).relative(to: now) == text)
        #expect(now.minuteText == "2026-11-24 10:15")
    }

    @Test(
        arguments: [
            (.zero, "0 s"), (.milliseconds(999), "0 s"), (.seconds(59), "59 s"), (.seconds(60), "1 min"),
            (.seconds(7199), "1 h"), (.seconds(172_800), "2 d"),
        ] as [(Duration, String)]
    )
    func `the largest unit that fits`(duration: Duration, text: String) {
        #expect(duration.shortText == text)
    }

    @Test(
        arguments: [
            (.microseconds(40), "0.0 ms"), (.microseconds(420), "0.4 ms"), (.milliseconds(1), "1 ms"),
            (.microseconds(12_400), "12 ms"), (.milliseconds(999), "999 ms"), (.milliseconds(1000), "1.0 s"),
            (.milliseconds(1520), "1.5 s"),
        ] as [(Duration, String)]
    )
    func `latencies`(duration: Duration, text: String) {
        #expect(duration.latencyText == text)
    }
}
