import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw backfill pause`.
struct BackfillPause: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Stops a job for now; what it has stored stays.",
        discussion: "Example: mdw backfill pause 12"
    )

    @OptionGroup var job: JobArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        try session.show(moved: try await session.store.jobs.pause(job.id, by: session.actor))
    }
}

/// `mdw backfill resume`.
struct BackfillResume: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Lets a paused job go on.",
        discussion: "Example: mdw backfill resume 12"
    )

    @OptionGroup var job: JobArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        try session.show(moved: try await session.store.jobs.resume(job.id, by: session.actor))
    }
}

extension CommandSession {
    /// Says where a job stands after it was moved.
    func show(moved job: BackfillJob) throws {
        try renderer.done("\(job.label) is \(job.state.rawValue)", job, as: .jobs)
    }
}
