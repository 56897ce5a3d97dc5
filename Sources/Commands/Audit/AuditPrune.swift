import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw audit prune`.
struct AuditPrune: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Exports the oldest rows to a file and removes them; the rest stays verifiable.",
        discussion: """
            The file (JSON lines, as 'mdw audit export' writes them) is on disk before a row is removed. The pruning has \
            a row of its own, which names the last row that went; 'mdw audit verify' goes on from there.

            Example: mdw audit prune --before 365d --export audit-2025.jsonl
            """
    )

    @Option(
        help: ArgumentHelp("Rows older than this: 2026-01-01, 365d.", valueName: "time"),
        transform: TypedMoment.argument
    )
    var before: TypedMoment

    @Option(help: ArgumentHelp("A new file for what is removed.", valueName: "path"), completion: .file())
    var export: String

    @Flag(help: "Don't ask.")
    var yes = false

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let audit = session.store.audit
        guard let last = try await audit.lastRow(before: before.before(session.now)) else {
            throw Refusal("no row is that old: nothing was removed")
        }
        try Confirmation(surroundings: session.surroundings, isGiven: yes).require(
            "prune",
            "All rows up to \(last.sequence.grouped) will be exported to \(export) and removed"
        )
        let file = try PrivateFile(reserving: export)
        do {
            try await write(through: last.sequence, of: audit, to: file)
        } catch {
            file.discard()
            throw error
        }
        let removed = try await audit.prune(through: last, by: session.actor, exportedTo: export)
        guard session.renderer.json else {
            return try session.renderer.line(
                "\(removed.counted("row")) removed, exported to \(export.sanitized(limit: 500))"
            )
        }
        try session.renderer.object(
            .object([
                Value.Member("removed", .integer(removed)), Value.Member("export", .text(export)),
                Value.Member("last", .text("\(last)")),
            ])
        )
    }

    private func write(through end: Int64, of audit: AuditLog, to file: PrivateFile) async throws {
        var last: Int64 = 0
        while last < end {
            let rows = try await audit.oldest(1000, after: last).prefix { $0.sequence <= end }
            guard let newest = rows.last else { break }
            try file.append(rows.map { RecordLayout.auditExport.object($0).json + "\n" }.joined())
            last = newest.sequence
        }
        try file.close()
    }
}
