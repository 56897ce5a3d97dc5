import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw backfill start`.
struct BackfillStart: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Queues a job that fetches the candles of a symbol.",
        discussion: """
            Without days: the last two years of day and week candles, the last 60 days of shorter ones. A worker does \
            the job; --wait brings one along and returns when the job has ended. What is stored is not fetched again.

            Example: mdw backfill start AAPL --timeframe 1d --from 2019-01-01 --to 2019-01-31 --wait
            """
    )

    @OptionGroup var symbol: SymbolArgument

    @Option(help: "Which candles.")
    var timeframe = Timeframe.oneDay

    @OptionGroup var days: DayRangeOptions

    @Flag(help: "Work on it here, and return when it has ended.")
    var wait = false

    @OptionGroup var feed: FeedOptions
    @OptionGroup var options: StoreOptions

    var flags: Settings.Flags { feed.flags(options) }

    func validate() throws {
        guard wait || (feed.feedUrl == nil && !feed.simulated) else {
            throw ValidationError("--feed-url and --simulated say how --wait gets candles: add --wait")
        }
    }

    func run(in session: CommandSession) async throws {
        let symbol = try await session.store.symbols.find(symbol.symbol)
        // A feed that can't be used is refused before anything is queued.
        let plan = wait ? try session.composition.settings.feed.get() : nil
        let job = try await session.store.jobs.start(
            symbol,
            timeframe: timeframe,
            from: days.from,
            to: days.to,
            by: session.actor
        )
        guard let plan else {
            try session.renderer.done("\(job.label) is queued", job, as: .jobs)
            return try await session.hintAtMissingWorker()
        }
        if let warning = plan.warning { session.surroundings.note("warning: \(warning)") }
        let ended = try await JobWait(job: job.id, session: session).run()
        try session.renderer.done(Self.sentence(ended), ended, as: .jobs)
        guard ended.state == .completed else { throw Refusal(Self.reason(ended)) }
    }

    private static func sentence(_ job: BackfillJob) -> String {
        "\(job.label) is \(job.state.rawValue): "
            + "\(job.progress.candles.counted("candle")), \(job.progress.rejected.grouped) rejected"
    }

    private static func reason(_ job: BackfillJob) -> String {
        switch job.state {
        case .failed: "job \(job.id.rawValue) failed: \(job.error ?? "for an unknown reason")"
        case .cancelled: "job \(job.id.rawValue) was cancelled" + (job.error.map { ": \($0)" } ?? "")
        default:
            "job \(job.id.rawValue) is \(job.state.rawValue)" + (job.error.map { ": \($0)" } ?? "")
                + "; 'mdw worker' goes on with it"
        }
    }
}

extension CommandSession {
    /// Tells on standard error when nobody is there to do a job.
    func hintAtMissingWorker() async throws {
        guard try await !store.workers.list().contains(where: { $0.isAlive(at: now) }) else { return }
        surroundings.note("no worker is running: start one with 'mdw worker', or use --wait")
    }
}
