import Testing
import Warehouse

@testable import struct Backfill.PageCoverage

@Suite struct PageCoverageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let asset: AssetClass
        let timeframe: Timeframe
        let range: (String, String)
        let candles: [String]
        var before: String?
        var now = "2024-06-03T12:00:00Z"
        let marked: [String]

        var testDescription: String { name }
    }

    // Times are UTC; New York is 4 hours behind in May. 2024-05-27 is a holiday, a Monday.
    static let cases = [
        Case(
            name: "every session has its candle",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-22T04:00Z", "2024-05-25T04:00Z"),
            candles: ["2024-05-22T04:00Z", "2024-05-23T04:00Z", "2024-05-24T04:00Z"],
            marked: ["had 2024-05-22T04:00:00Z 2024-05-25T04:00:00Z"]
        ),
        Case(
            name: "a session without candle is missing",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-22T04:00Z", "2024-05-25T04:00Z"),
            candles: ["2024-05-22T04:00Z", "2024-05-24T04:00Z"],
            marked: [
                "had 2024-05-22T04:00:00Z 2024-05-23T04:00:00Z", "missing 2024-05-23T04:00:00Z 2024-05-24T04:00:00Z",
                "had 2024-05-24T04:00:00Z 2024-05-25T04:00:00Z",
            ]
        ),
        Case(
            name: "weekend and holiday are no sessions",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-25T04:00Z", "2024-05-28T04:00Z"),
            candles: [],
            marked: ["confirmed_empty 2024-05-25T04:00:00Z 2024-05-28T04:00:00Z"]
        ),
        Case(
            name: "nothing at all where something is expected",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-24T04:00Z", "2024-05-26T04:00Z"),
            candles: [],
            marked: [
                "missing 2024-05-24T04:00:00Z 2024-05-25T04:00:00Z",
                "confirmed_empty 2024-05-25T04:00:00Z 2024-05-26T04:00:00Z",
            ]
        ),
        Case(
            name: "crypto trades every day",
            asset: .crypto,
            timeframe: .oneDay,
            range: ("2024-05-25T00:00Z", "2024-05-28T00:00Z"),
            candles: ["2024-05-25T00:00Z", "2024-05-27T00:00Z"],
            marked: [
                "had 2024-05-25T00:00:00Z 2024-05-26T00:00:00Z", "missing 2024-05-26T00:00:00Z 2024-05-27T00:00:00Z",
                "had 2024-05-27T00:00:00Z 2024-05-28T00:00:00Z",
            ]
        ),
        Case(
            name: "a session with one candle is not without",
            asset: .stock,
            timeframe: .fiveMinutes,
            range: ("2024-05-23T04:00Z", "2024-05-24T04:00Z"),
            candles: ["2024-05-23T15:05Z"],
            marked: ["had 2024-05-23T04:00:00Z 2024-05-24T04:00:00Z"]
        ),
        Case(
            name: "its candle may have come with the page before",
            asset: .stock,
            timeframe: .fiveMinutes,
            range: ("2024-05-23T15:10Z", "2024-05-24T04:00Z"),
            candles: [],
            before: "2024-05-23T15:05Z",
            marked: ["confirmed_empty 2024-05-23T15:10:00Z 2024-05-24T04:00:00Z"]
        ),
        Case(
            name: "the rest of a session without any candle",
            asset: .stock,
            timeframe: .fiveMinutes,
            range: ("2024-05-23T15:10Z", "2024-05-24T04:00Z"),
            candles: [],
            before: "2024-05-22T15:05Z",
            marked: ["missing 2024-05-23T15:10:00Z 2024-05-24T04:00:00Z"]
        ),
        Case(
            name: "after the close nothing is expected",
            asset: .stock,
            timeframe: .fiveMinutes,
            range: ("2024-05-23T20:00Z", "2024-05-24T04:00Z"),
            candles: [],
            before: "2024-05-22T15:05Z",
            marked: ["confirmed_empty 2024-05-23T20:00:00Z 2024-05-24T04:00:00Z"]
        ),
        Case(
            name: "a week with a holiday",
            asset: .stock,
            timeframe: .oneWeek,
            range: ("2024-05-19T04:00Z", "2024-06-02T04:00Z"),
            candles: ["2024-05-19T04:00Z", "2024-05-26T04:00Z"],
            now: "2024-06-30T12:00:00Z",
            marked: ["had 2024-05-19T04:00:00Z 2024-06-02T04:00:00Z"]
        ),
        Case(
            name: "a week without candle is missing",
            asset: .stock,
            timeframe: .oneWeek,
            range: ("2024-05-19T04:00Z", "2024-06-02T04:00Z"),
            candles: ["2024-05-26T04:00Z"],
            now: "2024-06-30T12:00:00Z",
            marked: [
                "missing 2024-05-19T04:00:00Z 2024-05-26T04:00:00Z", "had 2024-05-26T04:00:00Z 2024-06-02T04:00:00Z",
            ]
        ),
        Case(
            name: "a stock's day settles at eleven",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-22T04:00Z", "2024-05-24T04:00Z"),
            candles: ["2024-05-22T04:00Z", "2024-05-23T04:00Z"],
            now: "2024-05-24T14:59:00Z",
            marked: [
                "had 2024-05-22T04:00:00Z 2024-05-23T04:00:00Z",
                "provisional 2024-05-23T04:00:00Z 2024-05-24T04:00:00Z",
            ]
        ),
        Case(
            name: "at eleven it is final",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-22T04:00Z", "2024-05-24T04:00Z"),
            candles: ["2024-05-22T04:00Z", "2024-05-23T04:00Z"],
            now: "2024-05-24T15:00:00Z",
            marked: ["had 2024-05-22T04:00:00Z 2024-05-24T04:00:00Z"]
        ),
        Case(
            name: "a time that is not over is never empty",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-25T04:00Z", "2024-05-27T04:00Z"),
            candles: [],
            now: "2024-05-26T12:00:00Z",
            marked: []
        ),
        Case(
            name: "unsettled hours end with their last candle",
            asset: .crypto,
            timeframe: .oneHour,
            range: ("2024-05-25T00:00Z", "2024-05-26T00:00Z"),
            candles: ["2024-05-25T09:00Z", "2024-05-25T10:00Z"],
            now: "2024-05-25T10:30:00Z",
            marked: [
                "had 2024-05-25T00:00:00Z 2024-05-25T10:00:00Z",
                "provisional 2024-05-25T10:00:00Z 2024-05-25T11:00:00Z",
            ]
        ),
        Case(
            name: "no time",
            asset: .stock,
            timeframe: .oneDay,
            range: ("2024-05-25", "2024-05-25"),
            candles: [],
            marked: []
        ),
    ]

    @Test(arguments: cases) func `what a page lets know`(of test: Case) {
        let candles = test.candles.map { Candle(time: .at($0), open: 1, high: 1, low: 1, close: 1, volume: 1) }
        let coverage = PageCoverage(ticker: Ticker(stored: "TEST", assetClass: test.asset), timeframe: test.timeframe)
        let marked = coverage.intervals(
            in: .at(test.range.0) ..< .at(test.range.1),
            candles: candles[...],
            after: test.before.map { .at($0) },
            now: .at(test.now)
        )
        let texts = marked.map { "\($0.state.rawValue) \($0.range.lowerBound) \($0.range.upperBound)" }
        #expect(texts == test.marked)
    }
}
