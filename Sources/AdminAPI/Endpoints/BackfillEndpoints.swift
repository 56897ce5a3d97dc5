import HTTPTypes
import Hummingbird
import Store
import Warehouse

/// The backfill jobs, for administrators.
enum BackfillEndpoints {
    static let all: [Endpoint] = [start, list, show, move]

    private static let id = Input<Int64>.path("id", .id, "The job's id")
    private static let symbol = Input.body("symbol", .text(1...20), "A tracked symbol")
    private static let timeframe = Input.body(
        "timeframe",
        InputKind<Timeframe>.choice,
        default: .oneDay,
        "Which candles"
    )
    private static let first = Input<TradingDay?>.optionalBody(
        "start",
        .day,
        "The first day; two years back for day and week candles, 60 days for others when nothing is said"
    )
    private static let last = Input<TradingDay?>.optionalBody("end", .day, "The last day; today when nothing is said")
    private static let state = Input<JobState?>.optionalQuery("state", .choice, "Only jobs in this state")
    private static let ofSymbol = Input<String?>.optionalQuery("symbol", .text(1...20), "Only jobs of this symbol")
    private static let limit = Input.query("limit", .integer(1...1000), default: 100, "At most so many jobs")
    private static let offset = Input.query("offset", .integer(0...Int64.max), default: 0, "Leaves out so many jobs")
    private static let action = Input.body("action", InputKind<Action>.choice, "What is to happen to the job")

    private enum Action: String, CaseIterable, Sendable {
        case pause
        case resume
        case cancel
        case retry
    }

    private static let start = Endpoint(
        .post,
        "/api/v1/admin/backfills",
        .administrators,
        "Puts a backfill into the queue",
        inputs: [symbol.described, timeframe.described, first.described, last.described],
        answers: [
            .json(shape.schema, "The job"), .refusal(.badRequest, "The range is empty"),
            .refusal(.notFound, "The symbol is not tracked"),
            .refusal(.conflict, "The symbol is inactive, or another job fetches a part of the range"),
        ]
    ) { call in
        let (name, timeframe, first, last) = try call.read(symbol, timeframe, first, last)
        let symbol = try await call.store.symbols.find(name)
        let job = try await call.store.jobs.start(symbol, timeframe: timeframe, from: first, to: last, by: call.actor)
        return .json(job, as: shape)
    }

    private static let list = Endpoint(
        .get,
        "/api/v1/admin/backfills",
        .administrators,
        "The jobs: the unfinished ones first, then the newest",
        inputs: [state.described, ofSymbol.described, limit.described, offset.described],
        answers: [.json(listShape.schema, "One page of them"), .refusal(.notFound, "The symbol is not tracked")]
    ) { call in
        let (state, name, limit, offset) = try call.read(state, ofSymbol, limit, offset)
        var query = JobStore.Query(limit: Int(limit), offset: Int(offset))
        if let state { query.states = [state] }
        if let name { query.symbol = try await call.store.symbols.find(name).id }
        let page = Page(
            jobs: try await call.store.jobs.list(query),
            total: try await call.store.jobs.count(query)
        )
        return .json(page, as: listShape)
    }

    private static let show = Endpoint(
        .get,
        "/api/v1/admin/backfills/{id}",
        .administrators,
        "A job and how far it is",
        inputs: [id.described],
        answers: [.json(shape.schema, "The job"), notFound]
    ) { call in .json(try await call.store.jobs.find(JobID(try call.read(id))), as: shape) }

    private static let move = Endpoint(
        .put,
        "/api/v1/admin/backfills/{id}",
        .administrators,
        "Pauses, resumes, cancels or retries a job",
        inputs: [id.described, action.described],
        answers: [
            .json(shape.schema, "The job as it is now"), notFound,
            .refusal(.conflict, "The job's state does not allow it"),
        ]
    ) { call in
        let (id, action) = try call.read(id, action)
        let jobs = call.store.jobs
        let job =
            switch action {
            case .pause: try await jobs.pause(JobID(id), by: call.actor)
            case .resume: try await jobs.resume(JobID(id), by: call.actor)
            case .cancel: try await jobs.cancel(JobID(id), by: call.actor)
            case .retry: try await jobs.retry(JobID(id), by: call.actor)
            }
        return .json(job, as: shape)
    }

    private static let notFound = DescribedAnswer.refusal(.notFound, "There is no such job")

    private struct Page: Sendable {
        let jobs: [BackfillJob]
        let total: Int64
    }

    private static let listShape = Shape<Page>(
        "Backfills",
        [.list("backfills", shape) { $0.jobs }, .integer("total") { $0.total }]
    )

    private static let shape = Shape<BackfillJob>(
        "Backfill",
        [
            .integer("id") { $0.id.rawValue },
            .text("symbol") { $0.ticker.symbol },
            .text("timeframe", .text(Timeframe.allCases.map(\.rawValue))) { $0.timeframe.rawValue },
            .text("start", .day) { "\($0.days.first)" },
            .text("end", .day) { "\($0.days.last)" },
            .text("state", .text(JobState.allCases.map(\.rawValue))) { $0.state.rawValue },
            .real("progress_pct") { $0.fractionDone.percentage },
            .integer("expected_candles") { $0.progress.expectedUnits },
            .integer("candles") { $0.progress.candles },
            .integer("rejected") { $0.progress.rejected },
            .integer("pages") { $0.progress.pages },
            .integer("attempts") { Int64($0.attempts) },
            .time("next_attempt") { $0.nextAttempt },
            .optionalText("error") { $0.error },
            .text("requested_by") { $0.requestedBy },
            .time("created_at") { $0.createdAt },
            .optionalTime("started_at") { $0.startedAt },
            .optionalTime("finished_at") { $0.finishedAt },
        ]
    )
}
