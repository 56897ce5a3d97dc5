import ArgumentParser
import Records
import Store

/// `mdw alerts list`.
struct AlertsList: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the alerts that are open, the newest first.",
        discussion: "Example: mdw alerts list --all --json"
    )

    @Flag(help: "List those that were resolved too.")
    var all = false

    @Option(help: "The most alerts to list.")
    var limit = 100

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be 1 to 100000") }
    }

    func run(in session: CommandSession) async throws {
        let alerts = try await session.store.alerts.list(all: all, limit: limit)
        guard options.json || !alerts.isEmpty else {
            return try session.renderer.line(all ? "there never was an alert" : "no alert is open")
        }
        try session.renderer.list(alerts, as: .alerts)
    }
}
