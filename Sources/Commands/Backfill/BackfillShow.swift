import ArgumentParser
import Records
import Store

/// `mdw backfill show`.
struct BackfillShow: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a job: how far it is, who works on it, what went wrong.",
        discussion: "Example: mdw backfill show 12"
    )

    @OptionGroup var job: JobArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        try session.renderer.item(try await session.store.jobs.find(job.id), as: .jobs)
    }
}
