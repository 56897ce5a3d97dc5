import ArgumentParser
import Store
import Warehouse

/// Which rows of the audit log are meant.
struct AuditFilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only rows of this key, by id or name; the id works for deleted keys too.",
            valueName: "key"
        ),
        completion: Completion.keyNames
    )
    var key: String?

    @Option(help: "Only what came in by this door.")
    var source: AuditSource?

    @Option(
        help: ArgumentHelp("Only rows since then: 2026-11-01, 7d, 12h.", valueName: "time"),
        transform: TypedMoment.argument
    )
    var since: TypedMoment?

    @Option(help: ArgumentHelp("Only rows that hold this word; can be given several times.", valueName: "word"))
    var grep: [String] = []

    func filter(in session: CommandSession) async throws -> AuditLog.Filter {
        var filter = AuditLog.Filter(
            source: source,
            text: .words(grep.flatMap { $0.split(separator: " ").map(String.init) })
        )
        filter.since = since?.before(session.now)
        if let key { filter.key = try await id(of: key, in: session) }
        return filter
    }

    /// An id is taken as it is: the rows of a key outlive it.
    private func id(of reference: String, in session: CommandSession) async throws -> KeyID {
        do {
            return try await session.store.keys.meant(by: reference).id
        } catch StoreError.unknownKey {
            guard let id = Int64(reference), id > 0 else { throw StoreError.unknownKey(reference) }
            return KeyID(id)
        }
    }
}
