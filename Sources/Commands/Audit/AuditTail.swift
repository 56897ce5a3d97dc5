import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw audit tail`.
struct AuditTail: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Shows the newest rows, and with -f those that come.",
        discussion: """
            A line a row, the oldest first; with --json an object a line.

            Example: mdw audit tail -f --source http
            """
    )

    @OptionGroup var filter: AuditFilterOptions

    @Option(name: .shortAndLong, help: "How many rows to begin with.")
    var number = 10

    @Flag(name: .shortAndLong, help: "Go on with the rows that come, until interrupted.")
    var follow = false

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard (0...100_000).contains(number) else { throw ValidationError("--number must be 0 to 100000") }
    }

    func run(in session: CommandSession) async throws {
        let audit = session.store.audit
        let filter = try await filter.filter(in: session)
        // Taken before the first read: what is written in between shows as a change.
        var seen = try session.store.changeCounter()
        var last = try await audit.anchor().sequence
        let newest = try await audit.newest(number, before: last + 1, matching: filter)
        try show(newest.reversed(), in: session)
        while follow {
            try await session.surroundings.clock.sleep(for: .milliseconds(250))
            let counter = try session.store.changeCounter()
            guard counter != seen else { continue }
            seen = counter
            while true {
                let rows = try await audit.oldest(500, after: last, matching: filter)
                try show(rows, in: session)
                guard let newest = rows.last else { break }
                last = newest.sequence
            }
        }
    }

    private func show(_ rows: [AuditEntry], in session: CommandSession) throws {
        for row in rows {
            try session.renderer.line(options.json ? RecordLayout.audit.object(row).json : Self.line(row))
        }
        try session.surroundings.output.flush()
    }

    private static func line(_ row: AuditEntry) -> String {
        let event = row.event
        let words: [String?] = [
            String(row.sequence), row.time.dayUTC.description, row.time.clockTime, event.actor.source.rawValue,
            event.actor.name, event.actor.address.map { "(\($0))" }, event.action, event.status.map(String.init),
            event.keyName.map { "key '\($0)'" }, event.detail,
        ]
        return words.compactMap { $0 }.joined(separator: "  ").sanitized(limit: 2000)
    }
}
