import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw backfill history`.
struct BackfillHistory: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Lists the runs that ended, the newest first.",
        discussion: "Example: mdw backfill history AAPL"
    )

    @Argument(help: "Only this symbol.", completion: Completion.symbols)
    var symbol: String?

    @Option(help: "The most runs to list.")
    var limit = 100

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000") }
    }

    func run(in session: CommandSession) async throws {
        var id: SymbolID?
        if let symbol { id = try await session.store.symbols.find(symbol).id }
        try session.renderer.list(try await session.store.jobs.history(of: id, limit: limit), as: .runs)
    }
}

extension RecordLayout<BackfillRun> {
    fileprivate static let runs = RecordLayout([
        Field("id") { .id($0.id) },
        Field("job_id", "job") { .id($0.job.rawValue) },
        Field("symbol") { .text($0.symbol) },
        Field("timeframe") { .text($0.timeframe.rawValue) },
        Field("start", "from") { .time($0.range.lowerBound) },
        Field("end", "until") { .time($0.range.upperBound) },
        Field("outcome") { .text($0.outcome.rawValue) },
        Field("candles") { .integer($0.candles) },
        Field("rejected") { .integer($0.rejected) },
        Field("pages", nil, .machines) { .integer($0.pages) },
        Field("source") { .text($0.source?.rawValue) },
        Field("started_at", "started", .machines) { .time($0.startedAt) },
        Field("finished_at", "finished") { .time($0.finishedAt) },
        Field("error") { .text($0.error) },
    ])
}
