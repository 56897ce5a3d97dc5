import Foundation
import Testing

/// `mdw candles verify`: the stored candles beside those of a file.
@Suite struct CandlesVerifyTests {
    @Test func equalCandlesAreEqual() async throws {
        let household = try await Household.withApple { _ in true }
        let file = try await household.gzip(household.folder + "/aapl.csv")
        let arguments = ["candles", "verify", "AAPL", "--timeframe", "1d", "--against", file]
        let outcome = try await household.mdw(arguments)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(
            outcome.output
                == "AAPL: 21 equal, 0 different, 0 missing here, 0 missing there, 0 rows of the file no candle\n"
        )
        let report = try JSON(try await household.mdw(arguments + ["--json"]).output)
        #expect(report["is_equal"].flag == true && report["equal"].integer == 21)
    }

    @Test func eachDifferenceIsTold() async throws {
        let household = try await Household.withApple { !$0.hasPrefix("2019-01-15") }
        var rows = try CandleFiles.apple.filter { !$0.hasPrefix("2019-01-09") }
        rows[3] = rows[3].replacing("148.7,", with: "148.75,").replacing("54777764.0,", with: "1.0,")
        rows.append("2019-02-01,x,1,1,1,1,,")
        let file = try household.file("other.csv", CandleFiles.header + rows.map { $0 + "\n" }.joined())
        let arguments = ["candles", "verify", "AAPL", "--timeframe", "1d", "--against", file]
        let outcome = try await household.mdw(arguments + ["--json"])
        #expect(outcome.code == 1)
        let report = try JSON(outcome.output)
        let counts = ["equal", "different", "missing_here", "missing_there", "unreadable"].map { report[$0].integer }
        #expect(counts == [18, 1, 1, 1, 1])
        let differences = try #require(report["differences"].array)
        #expect(differences.map { $0["kind"].text } == ["different", "different", "missing_there", "missing_here"])
        #expect(differences.prefix(2).map { $0["field"].text } == ["open", "volume"])
        #expect(differences[0]["here"].real == 148.7 && differences[0]["there"].real == 148.75)
        #expect(differences[2]["time"].text == "2019-01-09T05:00:00Z")
        #expect(differences[3]["time"].text == "2019-01-15T05:00:00Z")
        #expect(report["unreadable_rows"][0]["line"].integer == 22)
        let text = try await household.mdw(arguments).output
        #expect(text.contains("18 equal, 1 different, 1 missing here, 1 missing there, 1 row of the file no candle"))
    }

    @Test func onlyWhatTheFileHasColumnsForIsCompared() async throws {
        let household = try await Household.withApple { _ in true }
        let rows = try CandleFiles.apple.map { row in row.split(separator: ",").prefix(6).joined(separator: ",") + "\n"
        }
        let file = try household.file("bare.csv", "date,open,high,low,close,volume\n" + rows.joined())
        let report = try await household.json("candles", "verify", "AAPL", "--timeframe", "1d", "--against", file)
        #expect(report["equal"].integer == 21)
    }

    @Test func aPartOfTheTimeIsComparedWithThatPart() async throws {
        let household = try await Household.withApple { _ in true }
        let rows = try CandleFiles.apple[5..<10].map { $0 + "\n" }.joined()
        let file = try household.file("part.csv", CandleFiles.header + rows)
        let report = try await household.json("candles", "verify", "AAPL", "--timeframe", "1d", "--against", file)
        #expect(report["equal"].integer == 5 && report["missing_there"].integer == 0)
    }

    @Test func aFileThatIsNoneIsAnError() async throws {
        let household = try await Household.withApple { _ in true }
        let file = try household.file("none.csv", "a,b\n")
        let outcome = try await household.mdw("candles", "verify", "AAPL", "--timeframe", "1d", "--against", file)
        #expect(outcome.code == 1 && outcome.errors.contains("no column for time"))
    }

    @Test func manyCandlesAreReadPageByPage() async throws {
        let household = try await Household.ready()
        let file = household.folder + "/file.csv"
        try CandleFiles.write(candles: 30_000, to: file)
        _ = try await household.json("candles", "import", file, "--symbol", "BTC", "--timeframe", "5m")
        let outcome = try await household.mdw(
            ["candles", "verify", "BTC", "--timeframe", "5m", "--against", file, "--json", "--limit", "3"]
        )
        // The rows with a price of 0 are no candles.
        #expect(outcome.code == 1)
        let report = try JSON(outcome.output)
        #expect(report["equal"].integer == 29_970 && report["unreadable"].integer == 30)
        #expect(report["unreadable_rows"].array?.count == 3)
    }
}
