import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw backfill retry`.
struct BackfillRetry: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Queues a failed or cancelled job again, from where it stopped.",
        discussion: "Example: mdw backfill retry --all"
    )

    @Argument(help: ArgumentHelp("The job's id.", valueName: "job"), transform: JobID.argument)
    var id: JobID?

    @Flag(help: "Every failed job.")
    var all = false

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard (id == nil) == all else { throw ValidationError("give the id of a job, or --all for every failed one") }
    }

    func run(in session: CommandSession) async throws {
        if let id {
            try session.show(moved: try await session.store.jobs.retry(id, by: session.actor))
        } else {
            let retried = try await session.store.jobs.retryAllFailed(by: session.actor)
            guard !session.renderer.json else { return try session.renderer.list(retried, as: .jobs) }
            for job in retried { try session.show(moved: job) }
            if retried.isEmpty { session.surroundings.note("no job has failed") }
        }
    }
}
