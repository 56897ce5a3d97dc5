import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw backfill list`.
struct BackfillList: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the jobs, unfinished ones first.",
        discussion: "Example: mdw backfill list --state failed --symbol AAPL"
    )

    @Option(help: "Only jobs in this state; can be given several times.")
    var state: [JobState] = []

    @Option(help: "Only jobs of this symbol.", completion: Completion.symbols)
    var symbol: String?

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        var query = JobStore.Query(states: Set(state), limit: .max)
        if let symbol { query.symbol = try await session.store.symbols.find(symbol).id }
        try session.renderer.list(try await session.store.jobs.list(query), as: .jobs)
    }
}
