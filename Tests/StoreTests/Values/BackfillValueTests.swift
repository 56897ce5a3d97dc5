import Testing
import Warehouse

@Suite struct BackfillSpanTests {
    /// Days and what they become, at 2026-11-24T03:00Z: the evening before in New York.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let assetClass: AssetClass
        let timeframe: Timeframe
        let from: String?
        let to: String?
        let range: String
        let units: Int64?

        init(
            _ name: String,
            _ assetClass: AssetClass,
            _ timeframe: Timeframe,
            _ from: String?,
            _ to: String?,
            _ range: String,
            _ units: Int64? = nil
        ) {
            testDescription = name
            self.assetClass = assetClass
            self.timeframe = timeframe
            self.from = from
            self.to = to
            self.range = range
            self.units = units
        }
    }

    static let cases = [
        Case("a week", .stock, .oneDay, "2026-01-05", "2026-01-09", "2026-01-05T05:00:00Z 2026-01-10T05:00:00Z", 5),
        Case("of an ETF", .etf, .oneDay, "2026-01-05", "2026-01-09", "2026-01-05T05:00:00Z 2026-01-10T05:00:00Z", 5),
        Case("of crypto", .crypto, .oneDay, "2026-01-05", "2026-01-09", "2026-01-05T00:00:00Z 2026-01-10T00:00:00Z", 5),
        Case("one day", .stock, .oneHour, "2026-01-05", "2026-01-05", "2026-01-05T05:00:00Z 2026-01-06T05:00:00Z", 7),
        Case("a weekend", .stock, .oneDay, "2026-01-10", "2026-01-11", "2026-01-10T05:00:00Z 2026-01-12T05:00:00Z", 0),
        Case("in summer", .stock, .oneDay, "2026-07-06", "2026-07-06", "2026-07-06T04:00:00Z 2026-07-07T04:00:00Z", 1),
        Case(
            "clocks change",
            .stock,
            .oneDay,
            "2026-03-06",
            "2026-03-09",
            "2026-03-06T05:00:00Z 2026-03-10T04:00:00Z",
            2
        ),
        Case("backwards", .stock, .oneDay, "2026-01-06", "2026-01-05", "2026-01-06T05:00:00Z 2026-01-06T05:00:00Z", 0),
        Case("two years", .stock, .oneDay, nil, nil, "2024-11-23T05:00:00Z 2026-11-24T05:00:00Z"),
        Case("weeks", .stock, .oneWeek, nil, nil, "2024-11-23T05:00:00Z 2026-11-24T05:00:00Z"),
        Case("60 days", .stock, .fourHours, nil, nil, "2026-09-24T04:00:00Z 2026-11-24T05:00:00Z"),
        Case("60 days of crypto", .crypto, .fiveMinutes, nil, nil, "2026-09-25T00:00:00Z 2026-11-25T00:00:00Z", 17_568),
        Case("up to today", .stock, .oneDay, "2026-11-23", nil, "2026-11-23T05:00:00Z 2026-11-24T05:00:00Z", 1),
        Case("from before", .stock, .oneHour, nil, "2026-01-05", "2025-11-06T05:00:00Z 2026-01-06T05:00:00Z"),
    ]

    @Test(arguments: cases)
    func `days become a range of the exchange`(span: Case) throws {
        let found = BackfillSpan(
            assetClass: span.assetClass,
            timeframe: span.timeframe,
            from: span.from.flatMap { TradingDay(iso: $0) },
            to: span.to.flatMap { TradingDay(iso: $0) },
            now: try #require(Timestamp(iso: "2026-11-24T03:00:00Z"))
        )
        #expect("\(found.range.lowerBound) \(found.range.upperBound)" == span.range)
        if let units = span.units { #expect(found.expectedUnits == units) }
        #expect(
            found.expectedUnits
                == BackfillSpan.units(of: found.range, assetClass: span.assetClass, timeframe: span.timeframe)
        )
    }
}

@Suite struct BackfillJobTests {
    @Test(
        arguments: [
            (.queued, 0, 10, 0), (.running, 5, 10, 0.5), (.failed, 10, 10, 1), (.running, 12, 10, 1),
            (.running, 3, 0, 0),
            (.completed, 0, 0, 1), (.completed, 3, 10, 1),
        ] as [(JobState, Int64, Int64, Double)]
    )
    func `the share that is done`(state: JobState, done: Int64, expected: Int64, fraction: Double) {
        let job = BackfillJob(
            id: JobID(1),
            symbolID: SymbolID(1),
            ticker: Ticker(stored: "AAPL", assetClass: .stock),
            timeframe: .oneDay,
            range: .sample(0)..<(.sample(10)),
            state: state,
            progress: BackfillJob.Progress(doneUntil: .sample(0), expectedUnits: expected, doneUnits: done),
            attempts: 0,
            nextAttempt: .sample(0),
            lease: nil,
            error: nil,
            priority: .manual,
            requestedBy: "alice",
            createdAt: .sample(0),
            startedAt: nil,
            finishedAt: nil
        )
        #expect(job.fractionDone == fraction)
        #expect("\(job.days.first) \(job.days.last)" == "2026-01-01 2026-01-10")
    }

    @Test(
        arguments: [
            (.queued, false), (.running, false), (.paused, false), (.completed, true), (.failed, true),
            (.cancelled, true),
        ] as [(JobState, Bool)]
    )
    func `finished is what nothing more happens to by itself`(state: JobState, finished: Bool) {
        #expect(state.isFinished == finished)
    }
}
