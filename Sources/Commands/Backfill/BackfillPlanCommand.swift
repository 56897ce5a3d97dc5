import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw backfill plan`.
struct BackfillPlanCommand: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract:
            "Shows what a backfill would do now: requests to the vendor, what is computed, and how long it takes.",
        discussion: """
            What is stored is not fetched again. 15m, 30m and 1h candles are made of 5m ones, 1w of 1d ones, where those \
            are complete. Changes nothing.

            Example: mdw backfill plan AAPL --timeframe 1h --from 2024-01-01
            """
    )

    @OptionGroup var symbol: SymbolArgument

    @Option(help: "Which candles.")
    var timeframe = Timeframe.oneDay

    @OptionGroup var days: DayRangeOptions
    @OptionGroup var feed: FeedOptions
    @OptionGroup var options: StoreOptions

    var flags: Settings.Flags { feed.flags(options) }

    func run(in session: CommandSession) async throws {
        let symbol = try await session.store.symbols.find(symbol.symbol)
        let limit = try session.composition.settings.feed.get().requestsPerMinute
        let (span, plan) = try await session.store.jobs.plan(
            symbol,
            timeframe: timeframe,
            from: days.from,
            to: days.to
        )
        let days = TradingCalendar(for: symbol.ticker.assetClass).days(of: span.range)
        let duration = plan.duration(requestsPerMinute: limit)
        guard !session.renderer.json else {
            return try session.renderer.object(object(symbol, days, span, plan, limit, duration))
        }
        try session.renderer.line(
            "\(symbol.symbol) \(timeframe.rawValue), \(days.first) to \(days.last): "
                + "\(span.expectedUnits.counted("candle")) expected"
        )
        guard !plan.steps.isEmpty else {
            return try session.renderer.line("nothing to do: all of it is known, or the market does not trade then")
        }
        let pace = limit == 0 ? "without a limit" : "at \(limit.grouped) a minute"
        let time = duration.map { $0 == .zero ? ", done at once" : ", at least \($0.shortText)" } ?? ""
        try session.renderer.line("\(plan.requests.counted("request")) to the vendor \(pace)\(time)")
        if let base = timeframe.base, plan.derived > 0 {
            try session.renderer.line(
                "\(plan.derived.counted("stretch", "stretches")) made of \(base.rawValue) candles"
            )
        }
        for step in plan.steps {
            let days = TradingCalendar(for: symbol.ticker.assetClass).days(of: step.range)
            try session.renderer.line("  \(step.verb) \(days.first) to \(days.last)")
        }
    }

    private func object(
        _ symbol: TrackedSymbol,
        _ days: (first: TradingDay, last: TradingDay),
        _ span: BackfillSpan,
        _ plan: BackfillPlan,
        _ limit: Int,
        _ duration: Duration?
    ) -> Value {
        .object([
            Value.Member("symbol", .text(symbol.symbol)), Value.Member("timeframe", .text(timeframe.rawValue)),
            Value.Member("from", .day(days.first)), Value.Member("to", .day(days.last)),
            Value.Member("expected_candles", .integer(span.expectedUnits)),
            Value.Member("requests", .integer(plan.requests)), Value.Member("derived", .integer(plan.derived)),
            Value.Member("requests_per_minute", .integer(limit)),
            Value.Member("seconds", duration.map { .integer($0.components.seconds) } ?? .none),
            Value.Member(
                "steps",
                .list(
                    plan.steps.map { step in
                        .object([
                            Value.Member("action", .text(step.verb)),
                            Value.Member("start", .time(step.range.lowerBound)),
                            Value.Member("end", .time(step.range.upperBound)),
                        ])
                    }
                )
            ),
        ])
    }
}

extension BackfillPlan.Step {
    fileprivate var verb: String {
        switch self {
        case .fetch: "fetch"
        case .derive: "derive"
        }
    }
}
