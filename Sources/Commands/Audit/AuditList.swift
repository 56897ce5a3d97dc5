import ArgumentParser
import Records
import Store

/// `mdw audit list`.
struct AuditList: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists rows, the newest first.",
        discussion: "Example: mdw audit list --source http --grep DELETE --since 7d"
    )

    @OptionGroup var filter: AuditFilterOptions

    @Option(help: "The most rows to list.")
    var limit = 50

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit must be 1 to 100000; for all rows use 'mdw audit export'")
        }
    }

    func run(in session: CommandSession) async throws {
        let rows = try await session.store.audit.newest(limit, matching: try await filter.filter(in: session))
        try session.renderer.list(rows, as: .audit)
    }
}
