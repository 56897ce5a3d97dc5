import Feeds
import Testing
import Warehouse

/// Every form of a candle file, and every fault.
@Suite struct CandleFileTests {
    /// A file whose one candle is that of 2024-01-02, open 1, high 4, low 0.5, close 2, volume 30.
    struct Form: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        var mapping: [CandleField: String] = [:]
        var assetClass = AssetClass.stock
    }

    static let forms = [
        Form(testDescription: "plain days", text: "date,open,high,low,close,volume\n2024-01-02,1,4,0.5,2,30\n"),
        Form(testDescription: "any order", text: "close,volume,date,low,high,open\n2,30,2024-01-02,0.5,4,1\n"),
        Form(testDescription: "any case", text: "Date,OPEN,High,lOw,Close,Volume\n2024-01-02,1,4,0.5,2,30\n"),
        Form(
            testDescription: "other columns",
            text: "x,date,open,high,low,close,Adj Close,volume\na,2024-01-02,1,4,0.5,2,9,30\n"
        ),
        Form(testDescription: "short names", text: "t,o,h,l,c,v\n2024-01-02,1,4,0.5,2,30\n"),
        Form(
            testDescription: "mapped names",
            text: "Tag,open,high,low,Last,Umsatz\n2024-01-02,1,4,0.5,2,30\n",
            mapping: [.time: "Tag", .close: "last", .volume: "Umsatz"]
        ),
        Form(
            testDescription: "mapped past a better name",
            text: "date,open,high,low,close,adjusted,volume\n2024-01-02,1,4,0.5,9,2,30\n",
            mapping: [.close: "adjusted"]
        ),
        Form(
            testDescription: "quotes",
            text: "\"date\",\"open\",high,low,close,volume\n\"2024-01-02\",\"1\",4,\"0.5\",2,30\n"
        ),
        Form(testDescription: "blanks", text: "date, open, high, low, close, volume\n2024-01-02, 1 , 4, 0.5, 2, 30\n"),
        Form(testDescription: "semicolons", text: "date;open;high;low;close;volume\n2024-01-02;1;4;0.5;2;30\n"),
        Form(testDescription: "tabs", text: "date\topen\thigh\tlow\tclose\tvolume\n2024-01-02\t1\t4\t0.5\t2\t30\n"),
        Form(testDescription: "Windows", text: "date,open,high,low,close,volume\r\n2024-01-02,1,4,0.5,2,30\r\n"),
        Form(
            testDescription: "a byte order mark",
            text: "\u{FEFF}date,open,high,low,close,volume\n2024-01-02,1,4,0.5,2,30\n"
        ),
        Form(testDescription: "no last line end", text: "date,open,high,low,close,volume\n2024-01-02,1,4,0.5,2,30"),
        Form(
            testDescription: "blank lines",
            text: "\n\ndate,open,high,low,close,volume\n\n2024-01-02,1,4,0.5,2,30\n\n"
        ),
        Form(testDescription: "exponents", text: "date,open,high,low,close,volume\n2024-01-02,1e0,+4.0,.5,2.,3e+01\n"),
        Form(testDescription: "packed days", text: "date,open,high,low,close,volume\n20240102,1,4,0.5,2,30\n"),
        Form(
            testDescription: "an instant",
            text: "time,open,high,low,close,volume\n2024-01-02T05:00:00Z,1,4,0.5,2,30\n"
        ),
        Form(
            testDescription: "an offset",
            text: "time,open,high,low,close,volume\n2024-01-02 00:00:00-05:00,1,4,0.5,2,30\n"
        ),
        Form(
            testDescription: "midnight of no zone",
            text: "time,open,high,low,close,volume\n2024-01-02 00:00:00,1,4,0.5,2,30\n"
        ),
        Form(testDescription: "seconds", text: "timestamp,open,high,low,close,volume\n1704171600,1,4,0.5,2,30\n"),
        Form(
            testDescription: "seconds with a fraction",
            text: "timestamp,open,high,low,close,volume\n1704171600.0,1,4,0.5,2,30\n"
        ),
        Form(
            testDescription: "milliseconds",
            text: "timestamp,open,high,low,close,volume\n1704171600000,1,4,0.5,2,30\n"
        ),
        Form(
            testDescription: "microseconds",
            text: "timestamp,open,high,low,close,volume\n1704171600000000,1,4,0.5,2,30\n"
        ),
        Form(
            testDescription: "nanoseconds",
            text: "timestamp,open,high,low,close,volume\n1704171600000000000,1,4,0.5,2,30\n"
        ),
        Form(
            testDescription: "a flat file",
            text: CandleFileSample.vendorHeader + "AAPL,30,1,2,4,0.5,1704171600000000000,7\n"
        ),
        Form(
            testDescription: "crypto",
            text: "date,open,high,low,close,volume\n2024-01-02,1,4,0.5,2,30\n",
            assetClass: .crypto
        ),
    ]

    @Test(arguments: forms)
    func everyFormReadsTheSame(form: Form) throws {
        let gzip = try CandleFileSample.gzip(form.text)
        for bytes in [Array(form.text.utf8), gzip] {
            let sample = try CandleFileSample.read(bytes: bytes, mapping: form.mapping, assetClass: form.assetClass)
            #expect(sample.fault == nil)
            let start = form.assetClass == .crypto ? "2024-01-02T00:00:00Z" : "2024-01-02T05:00:00Z"
            #expect(sample.times == [Timestamp(iso: start)])
            let bar = try #require(sample.bars.first)
            #expect([bar.open, bar.high, bar.low, bar.close, bar.volume] == [1, 4, 0.5, 2, 30])
            #expect(sample.misshapen.isEmpty)
        }
    }

    @Test func aDayStartsAtMidnightNewYorkAlsoInSummer() throws {
        let rows = ["2024-03-08", "2024-03-11", "2024-11-01", "2024-11-04"].map { "\($0),1,1,1,1,1\n" }.joined()
        let sample = try CandleFileSample.read("date,open,high,low,close,volume\n" + rows)
        #expect(
            sample.times.compactMap { $0?.description } == [
                "2024-03-08T05:00:00Z", "2024-03-11T04:00:00Z", "2024-11-01T04:00:00Z", "2024-11-04T05:00:00Z",
            ]
        )
    }

    @Test func pricesByVolumeAndTradesMayBeMissing() throws {
        let sample = try CandleFileSample.read(
            "time,open,high,low,close,volume,vw,n\n2024-01-02,1,1,1,1,1,1.5,7\n2024-01-03,1,1,1,1,1,,\n2024-01-04,1,1,1,1,1,x,1.5\n"
        )
        #expect(sample.bars.map(\.vwap) == [1.5, nil, nil])
        #expect(sample.bars.map(\.trades) == [7, nil, nil])
    }

    @Test func whatIsNoNumberIsNone() throws {
        let values = ["", "x", "NaN", "inf", "0x10", "1,5", "1 2", "--1", "1e", "1.2.3", "null", "-"]
        for value in values where value != "1,5" {
            let sample = try CandleFileSample.read("time,open,high,low,close,volume\n2024-01-02,\(value),1,1,1,1\n")
            #expect(sample.bars.first?.open.isNaN == true, "\(value)")
        }
    }

    @Test func numbersComeOutAsThoseOfTheStandardLibrary() throws {
        var generator = SeededGenerator(seed: 4)
        let numbers = (0..<2000).map { _ in
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: "\(Double(bitPattern: .random(in: 1..<0x7FE0_0000_0000_0000, using: &generator)))"
            case 1: "\(Double(Int.random(in: 0..<1_000_000, using: &generator)) / 100)"
            case 2: "\(Int.random(in: 0...Int.max, using: &generator))"
            default:
                "0.\(Int.random(in: 0...Int.max, using: &generator))\(Int.random(in: 0...Int.max, using: &generator))"
            }
        }
        let rows = numbers.map { "2024-01-02,\($0),1,1,1,1\n" }.joined()
        let sample = try CandleFileSample.read("time,open,high,low,close,volume\n" + rows)
        #expect(sample.bars.map(\.open) == numbers.map { Double($0) })
    }

    @Test func rowsOfAnotherShapeAreTold() throws {
        let sample = try CandleFileSample.read(
            "date,open,high,low,close,volume\n2024-01-02,1,1,1,1,1\n2024-01-03,1,1\n2024-01-04,1,1,1,1,1,1\n2024-01-05,1,1,1,1,1\n"
        )
        #expect(sample.lines == [2, 5])
        #expect(sample.misshapen.map(\.line) == [3, 4])
        #expect(sample.misshapen.map(\.columns) == [3, 7])
        #expect(sample.misshapen.map(\.text) == ["2024-01-03,1,1", "2024-01-04,1,1,1,1,1,1"])
    }

    @Test func onlyTheSymbolsThatAreWantedComeOut() throws {
        let rows = ["A", "AAPL", "AAPL", "B", "X:BTCUSD", "C"].enumerated().map { index, name in
            "\(name),30,1,2,4,0.5,\(1_704_171_600 + index)000000000,7\n"
        }
        let sample = try CandleFileSample.read(
            CandleFileSample.vendorHeader + rows.joined(),
            wanted: ["AAPL": 3, "X:BTCUSD": 1]
        )
        #expect(sample.targets == [3, 3, 1])
        #expect(sample.lines == [3, 4, 6])
        #expect(sample.skipped == ["A": 1, "B": 1, "C": 1])
        #expect(sample.texts.first == "AAPL,30,1,2,4,0.5,1704171601000000000,7")
    }

    @Test(arguments: [1, 3, 1000])
    func pagesAndBuffersChangeNothing(limit: Int) throws {
        let rows = (0..<30_000).map { "\(1_704_171_600 + $0 * 60),1.25,4,0.5,2,\($0)\n" }.joined()
        let text = "time,open,high,low,close,volume\n" + rows
        let gzip = try CandleFileSample.gzip(text)
        for bytes in [Array(text.utf8), gzip] {
            let sample = try CandleFileSample.read(bytes: bytes, timeframe: .fiveMinutes, limit: limit)
            #expect(sample.bars.map(\.volume) == (0..<30_000).map { Double($0) })
            #expect(sample.lines == Array(2..<30_002))
        }
    }
}
