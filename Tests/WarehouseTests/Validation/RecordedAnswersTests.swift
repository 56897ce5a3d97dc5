import Foundation
import Testing
import Warehouse

/// Answers that the vendor really sent: the reject rules must hit none of their bars.
@Suite struct RecordedAnswersTests {
    @Test func `a day of the whole market, 8374 bars`() throws {
        let answer = try RecordedAnswer("vcr-grouped-us-stocks-2019-02-01")
        let midnight = NewYorkTime.midnight(of: TradingDay(year: 2019, month: 2, day: 1))
        let rules = CandleRules(checksTimeGrid: false)
        var verdicts: [PageVerdict] = []
        for (ticker, bar) in zip(answer.tickers, answer.page.bars) {
            let ticker = try Ticker(typed: try #require(ticker), assetClass: .stock)
            let request = CandleRequest(
                ticker: ticker,
                timeframe: .oneDay,
                range: midnight..<(midnight + .seconds(86_400))
            )
            let page = FeedPage(bars: [bar])
            verdicts.append(rules.judge(page, of: request, now: Timestamp(seconds: 1_588_374_197)))
        }
        #expect(verdicts.count == 8374)
        #expect(verdicts.flatMap(\.rejected) == [])
        #expect(verdicts.compactMap(\.refusal) == [])
        #expect(verdicts.flatMap(\.warnings) == [])
        let flags = verdicts.flatMap(\.candles).map(\.flags)
        #expect(flags.count == 8374)
        #expect(flags.count { $0.contains(.vwapOutsideRange) } == 544)
        #expect(flags.count { $0.contains(.zeroVolume) } == 60)
        #expect(flags.count { $0.contains(.extremeMove) } == 1)
        #expect(flags.count { $0.contains(.provisional) } == 0)
    }

    @Test func `the spelling of every recorded ticker is kept`() throws {
        for case let text? in try RecordedAnswer("vcr-grouped-us-stocks-2019-02-01").tickers
        where text.contains(where: \.isUppercase) {
            #expect(try Ticker(typed: text, assetClass: .stock).vendorTicker == text)
        }
    }

    @Test(arguments: [
        ("vcr-aapl-day-2019-01", "2019-01-02", "2019-02-01", 21),
        // Over a clock change: 05:00Z, then 04:00Z.
        ("official-aapl-day-2005-04-01_04", "2005-04-01", "2005-04-05", 2),
    ])
    func `day bars of one stock`(name: String, from: String, to: String, count: Int) throws {
        let answer = try RecordedAnswer(name)
        let first = try isoDay(from)
        let end = try isoDay(to)
        let request = CandleRequest(
            ticker: try Ticker(typed: "AAPL", assetClass: .stock),
            timeframe: .oneDay,
            range: NewYorkTime.midnight(of: first)..<NewYorkTime.midnight(of: end)
        )
        let verdict = CandleRules().judge(answer.page, of: request, now: Timestamp(seconds: 1_588_374_197))
        #expect(verdict.refusal == nil)
        #expect(verdict.rejected == [])
        #expect(verdict.warnings == [])
        #expect(verdict.candles.count == count)
        #expect(verdict.candles.allSatisfy { $0.flags == [] })
        let days = verdict.candles.map { NewYorkTime.day(at: $0.time) }
        #expect(days == TradingCalendar.newYorkStockExchange.sessionDays(in: first..<end))
    }
}

/// One of the recorded files.
private struct RecordedAnswer {
    var page = FeedPage()
    var tickers: [String?] = []

    init(_ name: String) throws {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        let json = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
        let answer = try #require(json as? [String: Any])
        page.ticker = answer["ticker"] as? String
        page.adjusted = answer["adjusted"] as? Bool
        page.declaredCount = answer["resultsCount"] as? Int
        for result in try #require(answer["results"] as? [[String: Any]]) {
            func number(_ key: String) -> Double? { (result[key] as? NSNumber)?.doubleValue }
            tickers.append(result["T"] as? String)
            page.bars.append(
                RawBar(
                    time: (result["t"] as? NSNumber)?.int64Value,
                    open: number("o") ?? .nan,
                    high: number("h") ?? .nan,
                    low: number("l") ?? .nan,
                    close: number("c") ?? .nan,
                    volume: number("v") ?? .nan,
                    vwap: number("vw"),
                    trades: (result["n"] as? NSNumber)?.int64Value
                )
            )
        }
    }
}
