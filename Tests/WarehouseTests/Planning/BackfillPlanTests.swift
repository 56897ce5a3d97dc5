import Testing
import Warehouse

/// What a backfill will do, before it does it.
@Suite struct BackfillPlanTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var assetClass = AssetClass.stock
        let timeframe: Timeframe
        var range = ("2024-05-01", "2024-06-01")
        var coverage: [(String, String, CoverageState)] = []
        var base: [(String, String, CoverageState)]?
        let steps: [String]

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "nothing is known", timeframe: .oneDay, steps: ["fetch 2024-05-01 2024-05-31"]),
        Case(
            name: "all is known",
            timeframe: .oneDay,
            coverage: [("2024-05-01", "2024-06-01", .had)],
            steps: []
        ),
        Case(
            name: "what is provisional or missing is asked for again, the rest is not",
            timeframe: .oneDay,
            coverage: [
                ("2024-05-01", "2024-05-07", .had), ("2024-05-07", "2024-05-08", .missing),
                ("2024-05-08", "2024-05-14", .beforeListing), ("2024-05-14", "2024-05-20", .confirmedEmpty),
                ("2024-05-20", "2024-05-30", .notEntitled), ("2024-05-30", "2024-06-01", .provisional),
            ],
            steps: ["fetch 2024-05-07 2024-05-07", "fetch 2024-05-30 2024-05-31"]
        ),
        Case(
            name: "a holiday between what is known is never asked for",
            timeframe: .oneDay,
            coverage: [("2024-05-01", "2024-05-25", .had), ("2024-05-28", "2024-06-01", .had)],
            steps: []
        ),
        Case(
            name: "a month of minutes in two requests",
            assetClass: .crypto,
            timeframe: .fiveMinutes,
            range: ("2024-05-01", "2024-06-10"),
            steps: ["fetch 2024-05-01 2024-06-03", "fetch 2024-06-04 2024-06-09"]
        ),
        Case(
            name: "hours are made of minutes where those are complete",
            assetClass: .crypto,
            timeframe: .oneHour,
            base: [("2024-05-01", "2024-05-11", .had), ("2024-05-11", "2024-05-21", .provisional)],
            steps: ["derive 2024-05-01 2024-05-10", "fetch 2024-05-11 2024-05-31"]
        ),
        Case(
            name: "a hole in the minutes is fetched",
            assetClass: .crypto,
            timeframe: .thirtyMinutes,
            base: [
                ("2024-05-01", "2024-05-11", .had), ("2024-05-11", "2024-05-12", .missing),
                ("2024-05-12", "2024-06-01", .had),
            ],
            steps: ["derive 2024-05-01 2024-05-10", "fetch 2024-05-11 2024-05-11", "derive 2024-05-12 2024-05-31"]
        ),
        Case(
            name: "weeks are made of days",
            timeframe: .oneWeek,
            range: ("2024-05-05", "2024-06-02"),
            base: [("2024-01-01", "2024-12-31", .had)],
            steps: ["derive 2024-05-05 2024-06-01"]
        ),
        Case(
            name: "a week that is known in part only is fetched whole",
            timeframe: .oneWeek,
            range: ("2024-05-05", "2024-06-02"),
            base: [("2024-01-01", "2024-05-15", .had), ("2024-05-19", "2024-12-31", .had)],
            steps: ["derive 2024-05-05 2024-05-11", "fetch 2024-05-12 2024-05-18", "derive 2024-05-19 2024-06-01"]
        ),
    ]

    @Test(arguments: cases)
    func `plans`(_ example: Case) throws {
        let calendar = TradingCalendar(for: example.assetClass)
        func range(_ from: String, _ to: String) throws -> Range<Timestamp> {
            calendar.start(of: try isoDay(from))..<calendar.start(of: try isoDay(to))
        }
        let base = try example.base.map { intervals in
            try intervals.map { CoverageInterval(try range($0.0, $0.1), $0.2) }
        }
        let plan = BackfillPlan(
            of: try range(example.range.0, example.range.1),
            ticker: Ticker(stored: "X", assetClass: example.assetClass),
            timeframe: example.timeframe,
            coverage: try example.coverage.map { CoverageInterval(try range($0.0, $0.1), $0.2) },
            base: base.flatMap { base in example.timeframe.base.map { ($0, base) } }
        )
        let steps = plan.steps.map { step in
            let days = calendar.days(of: step.range)
            return "\(step.isFetch ? "fetch" : "derive") \(days.first) \(days.last)"
        }
        #expect(steps == example.steps)
        #expect(plan.requests == example.steps.count { $0.hasPrefix("fetch") })
        #expect(plan.derived == example.steps.count { $0.hasPrefix("derive") })
    }

    @Test(arguments: [(0, 5, 0), (5, 5, 0), (6, 5, 60), (11, 5, 120), (1, 1, 0), (3, 1, 120)])
    func `lasts as long as the limit makes it`(days: Int, limit: Int, seconds: Int) throws {
        let crypto = TradingCalendar.everyDayUTC
        let start = try isoDay("2020-01-01")
        let plan = BackfillPlan(
            of: crypto.start(of: start)..<crypto.start(of: start.advanced(by: 34 * days)),
            ticker: Ticker(stored: "BTC", assetClass: .crypto),
            timeframe: .fiveMinutes,
            coverage: [],
            base: nil
        )
        #expect(plan.requests == days)
        #expect(plan.duration(requestsPerMinute: limit) == .seconds(seconds))
        #expect(plan.duration(requestsPerMinute: 0) == nil)
    }
}

extension BackfillPlan.Step {
    fileprivate var isFetch: Bool { if case .fetch = self { true } else { false } }
}
