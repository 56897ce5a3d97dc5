import Feeds
import Testing
import Warehouse

@Suite struct PolygonResponseParserTests {
    /// t, o, h, l, c, v, vw of each bar in the order of the recording.
    static let appleJanuary2019: [(Int64, Double, Double, Double, Double, Double, Double)] = [
        (1_546_405_200_000, 154.89, 158.85, 154.23, 157.92, 37_039_737, 155.5485),
        (1_546_491_600_000, 143.98, 145.72, 142, 142.19, 91_312_195, 143.5801),
        (1_546_578_000_000, 144.53, 148.5499, 143.8, 148.26, 58_571_070, 146.8194),
        (1_546_837_200_000, 148.7, 148.83, 145.9, 147.93, 54_777_764, 147.369),
        (1_546_923_600_000, 149.56, 151.82, 148.52, 150.75, 41_025_314, 150.1529),
        (1_547_010_000_000, 151.29, 154.53, 149.63, 153.31, 45_099_081, 152.9374),
        (1_547_096_400_000, 152.5, 153.97, 150.86, 153.8, 35_780_670, 152.7516),
        (1_547_182_800_000, 152.88, 153.7, 151.51, 152.29, 27_020_707, 152.3964),
        (1_547_442_000_000, 150.85, 151.27, 149.22, 150, 32_439_186, 150.0164),
        (1_547_528_400_000, 150.27, 153.39, 150.05, 153.07, 28_710_324, 152.3575),
        (1_547_614_800_000, 153.08, 155.88, 153, 154.94, 30_569_706, 154.9455),
        (1_547_701_200_000, 154.2, 157.66, 153.26, 155.86, 29_821_160, 154.9908),
        (1_547_787_600_000, 157.5, 157.88, 155.9806, 156.82, 33_751_023, 156.9342),
        (1_548_133_200_000, 156.41, 156.73, 152.62, 153.3, 30_393_970, 154.2426),
        (1_548_219_600_000, 154.15, 155.14, 151.7, 153.92, 23_130_570, 153.4328),
        (1_548_306_000_000, 154.11, 154.48, 151.74, 152.7, 25_441_549, 152.6824),
        (1_548_392_400_000, 155.48, 158.13, 154.32, 157.76, 33_408_893, 156.8508),
        (1_548_651_600_000, 155.79, 156.33, 153.66, 156.3, 26_192_058, 155.3584),
        (1_548_738_000_000, 156.25, 158.13, 154.11, 154.68, 41_587_239, 156.7823),
        (1_548_824_400_000, 163.25, 166.15, 160.23, 165.25, 61_084_280, 163.2403),
        (1_548_910_800_000, 166.11, 169, 164.56, 166.44, 40_739_649, 167.0848),
    ]

    @Test func readsTheRecordedMonthOfApple() throws {
        let response = try PolygonResponseParser.parse(try Fixture.bytes("vcr-aapl-day-2019-01.json"))
        #expect(response.status == "OK")
        #expect(response.message == nil)
        #expect(response.nextURL == nil)
        #expect(response.page.ticker == "AAPL")
        #expect(response.page.adjusted == true)
        #expect(response.page.declaredCount == 21)
        #expect(response.page.requestID == nil)
        let bars = response.page.bars
        try #require(bars.count == 21)
        for (bar, (time, open, high, low, close, volume, vwap)) in zip(bars, Self.appleJanuary2019) {
            let expected = RawBar(
                time: time,
                open: open,
                high: high,
                low: low,
                close: close,
                volume: volume,
                vwap: vwap,
                trades: 1,
                bytes: bar.bytes
            )
            #expect(bar == expected)
        }
        #expect(
            response.page.rawText(of: bars[1])
                == #"{"v":9.1312195e+07,"vw":143.5801,"o":143.98,"c":142.19,"h":145.72,"l":142,"t":1546491600000,"n":1}"#
        )
    }

    @Test func readsTheBarsAroundAClockChange() throws {
        let response = try PolygonResponseParser.parse(try Fixture.bytes("official-aapl-day-2005-04-01_04.json"))
        #expect(response.page.requestID == "12afda77aab3b1936c5fb6ef4241ae42")
        #expect(response.page.bars.map(\.time) == [1_112_331_600_000, 1_112_587_200_000])
        #expect(response.page.bars.map(\.volume) == [642_646_396, 578_172_308])
        #expect(response.page.bars.map(\.trades) == [82_132, 65_543])
    }

    @Test func readsAWholeMarketDay() throws {
        let response = try PolygonResponseParser.parse(try Fixture.bytes("vcr-grouped-us-stocks-2019-02-01.json"))
        let bars = response.page.bars
        try #require(bars.count == 8374)
        #expect(response.page.declaredCount == 8374)
        #expect(bars.allSatisfy { $0.time == 1_549_054_800_000 })
        #expect(bars.allSatisfy { $0.open > 0 && $0.low > 0 && $0.high >= $0.low && $0.close > 0 && $0.volume >= 0 })
        #expect(
            response.page.rawText(of: bars[8373])
                == """
                {"T":"BXMT","v":759236,"vw":34.2811,"o":34.5,"c":34.32,"h":34.58,"l":34.08,"t":1549054800000,"n":7162}
                """
        )
    }

    @Test func readsTheExamplesOfTheDescription() throws {
        let stocks = try PolygonResponseParser.parse(try Fixture.bytes("openapi-example-stocks-range-next_url.json"))
        #expect(
            stocks.nextURL
                == "https://api.massive.com/v2/aggs/ticker/AAPL/range/1/day/1578114000000/2020-01-10?cursor=bGltaXQ9MiZzb3J0PWFzYw"
        )
        #expect(stocks.page.bars.map(\.close) == [75.0875, 74.3575])
        let crypto = try PolygonResponseParser.parse(try Fixture.bytes("openapi-example-crypto-range.json"))
        #expect(crypto.page.ticker == "X:BTCUSD")
        #expect(crypto.page.bars.map(\.volume) == [303067.6562332156, 323339.6922892879])
        let previous = try PolygonResponseParser.parse(try Fixture.bytes("vcr-aapl-prev-2020-04-30.json"))
        #expect(previous.page.bars.map(\.trades) == [nil])
        let tickers = try PolygonResponseParser.parse(try Fixture.bytes("official-tickers-page1.json"))
        #expect(tickers.page.bars.count == 2)
        #expect(tickers.page.bars.allSatisfy { $0.time == nil && $0.open.isNaN })
    }

    /// A name, the value of `results` or whole members, and the times that must come out.
    @Test(
        arguments: [
            ("missing", "{}", []),
            ("null", #"{"results":null}"#, []),
            ("empty", #"{"results":[]}"#, []),
            ("white space everywhere", "\n{ \"results\"\t:\r\n[ { \"t\" : 5 } , {\"t\":6}\n] } \n", [5, 6]),
            ("keys in any order", #"{"results":[{"n":1,"t":7,"o":2}],"ticker":"A"}"#, [7]),
            ("the last of a repeated key", #"{"results":[{"t":1}],"results":[{"t":2,"t":3}]}"#, [3]),
            ("escaped key", #"{"re\u0073ults":[{"\u0074":4}]}"#, [4]),
            ("key with an escaped zero", #"{"results":[{"t\u0000":4}]}"#, [nil]),
            ("unknown keys", #"{"x":{"y":[1,{"results":[{"t":9}]},"}"]},"results":[{"z":[[]],"t":1,"tt":2}]}"#, [1]),
            (
                "exponent form", #"{"results":[{"t":1.5464052e+12},{"t":1546405200000.0},{"t":15464052E5}]}"#,
                [1_546_405_200_000, 1_546_405_200_000, 1_546_405_200_000]
            ),
            ("many zeros", #"{"results":[{"t":1546405200000.00000000000000000},{"t":0.0}]}"#, [1_546_405_200_000, 0]),
            ("nanoseconds", #"{"results":[{"t":1546405200000000000}]}"#, [1_546_405_200_000_000_000]),
            ("negative", #"{"results":[{"t":-86400000},{"t":-9223372036854775808}]}"#, [-86_400_000, .min]),
            (
                "not whole", #"{"results":[{"t":1.5},{"t":1e-1},{"t":1546405200000.00000000000000000001}]}"#,
                [nil, nil, nil]
            ),
            ("too large", #"{"results":[{"t":9223372036854775808},{"t":1e19},{"t":1e999999999}]}"#, [nil, nil, nil]),
            (
                "other types", #"{"results":[{"t":"5"},{"t":null},{"t":true},{"t":[5]},{"t":{"t":5}}]}"#,
                [nil, nil, nil, nil, nil]
            ),
            ("bars that are not objects", #"{"results":[1,"a",null,[],{"t":2}]}"#, [nil, nil, nil, nil, 2]),
        ] as [(String, String, [Int64?])]
    )
    func findsTheBars(_ name: String, _ text: String, _ times: [Int64?]) throws {
        #expect(try PolygonResponseParser.parse(Array(text.utf8)).page.bars.map(\.time) == times)
    }

    @Test(arguments: [
        ("text", #""154.89""#), ("null", "null"), ("boolean", "false"), ("object", "{}"), ("too large", "1e309"),
        ("far too small an exponent is zero, a list is not", "[1]"),
    ])
    func aValueThatIsNoNumberIsMissing(_ name: String, _ value: String) throws {
        let text =
            #"{"results":[{"t":1,"o":\#(value),"h":\#(value),"l":\#(value),"c":\#(value),"v":\#(value),"vw":\#(value),"n":\#(value)}]}"#
        let bar = try #require(try PolygonResponseParser.parse(Array(text.utf8)).page.bars.first)
        #expect(bar.open.isNaN && bar.high.isNaN && bar.low.isNaN && bar.close.isNaN && bar.volume.isNaN)
        #expect(bar.vwap == nil && bar.trades == nil && bar.time == 1)
    }

    @Test(arguments: [
        ("plain", "AAPL", "AAPL"), ("escapes", #"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
        ("unicode escape", #"\u0041\u00e9\u20AC"#, "Aé€"), ("surrogate pair", #"\ud83d\ude00!"#, "😀!"),
        ("lone first half", #"\ud83dx"#, "\u{FFFD}x"), ("lone second half", #"\ude00"#, "\u{FFFD}"),
        ("two first halves", #"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"), ("raw UTF-8", "é😀", "é😀"), ("empty", "", ""),
    ])
    func decodesStrings(_ name: String, _ escaped: String, _ expected: String) throws {
        let response = try PolygonResponseParser.parse(Array(#"{"ticker":"\#(escaped)"}"#.utf8))
        #expect(response.page.ticker == expected)
    }

    @Test(
        arguments: [
            ("error wins over message", #"{"error":"e","message":"m","status":"ERROR"}"#, "e", "ERROR"),
            ("message", #"{"message":"m"}"#, "m", nil),
            ("other types", #"{"error":5,"message":{},"status":[]}"#, nil, nil),
        ] as [(String, String, String?, String?)]
    )
    func readsMessages(_ name: String, _ text: String, _ message: String?, _ status: String?) throws {
        let response = try PolygonResponseParser.parse(Array(text.utf8))
        #expect(response.message == message)
        #expect(response.status == status)
    }

    @Test func bytesThatAreNotUTF8AreReplaced() throws {
        let body = Array(#"{"ticker":""#.utf8) + [0xFF, 0x41] + Array(#""}"#.utf8)
        #expect(try PolygonResponseParser.parse(body).page.ticker == "\u{FFFD}A")
    }
}
