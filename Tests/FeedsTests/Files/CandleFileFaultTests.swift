import Feeds
import Testing
import Warehouse

@Suite struct CandleFileFaultTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var text = ""
        var bytes: [UInt8]?
        var name = "file.csv"
        var mapping: [CandleField: String] = [:]
        let line: Int?
        /// What the sentence says behind file and line.
        let says: String
    }

    static let header = "time,open,high,low,close,volume\n"

    static let cases = [
        Case(testDescription: "an empty file", line: nil, says: "the file is empty"),
        Case(testDescription: "nothing but blank lines", text: "\n\r\n", line: nil, says: "the file is empty"),
        Case(
            testDescription: "no close",
            text: "time,open,high,low,last,volume\n",
            line: 1,
            says: "no column for close among time, open, high, low, last, volume: name it, as in --map close=NAME"
        ),
        Case(
            testDescription: "no header",
            text: "2024-01-02,1,1,1,1,1\n",
            line: 1,
            says: "no column for time, open, high, low, close, volume among 2024-01-02, 1, 1, 1, 1, 1"
        ),
        Case(
            testDescription: "day and time of day",
            text: "date,time,open,high,low,close,volume\n",
            line: 1,
            says: "date, time could all be the time: say which, as in --map time=date"
        ),
        Case(
            testDescription: "a mapped column that is not there",
            text: header,
            mapping: [.close: "Last"],
            line: 1,
            says: "--map names 'Last', but the columns are time, open, high, low, close, volume"
        ),
        Case(testDescription: "zip", bytes: [0x50, 0x4B, 3, 4, 5, 6, 7, 8], line: nil, says: "is compressed by zip"),
        Case(testDescription: "zstd", bytes: [0x28, 0xB5, 0x2F, 0xFD, 0], line: nil, says: "is compressed by zstd"),
        Case(testDescription: "a picture", bytes: [0x89, 0x50, 0, 0, 10], line: 1, says: "this is no text"),
        Case(
            testDescription: "a web page named gz",
            text: "<html>\n",
            name: "file.csv.gz",
            line: 1,
            says: "the name ends in .gz, but the file is neither gzip nor CSV"
        ),
        Case(
            testDescription: "milliseconds among seconds",
            text: header + "1704171600,1,1,1,1,1\n1704258000000,1,1,1,1,1\n",
            line: 3,
            says: "the time is in milliseconds, those before are in seconds"
        ),
        Case(
            testDescription: "seconds among days",
            text: header + "2024-01-02,1,1,1,1,1\n1704258000,1,1,1,1,1\n",
            line: 3,
            says: "the time is in seconds, those before are in ISO 8601"
        ),
        Case(
            testDescription: "a line without end",
            text: header + "2024-01-02,1,1,1,1," + String(repeating: "1", count: 1 << 20),
            line: 2,
            says: "the line is longer than 1 MB"
        ),
    ]

    @Test(arguments: cases)
    func eachFaultSaysWhereAndWhatToDo(fault: Case) throws {
        let sample = try CandleFileSample.read(fault.text, bytes: fault.bytes, name: fault.name, mapping: fault.mapping)
        let found = try #require(sample.fault)
        #expect(found.line == fault.line)
        #expect("\(found.problem)".contains(fault.says), "\(found)")
        #expect("\(found)".contains(fault.name))
    }

    @Test func whatCameBeforeMixedTimesIsThere() throws {
        let rows = "1704171600,1,1,1,1,1\n1704258000,1,1,1,1,1\n1704258000000,1,1,1,1,1\n1704258001,1,1,1,1,1\n"
        let sample = try CandleFileSample.read(Self.header + rows)
        #expect(sample.lines == [2, 3])
        #expect(sample.fault?.problem == .mixedTimes(was: "seconds", now: "milliseconds"))
    }

    @Test func whatCameBeforeTheCutIsThere() throws {
        let rows = (0..<50_000).map { "\(1_704_171_600 + $0 * 300),1,1,1,1,\($0 * 7919 % 1000)\n" }.joined()
        let whole = try CandleFileSample.gzip(Self.header + rows)
        let sample = try CandleFileSample.read(bytes: Array(whole.prefix(whole.count / 2)), timeframe: .fiveMinutes)
        #expect(sample.fault?.problem == .truncatedGzip)
        #expect(sample.bars.count > 10_000 && sample.bars.count < 50_000)
        #expect(sample.misshapen.isEmpty)
        #expect(sample.bars.indices.allSatisfy { sample.bars[$0].volume == Double($0 * 7919 % 1000) })
    }

    @Test func aDayOfAnyMarketIsNoTime() throws {
        let sample = try CandleFileSample.read(Self.header + "2024-01-02,1,1,1,1,1\n", assetClass: nil)
        #expect(sample.fault?.problem == .dayOfAnyMarket)
        let numbers = try CandleFileSample.read(Self.header + "1704171600,1,1,1,1,1\n", assetClass: nil)
        #expect(numbers.fault == nil && numbers.bars.count == 1)
    }

    @Test func aFileThatIsNotThereSaysSo() {
        #expect(throws: CandleFileFault.self) {
            _ = try CandleFileReader(
                path: "/nowhere/file.csv",
                times: FieldTime(calendar: .everyDayUTC, timeframe: .oneDay)
            )
        }
    }
}
