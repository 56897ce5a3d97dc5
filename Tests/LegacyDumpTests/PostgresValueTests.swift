import LegacyDump
import Testing
import Warehouse

@Suite struct PostgresValueTests {
    @Test(arguments: [
        ("2024-01-02 05:00:00+00", "2024-01-02T05:00:00Z"), ("2024-01-02 05:00:00", "2024-01-02T05:00:00Z"),
        ("2024-01-02 00:00:00-05", "2024-01-02T05:00:00Z"), ("2024-01-02 10:30:00+05:30", "2024-01-02T05:00:00Z"),
        ("2024-01-02 00:00:00-05:00", "2024-01-02T05:00:00Z"),
        ("2024-01-02 05:00:00.5+00", "2024-01-02T05:00:00.500000Z"),
        ("2024-01-02 05:00:00.123456+00", "2024-01-02T05:00:00.123456Z"),
        ("2024-01-02 05:00:00.1234567", "2024-01-02T05:00:00.123456Z"), ("2024-01-02T05:00Z", "2024-01-02T05:00:00Z"),
        ("1883-11-18 12:03:58-04:56:02", "1883-11-18T17:00:00Z"),
        ("1969-12-31 23:59:59.999999+00", "1969-12-31T23:59:59.999999Z"),
        ("2024-01-02 24:00:00+00", "2024-01-03T00:00:00Z"), ("2024-02-29", "2024-02-29T00:00:00Z"),
    ])
    func times(text: String, expected: String) {
        #expect(withBytes(text) { PostgresTime($0)?.timestamp?.description } == expected)
    }

    @Test(arguments: [
        "", "yesterday", "2024-02-30", "2024-13-01", "24-01-01", "2024-01-02 ", "2024-01-02 5:00",
        "2024-01-02 05:00:00+0",
        "2024-01-02 05:00:00.", "2024-01-02 05:00:00 UTC", "2024-01-02 05:61:00", "2024-01-02 BC",
        "2024-01-02 05:00:00+00x",
    ])
    func `other texts are no times`(text: String) {
        #expect(withBytes(text) { PostgresTime($0) } == nil)
    }

    @Test func `infinity has no instant, and a date is a day`() {
        for text in ["infinity", "-infinity"] { #expect(withBytes(text) { PostgresTime($0) } == .infinite) }
        #expect(withBytes("2024-01-02") { PostgresTime($0) } == .day(TradingDay(year: 2024, month: 1, day: 2)))
    }

    @Test func `whole numbers are exact or none`() {
        for value in [0, 1, -1, 42, Int64.max, Int64.min] {
            #expect(withBytes(String(value), PostgresNumber.integer) == value)
        }
        for text in [
            "", "-", "1.0", "9223372036854775808", "-9223372036854775809", "1e3", " 1", "0x1", "1_0",
            "99999999999999999999",
        ] {
            #expect(withBytes(text, PostgresNumber.integer) == nil, "\(text)")
        }
    }

    @Test func `numbers are read to the nearest double`() {
        for (text, value) in [
            ("187.15", 187.15), ("0.000000000000000001", 1e-18), ("-0", -0.0), ("1e5", 1e5),
            ("82488674.5", 82_488_674.5),
            ("123456789012345678901234567890.25", 1.2345678901234568e29), ("Infinity", .infinity),
            ("-Infinity", -.infinity),
        ] {
            #expect(withBytes(text, PostgresNumber.real) == value, "\(text)")
        }
        #expect(withBytes("NaN", PostgresNumber.real)?.isNaN == true)
        for text in ["", ".", "nan", "inf", "0x10", "1,5", " 1", "1 ", "abc", "--1", "1e"] {
            #expect(withBytes(text, PostgresNumber.real) == nil, "\(text)")
        }
    }

    @Test func arrays() {
        #expect(PostgresArray.elements("{}") == [])
        #expect(PostgresArray.elements("{1h,1d}") == ["1h", "1d"])
        #expect(PostgresArray.elements(#"{"1h",NULL,"NULL","a\"b\\c,d"}"#) == ["1h", nil, "NULL", #"a"b\c,d"#])
        for text in ["", "1h", "{1h", "{,}", "{a,}", #"{"a}"#, "{{1},{2}}", #"{"a"b}"#] {
            #expect(PostgresArray.elements(text) == nil, "\(text)")
        }
    }
}
