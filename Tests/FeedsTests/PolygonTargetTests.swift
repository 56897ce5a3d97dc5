import Testing
import Warehouse

@testable import Feeds

@Suite struct PolygonTargetTests {
    static let january = Timestamp(milliseconds: 1_546_300_800_000)..<Timestamp(milliseconds: 1_548_979_200_000)

    @Test(
        arguments: [
            (.fiveMinutes, "5/minute"), (.fifteenMinutes, "15/minute"), (.thirtyMinutes, "30/minute"),
            (.oneHour, "1/hour"), (.fourHours, "4/hour"), (.oneDay, "1/day"), (.oneWeek, "1/week"),
        ] as [(Timeframe, String)]
    )
    func asksForTheTimeframe(_ timeframe: Timeframe, _ range: String) {
        let request = CandleRequest(
            ticker: Ticker(stored: "AAPL", assetClass: .stock),
            timeframe: timeframe,
            range: Self.january
        )
        #expect(
            PolygonTarget(firstPageOf: request)?.text
                == "/v2/aggs/ticker/AAPL/range/\(range)/1546300800000/1548979199999?adjusted=true&sort=asc&limit=50000"
        )
    }

    @Test(
        arguments: [
            ("BTC", .crypto, "X:BTCUSD"), ("ETHGBP", .crypto, "X:ETHGBP"), ("BRK.B", .stock, "BRK.B"),
            ("PEBpE", .stock, "PEBpE"), ("A/B", .stock, "A%2FB"), ("Ä?#", .etf, "%C3%84%3F%23"),
            ("a\nb", .stock, "a%0Ab"),
        ] as [(String, AssetClass, String)]
    )
    func spellsTheTicker(_ symbol: String, _ assetClass: AssetClass, _ segment: String) {
        let request = CandleRequest(
            ticker: Ticker(stored: symbol, assetClass: assetClass),
            timeframe: .oneDay,
            range: Self.january
        )
        #expect(PolygonTarget(firstPageOf: request)?.text.hasPrefix("/v2/aggs/ticker/\(segment)/range/") == true)
    }

    /// Bounds in microseconds, and the first and last millisecond that are asked for.
    @Test(
        arguments: [
            ("whole milliseconds", 5_000, 9_000, "5/8"), ("one millisecond", 5_000, 6_000, "5/5"),
            ("up to within a millisecond", 5_000, 9_001, "5/9"), ("from within a millisecond", 4_001, 9_000, "5/8"),
            ("before 1970", -5_000, 0, "-5/-1"), ("nothing", 5_000, 5_000, nil),
            ("between milliseconds", 5_001, 5_999, nil),
        ] as [(String, Int64, Int64, String?)]
    )
    func asksForTheRange(_ name: String, _ lower: Int64, _ upper: Int64, _ segments: String?) {
        let request = CandleRequest(
            ticker: Ticker(stored: "A", assetClass: .stock),
            timeframe: .oneDay,
            range: Timestamp(microseconds: lower)..<Timestamp(microseconds: upper),
            adjusted: false
        )
        let text = segments.map { "/v2/aggs/ticker/A/range/1/day/\($0)?adjusted=false&sort=asc&limit=50000" }
        #expect(PolygonTarget(firstPageOf: request)?.text == text)
    }

    /// What the vendor may send as `next_url`, the base, and the path and query that are kept of it.
    @Test(
        arguments: [
            ("its own host", "https://api.massive.com/v2/a?cursor=x", "https://h", "/v2/a?cursor=x&adjusted=true"),
            ("its old host", "https://api.polygon.io/v2/a?cursor=x", "https://h", "/v2/a?cursor=x&adjusted=true"),
            ("a foreign host", "http://evil.example:8080/v2/a?cursor=x", "https://h", "/v2/a?cursor=x&adjusted=true"),
            ("a host with a name", "https://u:p@evil.example/v2/a?c=1", "https://h", "/v2/a?c=1&adjusted=true"),
            ("a host without a scheme", "//evil.example/v2/a?c=1", "https://h", "/v2/a?c=1&adjusted=true"),
            ("a path", "/v2/a?c=1", "https://h", "/v2/a?c=1&adjusted=true"),
            ("no query", "/v2/a", "https://h", "/v2/a?adjusted=true"),
            ("an address in the query", "/v2/a?u=http://evil/x", "https://h", "/v2/a?u=http://evil/x&adjusted=true"),
            ("adjusted is there", "/v2/a?adjusted=true&c=1", "https://h", "/v2/a?c=1&adjusted=true"),
            ("adjusted is another", "/v2/a?adjusted=false&c=1", "https://h", "/v2/a?c=1&adjusted=true"),
            ("a key", "/v2/a?apiKey=SECRET&c=1", "https://h", "/v2/a?c=1&adjusted=true"),
            ("keys in other spellings", "/v2/a?APIKEY=S&c=1&api%4Bey=S&apikey", "https://h", "/v2/a?c=1&adjusted=true"),
            ("a fragment", "/v2/a?c=1#apiKey=S", "https://h", "/v2/a?c=1&adjusted=true"),
            ("bytes to be escaped", #"/v2/a?c=1|2"3"#, "https://h", "/v2/a?c=1%7C2%223&adjusted=true"),
            ("a prefix that came back", "https://h/p/v2/a?c=1", "https://h/p", "/v2/a?c=1&adjusted=true"),
            ("a prefix that did not", "https://api.massive.com/v2/a?c=1", "https://h/p", "/v2/a?c=1&adjusted=true"),
            ("empty", "", "https://h", nil), ("a host alone", "https://api.massive.com", "https://h", nil),
            ("a relative path", "v2/a?c=1", "https://h", nil), ("two slashes", "https://h//evil/a", "https://h", nil),
            ("steps upwards", "/v2/../../a", "https://h/p", nil), ("hidden steps", "/v2/%2E%2e/a", "https://h/p", nil),
            ("a line break", "/v2/a?c=1\r\nX: y", "https://h", nil), ("a space", "/v2/a b", "https://h", nil),
            ("not ASCII", "/v2/ä", "https://h", nil), ("a host and a query", "https://h?c=1", "https://h", nil),
        ] as [(String, String, String, String?)]
    )
    func keepsPathAndQuery(_ name: String, _ reference: String, _ base: String, _ text: String?) throws {
        let target = PolygonTarget(reference, adjusted: true, base: try VendorBase(base))
        #expect(target?.text == text)
    }

    @Test(arguments: [
        ("the same", "/a?b=1&c=2", "/a?b=1&c=2", true), ("another order", "/a?c=2&b=1", "/a?b=1&c=2", true),
        ("another value", "/a?b=1", "/a?b=2", false), ("another path", "/a?b=1", "/b?b=1", false),
    ])
    func recognisesAPage(_ name: String, _ left: String, _ right: String, _ isSame: Bool) throws {
        let left = try #require(PolygonTarget(left, adjusted: true, base: .massive))
        let right = try #require(PolygonTarget(right, adjusted: true, base: .massive))
        #expect(left.isSamePage(as: right) == isSame)
    }
}
