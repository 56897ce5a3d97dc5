import Foundation
import Testing

/// Files that are none, and symbols that are not there: each says what to do, and what was good is kept.
@Suite struct CandlesImportFaultTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        var arguments: [String] = ["--symbol", "AAPL"]
        let says: String
        /// How many candles are stored all the same.
        var stored = 0
    }

    private static let rows = (2...4).map { "2019-01-0\($0),10,12,9,11,100,,\n" }.joined()

    static let cases = [
        Case(testDescription: "an empty file", text: "", says: "the file is empty"),
        Case(
            testDescription: "a column is missing",
            text: "date,open,high,low,last,volume\n",
            says:
                "line 1: no column for close among date, open, high, low, last, volume: name it, as in --map close=NAME"
        ),
        Case(
            testDescription: "units that mix",
            text: CandleFiles.header + "1546405200,10,12,9,11,100,,\n1546491600000,10,12,9,11,100,,\n",
            says: "line 3: the time is in milliseconds, those before are in seconds",
            stored: 1
        ),
        Case(
            testDescription: "times that go back",
            text: CandleFiles.header + rows + "2019-01-03,11,12,9,11,100,,\n2019-01-07,10,12,9,11,100,,\n",
            says:
                "line 5: V08: two different bars start at 2019-01-03T05:00:00Z: what came before is taken; sort the file",
            stored: 3
        ),
        Case(
            testDescription: "no symbol in file or command",
            text: CandleFiles.header + rows,
            arguments: [],
            says: "the file does not say which symbol it is about: say it with --symbol"
        ),
        Case(
            testDescription: "nothing about the symbol",
            text: CandleFiles.vendorHeader + "A,30,1,2,4,0.5,1704171600000000000,7\n",
            says: "there is no good row for the symbol in the file"
        ),
    ]

    @Test(arguments: cases)
    func eachSaysWhatToDo(fault: Case) async throws {
        let household = try await Household.ready()
        let file = try household.file("file.csv", fault.text)
        let outcome = try await household.mdw(["candles", "import", file, "--timeframe", "1d"] + fault.arguments)
        #expect(outcome.code == 1)
        #expect((outcome.output + outcome.errors).contains(fault.says), "\(outcome.output)\(outcome.errors)")
        #expect(try await household.answer("SELECT COUNT(*) FROM candles") == "\(fault.stored)")
    }

    @Test func anUnknownSymbolIsTrackedWhenItsClassIsGiven() async throws {
        let household = try await Household.ready()
        let file = try household.file("file.csv", CandleFiles.header + Self.rows)
        let arguments = ["candles", "import", file, "--timeframe", "1d", "--symbol", "XYZ"]
        let refused = try await household.mdw(arguments)
        #expect(refused.code == 1)
        #expect(refused.errors.contains("the symbol 'XYZ' is not tracked: add --class to track it"))
        let taken = try await household.mdw(arguments + ["--class", "etf"])
        #expect(taken.code == 0 && taken.errors.contains("XYZ (etf) is tracked from now on"))
        #expect(try await household.answer("SELECT COUNT(*) FROM candles") == "3")
        #expect(try await household.mdw(arguments + ["--class", "stock"]).errors.contains("XYZ is tracked as etf"))
    }

    @Test func whatCameBeforeTheCutOfAGzipIsKept() async throws {
        let household = try await Household.ready()
        let plain = household.folder + "/file.csv"
        try CandleFiles.write(candles: 20_000, to: plain)
        let whole = try await household.gzip(plain)
        let cut = household.folder + "/cut.csv.gz"
        _ = try await household.shell("head -c $(( $(stat -c %s '\(whole)') / 2 )) '\(whole)' > '\(cut)'")
        let outcome = try await household.mdw(
            "candles",
            "import",
            cut,
            "--timeframe",
            "5m",
            "--symbol",
            "BTC",
            "--json"
        )
        #expect(outcome.code == 1)
        let report = try JSON(outcome.output)
        let stored = try #require(report["stored"].integer)
        #expect(stored > 5000 && stored < 20_000)
        #expect(report["failures"][0].text?.contains("the gzip data was cut off: what came before is kept") == true)
        #expect(try await household.answer("SELECT COUNT(*) FROM candles") == "\(stored)")
        // The rest comes with the whole file.
        let rest = try await household.json("candles", "import", whole, "--timeframe", "5m", "--symbol", "BTC")
        #expect(rest["stored"].integer == 19_980 - stored)
        #expect(rest["unchanged"].integer == stored)
    }

    @Test func aFaultOfOneFileLeavesTheOthers() async throws {
        let household = try await Household.ready()
        let good = try household.file("good.csv", CandleFiles.header + Self.rows)
        let outcome = try await household.mdw(
            ["candles", "import", "/nowhere.csv", good, "--symbol", "AAPL", "--timeframe", "1d", "--json"]
        )
        #expect(outcome.code == 1)
        let report = try JSON(outcome.output)
        #expect(report["stored"].integer == 3)
        #expect(report["failures"][0].text?.contains("/nowhere.csv: can't be read: No such file") == true)
    }

    @Test func aMappingThatIsNoneIsWrongUsage() async throws {
        let household = try await Household.ready()
        for mapping in ["time", "price=x", "time=", "time=a,time=b", ""] {
            let outcome = try await household.mdw("candles", "import", "x.csv", "--timeframe", "1d", "--map", mapping)
            #expect(outcome.code == 2, "\(mapping)")
        }
    }
}
