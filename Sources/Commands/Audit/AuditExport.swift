import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw audit export`.
struct AuditExport: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes all rows with their hashes, so that others can verify them.",
        discussion: """
            Each hash is the SHA-256 of the previous hash and of the fields sequence, time_us, source, actor, \
            api_key_id, api_key_name, action, status, address, duration_us, detail, each as LENGTH:TEXT, with its \
            length in bytes and a comma behind; an absent field is "-,".

            Example: mdw audit export --format jsonl > audit.jsonl
            """
    )

    @OptionGroup var filter: AuditFilterOptions

    @Option(help: "jsonl: an object a line; csv: a header and a line a row; json: an array.")
    var format = ExportFormat.jsonl

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let filter = try await filter.filter(in: session)
        let audit = session.store.audit
        // An export ends where the log ended when it began, however fast rows come.
        let end = try await audit.anchor().sequence
        let chosen = options.json ? ExportFormat.json : format
        var stream = try RecordStream(chosen, of: .auditExport, to: session.surroundings.output)
        var last: Int64 = 0
        while last < end {
            let rows = try await audit.oldest(1000, after: last, matching: filter)
            for row in rows where row.sequence <= end { try stream.append(row) }
            guard let newest = rows.last else { break }
            last = newest.sequence
        }
        try stream.finish()
    }
}
