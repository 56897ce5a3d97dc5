import Foundation
import Testing

/// `mdw candles gaps`: sessions without a candle, ready for the vendor.
@Suite struct CandlesGapsTests {
    @Test func aDayThatWasRemovedIsListedWithItsNeighbours() async throws {
        let household = try await Household.withApple { !$0.hasPrefix("2019-01-15") }
        let gaps = try #require(try await household.json("candles", "gaps", "AAPL").array)
        #expect(gaps.count == 1)
        let gap = gaps[0]
        #expect(
            ["symbol", "vendor_ticker", "timeframe", "session"].map { gap[$0].text } == [
                "AAPL", "AAPL", "1d", "2019-01-15",
            ]
        )
        #expect(gap["previous_session"].text == "2019-01-14" && gap["next_session"].text == "2019-01-16")
        #expect(gap["previous_volume"].real == 32_439_186 && gap["next_volume"].real == 30_569_706)
        let csv = try await household.mdw("candles", "gaps", "AAPL", "--format", "csv").lines
        #expect(
            csv == [
                "symbol,vendor_ticker,timeframe,session,previous_session,previous_volume,next_session,next_volume",
                "AAPL,AAPL,1d,2019-01-15,2019-01-14,32439186,2019-01-16,30569706",
            ]
        )
    }

    @Test func severalInARowShareTheirNeighbours() async throws {
        let household = try await Household.withApple { row in
            !["14", "15", "22"].contains { row.hasPrefix("2019-01-\($0)") }
        }
        let gaps = try #require(try await household.json("candles", "gaps", "AAPL").array)
        #expect(gaps.map { $0["session"].text } == ["2019-01-14", "2019-01-15", "2019-01-22"])
        // Martin Luther King Day, the 21st, and weekends are none.
        #expect(gaps.map { $0["previous_session"].text } == ["2019-01-11", "2019-01-11", "2019-01-18"])
        #expect(gaps.map { $0["next_session"].text } == ["2019-01-16", "2019-01-16", "2019-01-23"])
    }

    @Test func withoutDaysItLooksFromFirstToLastCandle() async throws {
        let household = try await Household.withApple { _ in true }
        let text = try await household.mdw("candles", "gaps", "AAPL").output
        #expect(text == "no session is missing\n")
        #expect(try await household.json("candles", "gaps", "AAPL").array?.isEmpty == true)
        let around = try #require(
            try await household.json("candles", "gaps", "AAPL", "--from", "2018-12-24", "--to", "2019-02-04").array
        )
        // Christmas and New Year's Day are none.
        let days = ["2018-12-24", "2018-12-26", "2018-12-27", "2018-12-28", "2018-12-31", "2019-02-01", "2019-02-04"]
        #expect(around.map { $0["session"].text } == days)
        #expect(around[0]["previous_session"].isNull && around[0]["next_session"].text == "2019-01-02")
        #expect(around[6]["previous_session"].text == "2019-01-31" && around[6]["next_session"].isNull)
        #expect(try await household.mdw("candles", "gaps", "MSFT").output == "no 1d candle of MSFT is stored\n")
        let empty = try await household.mdw("candles", "gaps", "AAPL", "--from", "2019-01-31", "--to", "2019-01-02")
        #expect(empty.code == 1)
    }

    @Test func clockChangesHideNothing() async throws {
        let household = try await Household.ready()
        let days = ["2024-03-07", "2024-03-08", "2024-03-12", "2024-10-31", "2024-11-04", "2024-11-05"]
        let rows = days.map { "\($0),10,12,9,11,100,,\n" }.joined()
        let file = try household.file("a.csv", CandleFiles.header + rows)
        _ = try await household.json("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d")
        let spring = try await household.json("candles", "gaps", "AAPL", "--from", "2024-03-07", "--to", "2024-03-12")
        #expect(spring.array?.map { $0["session"].text } == ["2024-03-11"])
        let autumn = try await household.json("candles", "gaps", "AAPL", "--from", "2024-10-31", "--to", "2024-11-05")
        #expect(autumn.array?.map { $0["session"].text } == ["2024-11-01"])
    }

    @Test func intradayItListsSessionsWithoutAnyCandle() async throws {
        let household = try await Household.ready()
        let times = ["2024-03-08T15:00:00Z", "2024-03-08T16:00:00Z", "2024-03-12T14:00:00Z"]
        let rows = times.map { "\($0),10,12,9,11,100,,\n" }.joined()
        let file = try household.file("a.csv", CandleFiles.header + rows)
        _ = try await household.json("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1h")
        let gaps = try #require(try await household.json("candles", "gaps", "AAPL", "--timeframe", "1h").array)
        #expect(gaps.map { $0["session"].text } == ["2024-03-11"])
        #expect(gaps[0]["previous_volume"].real == 200 && gaps[0]["next_volume"].real == 100)
    }

    @Test func weeksAndCryptoHaveSessionsOfTheirOwn() async throws {
        let household = try await Household.ready()
        let weeks = ["2024-03-03", "2024-03-17"].map { "\($0),10,12,9,11,100,,\n" }.joined()
        let stock = try household.file("a.csv", CandleFiles.header + weeks)
        _ = try await household.json("candles", "import", stock, "--symbol", "AAPL", "--timeframe", "1w")
        let gaps = try await household.json("candles", "gaps", "AAPL", "--timeframe", "1w")
        #expect(gaps.array?.map { $0["session"].text } == ["2024-03-11"])
        let days = ["2024-03-08", "2024-03-11"].map { "\($0),10,12,9,11,100,,\n" }.joined()
        let coin = try household.file("b.csv", CandleFiles.header + days)
        _ = try await household.json("candles", "import", coin, "--symbol", "BTC", "--timeframe", "1d")
        let missing = try await household.json("candles", "gaps", "BTC")
        #expect(missing.array?.map { $0["session"].text } == ["2024-03-09", "2024-03-10"])
        #expect(missing[0]["vendor_ticker"].text == "X:BTCUSD")
    }
}

extension Household {
    /// A household that holds those of AAPL's recorded days that `isKept` keeps.
    static func withApple(_ isKept: (String) -> Bool) async throws -> Household {
        let household = try await ready()
        let rows = try CandleFiles.apple.filter(isKept).map { $0 + "\n" }.joined()
        let file = try household.file("aapl.csv", CandleFiles.header + rows)
        let outcome = try await household.mdw("candles", "import", file, "--symbol", "AAPL", "--timeframe", "1d")
        #expect(outcome.code == 0, "\(outcome.errors)")
        return household
    }
}
