import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw backfill daily`.
struct BackfillDaily: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "daily",
        abstract: "Lists the daily runs, the newest first: when they were due, who did them, what they queued.",
        discussion: """
            A run is done by one of the servers and workers on the database, at BACKFILL_SCHEDULE_HOUR and \
            BACKFILL_SCHEDULE_MINUTE, UTC. One that was missed is caught up once.

            Example: mdw backfill daily --limit 7
            """
    )

    @Option(help: "The most runs to list.")
    var limit = 30

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000") }
    }

    func run(in session: CommandSession) async throws {
        let runs = try await session.store.schedule.list(limit: limit)
        guard options.json || !runs.isEmpty else {
            return try session.renderer.line("no daily run yet: a worker or server starts them")
        }
        try session.renderer.list(runs, as: .dailyRuns)
    }
}

extension RecordLayout<ScheduleStore.Run> {
    fileprivate static let dailyRuns = RecordLayout([
        Field("due_at", "due") { .time($0.dueAt) },
        Field("started_at", "started", .machines) { .time($0.startedAt) },
        Field("finished_at", "finished") { .time($0.finishedAt) },
        Field("symbols") { .integer($0.outcome.symbols) },
        Field("jobs") { .integer($0.outcome.jobs) },
        Field("skipped") { .integer($0.outcome.skipped) },
        Field("owner") { .text($0.owner) },
        Field("error") { .text($0.outcome.error) },
    ])
}
