import ArgumentParser
import Store

/// `mdw backfill cancel`.
struct BackfillCancel: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Ends a job; what it has stored stays, and it can be retried.",
        discussion: "Example: mdw backfill cancel 12"
    )

    @OptionGroup var job: JobArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        try session.show(moved: try await session.store.jobs.cancel(job.id, by: session.actor))
    }
}
