import Testing
import Warehouse

@Suite struct SymbolFreshnessTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var assetClass = AssetClass.stock
        var timeframe = Timeframe.oneDay
        var added = "2020-01-01T00:00:00Z"
        /// `nil` for no candle.
        let last: String?
        let now: String
        let isStale: Bool
    }

    // Of January 2019: the 18th is a Friday, the 21st a holiday. Sessions end at 21:00 UTC in winter.
    static let cases = [
        Case(
            testDescription: "the last session's candle is there",
            last: "2019-01-18T05:00:00Z",
            now: "2019-01-19T12:00:00Z",
            isStale: false
        ),
        Case(
            testDescription: "over a weekend",
            last: "2019-01-11T05:00:00Z",
            now: "2019-01-14T23:00:00Z",
            isStale: false
        ),
        Case(
            testDescription: "over a weekend and a holiday",
            last: "2019-01-18T05:00:00Z",
            now: "2019-01-22T23:00:00Z",
            isStale: false
        ),
        Case(
            testDescription: "right before 36 hours after the session that followed",
            last: "2019-01-18T05:00:00Z",
            now: "2019-01-24T08:59:59Z",
            isStale: false
        ),
        Case(
            testDescription: "36 hours after the session that followed",
            last: "2019-01-18T05:00:00Z",
            now: "2019-01-24T09:00:00Z",
            isStale: true
        ),
        Case(testDescription: "a year later", last: "2019-01-18T05:00:00Z", now: "2020-01-24T09:00:00Z", isStale: true),
        Case(
            testDescription: "five-minute candles of the last session",
            timeframe: .fiveMinutes,
            last: "2019-01-18T20:55:00Z",
            now: "2019-01-22T12:00:00Z",
            isStale: false
        ),
        Case(
            testDescription: "five-minute candles of the session before",
            timeframe: .fiveMinutes,
            last: "2019-01-17T20:55:00Z",
            now: "2019-01-21T12:00:00Z",
            isStale: true
        ),
        Case(
            testDescription: "crypto has no weekend",
            assetClass: .crypto,
            last: "2019-01-11T00:00:00Z",
            now: "2019-01-14T12:00:00Z",
            isStale: true
        ),
        Case(
            testDescription: "crypto of the day before yesterday",
            assetClass: .crypto,
            last: "2019-01-12T00:00:00Z",
            now: "2019-01-14T12:00:00Z",
            isStale: false
        ),
        Case(
            testDescription: "a week's candle while the next week goes on",
            timeframe: .oneWeek,
            last: "2019-01-06T05:00:00Z",
            now: "2019-01-17T12:00:00Z",
            isStale: false
        ),
        Case(
            testDescription: "a week's candle after the next week",
            timeframe: .oneWeek,
            last: "2019-01-06T05:00:00Z",
            now: "2019-01-20T12:00:00Z",
            isStale: true
        ),
        Case(
            testDescription: "no candle, tracked for long",
            added: "2019-01-01T00:00:00Z",
            last: nil,
            now: "2019-01-18T12:00:00Z",
            isStale: true
        ),
        Case(
            testDescription: "no candle, tracked since the weekend",
            added: "2019-01-19T12:00:00Z",
            last: nil,
            now: "2019-01-23T12:00:00Z",
            isStale: false
        ),
        Case(
            testDescription: "no candle of the first session after it was added",
            added: "2019-01-19T12:00:00Z",
            last: nil,
            now: "2019-01-24T12:00:00Z",
            isStale: true
        ),
        Case(
            testDescription: "older candles than the symbol is tracked, from an import",
            added: "2019-01-22T12:00:00Z",
            last: "2018-12-03T05:00:00Z",
            now: "2019-01-23T12:00:00Z",
            isStale: true
        ),
    ]

    @Test(arguments: cases) func `what is expected by the calendar`(_ test: Case) {
        let symbol = SymbolFreshness(
            ticker: Ticker(stored: "AAPL", assetClass: test.assetClass),
            dateAdded: .iso(test.added),
            lastCandles: [test.timeframe: test.last.map { .iso($0) }]
        )
        let stale = symbol.staleTimeframes(at: .iso(test.now), after: .seconds(36 * 3600))
        #expect(stale == (test.isStale ? [test.timeframe] : []))
    }

    @Test func `names the timeframes that are behind`() {
        let symbol = SymbolFreshness(
            ticker: Ticker(stored: "AAPL", assetClass: .stock),
            dateAdded: .iso("2018-01-01T00:00:00Z"),
            lastCandles: [
                .oneDay: .iso("2019-01-10T05:00:00Z"), .oneHour: .iso("2019-01-18T20:00:00Z"), .fiveMinutes: nil,
            ]
        )
        let stale = symbol.staleTimeframes(at: .iso("2019-01-20T12:00:00Z"), after: .seconds(36 * 3600))
        #expect(stale == [.fiveMinutes, .oneDay])
    }

    @Test func `no timeframe is never stale`() {
        let symbol = SymbolFreshness(
            ticker: Ticker(stored: "AAPL", assetClass: .stock),
            dateAdded: .iso("2018-01-01T00:00:00Z"),
            lastCandles: [:]
        )
        #expect(symbol.staleTimeframes(at: .iso("2019-01-20T12:00:00Z"), after: .zero).isEmpty)
    }
}

extension Timestamp {
    /// An instant that stands in a test itself.
    static func iso(_ text: String) -> Timestamp {
        guard let time = Timestamp(iso: text) else { preconditionFailure("\(text) is not an instant") }
        return time
    }
}
