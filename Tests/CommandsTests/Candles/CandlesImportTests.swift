import Foundation
import Testing
import Warehouse

/// `mdw candles import` as an administrator runs it.
@Suite struct CandlesImportTests {
    @Test func aFileOfDaysIsStoredAsTheVendorWouldSendIt() async throws {
        let household = try await Household.ready()
        let rows = try CandleFiles.apple
        let file = try household.file("aapl.csv", CandleFiles.header + rows.map { $0 + "\n" }.joined())
        let report = try await household.json("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d")
        #expect(
            ["read", "stored", "revised", "unchanged", "rejected"].map { report[$0].integer } == [21, 21, 0, 0, 0]
        )
        #expect(report["changed"].flag == true && report["complete"].flag == true)
        let first = "SELECT time, open, volume, vwap, trades, source FROM candles ORDER BY time LIMIT 1"
        #expect(try await household.answer(first) == "1546405200000000|154.89|37039737.0|155.5485|1|csv")
        // The drop of 3 January 2019 is a gap by the same rule as for the vendor.
        #expect(try await household.answer("SELECT candles, gaps, rejected FROM symbol_stats") == "21|0|0")
        // One stretch from the first session to the end of the last, holidays and weekends included.
        let coverage = "SELECT start_time, end_time, state FROM coverage"
        #expect(try await household.answer(coverage) == "1546318800000000|1548997200000000|had")
        #expect(try await household.mdw("audit", "list").output.contains("candles.import"))
    }

    @Test func aSecondTimeNothingChanges() async throws {
        let household = try await Household.ready()
        let rows = try CandleFiles.apple + ["2019-02-01,0,1,1,1,1,1,1", "2019-02-04,x,1,1,1,1,1,1"]
        let plain = try household.file("aapl.csv", CandleFiles.header + rows.map { $0 + "\n" }.joined())
        let file = try await household.gzip(plain)
        let arguments = ["candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d", "--json"]
        #expect(try await household.mdw(arguments).code == 0)
        let before = try await household.dump()
        let again = try await household.mdw(arguments)
        #expect(again.code == 0)
        let report = try JSON(again.output)
        #expect(["stored", "revised", "unchanged", "rejected"].map { report[$0].integer } == [0, 0, 21, 2])
        #expect(report["changed"].flag == false)
        #expect(try await household.dump() == before)
        // Plain and compressed are the same rows.
        #expect(try await household.mdw("candles", "import", plain, "--symbol", "AAPL", "--timeframe", "1d").code == 0)
        #expect(try await household.dump() == before)
    }

    @Test func whatIsRejectedIsKeptCountedAndListed() async throws {
        let household = try await Household.ready()
        let rows = [
            "2019-01-02,10,12,9,11,100,,", "2019-01-03,x,12,9,11,100,,", "2019-01-04,0,12,9,11,100,,",
            "2019-01-07,10,9,8,11,100,,", "2019-01-08,10,12,9,11,-1,,", "1960-01-04,10,12,9,11,100,,",
            "2019-01-09T12:00:00Z,10,12,9,11,100,,", "2019-01-10,1", "2019-01-11,10,12,9,11,100,,",
        ]
        let file = try household.file("aapl.csv", CandleFiles.header + rows.map { $0 + "\n" }.joined())
        let report = try await household.json("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d")
        #expect(["read", "stored", "rejected"].map { report[$0].integer } == [9, 2, 7])
        let byRule = report["rejected_by_rule"]
        let expected = ["V01": [3, 9], "V02": [4], "V03": [5], "V04": [6], "V05": [7], "V07": [8]]
        #expect(byRule.keys == Set(expected.keys))
        for (rule, lines) in expected {
            #expect(byRule[rule]["count"].integer == lines.count)
            #expect(byRule[rule]["samples"].array?.compactMap { $0["line"].integer } == lines, "\(rule)")
        }
        #expect(byRule["V02"]["samples"][0]["raw"].text == rows[2])
        let kept = try await household.answer("SELECT COUNT(*), COUNT(DISTINCT raw), MIN(source) FROM rejected_candles")
        #expect(kept == "7|7|csv")
        #expect(try await household.answer("SELECT candles, rejected FROM symbol_stats") == "2|7")
        let text = try await household.mdw("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d").output
        #expect(text.contains("line 4: the open 0.0 is not above 0"))
        #expect(text.contains("9 rows of 1 file: 0 stored, 0 revised, 2 unchanged, 0 twice in the file, 7 rejected"))
    }

    @Test func aFlatFileGivesTheTrackedSymbolsOnly() async throws {
        let household = try await Household.ready()
        let rows = ["A", "AAPL", "BTC", "MSFT", "X:BTCUSD", "ZZZ"].map { "\($0),30,1,2,4,0.5,1704171600000000000,7\n" }
        let file = try household.file("2024-01-02.csv", CandleFiles.vendorHeader + rows.joined())
        let report = try await household.json("candles", "import", file, "--timeframe", "1d")
        // Day candles of BTC start at midnight UTC: that of New York is off its grid. BTC alone is an ETF's ticker.
        #expect(
            ["read", "stored", "rejected", "skipped_rows", "skipped_tickers"].map { report[$0].integer } == [
                3, 2, 1, 3, 3,
            ]
        )
        #expect(report["skipped"].keys == ["A", "BTC", "ZZZ"])
        let stored = "SELECT symbol FROM candles JOIN tracked_symbols ON id = symbol_id ORDER BY symbol"
        #expect(try await household.answer(stored) == "AAPL\nMSFT")
        let one = try await household.json("candles", "import", file, "--timeframe", "1d", "--symbol", "AAPL")
        #expect(["read", "stored", "unchanged", "skipped_rows"].map { one[$0].integer } == [1, 0, 1, 5])
    }

    @Test func filesAreTakenInTheOrderOfTheirCandles() async throws {
        let household = try await Household.ready()
        let rows = try CandleFiles.apple
        let late = try household.file("a.csv", CandleFiles.header + rows.suffix(10).map { $0 + "\n" }.joined())
        let early = try household.file("b.csv", CandleFiles.header + rows.prefix(11).map { $0 + "\n" }.joined())
        _ = try await household.json("candles", "import", late, early, "--symbol", "AAPL", "--timeframe", "1d")
        let apart = try await household.answer("SELECT * FROM candles ORDER BY time")
        let other = try await Household.ready()
        let whole = try other.file("aapl.csv", CandleFiles.header + rows.map { $0 + "\n" }.joined())
        _ = try await other.json("candles", "import", whole, "--symbol", "AAPL", "--timeframe", "1d")
        let columns = "time, open, high, low, close, volume, vwap, trades, flags"
        #expect(
            try await household.answer("SELECT \(columns) FROM candles ORDER BY time")
                == other.answer("SELECT \(columns) FROM candles ORDER BY time")
        )
        #expect(apart.split(separator: "\n").count == 21)
        #expect(try await household.answer("SELECT COUNT(*) FROM coverage") == "1")
    }

    @Test func anotherValueIsARevisionAndWhatAFileLeavesOutStays() async throws {
        let household = try await Household.ready()
        let full = try household.file(
            "a.csv",
            CandleFiles.header + "2019-01-02,10,12,9,11,100,13,5\n2019-01-03,10,12,9,11,100,10,6\n"
        )
        _ = try await household.json("candles", "import", full, "--symbol", "AAPL", "--timeframe", "1d")
        let bare = try household.file(
            "b.csv",
            "date,open,high,low,close,volume\n2019-01-02,10,12,9,11,100\n2019-01-03,10,12,9,11.5,100\n"
        )
        let report = try await household.json("candles", "import", bare, "--symbol", "AAPL", "--timeframe", "1d")
        #expect(["stored", "revised", "unchanged"].map { report[$0].integer } == [0, 1, 1])
        let rows = try await household.answer("SELECT close, vwap, trades, flags FROM candles ORDER BY time")
        #expect(rows == "11.0|13.0|5|64\n11.5|10.0|6|0")
        #expect(try await household.answer("SELECT revisions FROM symbol_stats") == "1")
    }

    @Test func simulatedAndRealNeverMix() async throws {
        let household = try await Household.ready()
        let started = try await household.mdw(
            "backfill",
            "start",
            "AAPL",
            "--timeframe",
            "1d",
            "--from",
            "2019-01-02",
            "--to",
            "2019-01-31",
            "--wait"
        )
        #expect(started.code == 0, "\(started.errors)")
        let file = try household.file("a.csv", CandleFiles.header + "2019-01-02,10,12,9,11,100,,\n")
        let outcome = try await household.mdw("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("AAPL holds simulated candles and can't take csv ones: use another database"))
    }

    @Test func theOwnExportCanBeImported() async throws {
        let household = try await Household.ready()
        let rows = try CandleFiles.apple.map { $0 + "\n" }.joined()
        let file = try household.file("aapl.csv", CandleFiles.header + rows)
        _ = try await household.json("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d")
        let exported = try await household.mdw("candles", "export", "AAPL", "--timeframe", "1d").output
        let back = try household.file("export.csv", exported)
        let report = try await household.json("candles", "import", back, "--timeframe", "1d")
        #expect(["read", "stored", "unchanged"].map { report[$0].integer } == [21, 0, 21])
    }
}
