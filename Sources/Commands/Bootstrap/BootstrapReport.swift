import Records
import Store
import Warehouse

/// What a bootstrap did, for whoever started it.
struct BootstrapReport {
    let database: String
    /// How many steps of the schema were applied.
    let schemaSteps: Int
    let key: CreatedKey?
    let addedSymbols: [String]
    let symbolCount: Int64
    let problems: [String]

    /// Shows it, the key last, so that it is what stays in sight.
    func show(_ handover: KeyHandover, in session: CommandSession) throws {
        for problem in problems { session.surroundings.note(problem) }
        guard !session.renderer.json else { return try session.renderer.object(object(handover)) }
        let renderer = session.renderer
        if schemaSteps > 0 {
            try renderer.line(
                "database  \(database.sanitized(limit: 500)), \(schemaSteps.counted("migration")) applied"
            )
        }
        if !addedSymbols.isEmpty {
            try renderer.line("symbols   \(addedSymbols.count) added: \(addedSymbols.joined(separator: " "))")
        }
        if problems.isEmpty { try renderer.line("verified  structure, audit log and keys are in order") }
        guard let key else {
            guard schemaSteps == 0, addedSymbols.isEmpty else { return }
            return try renderer.line("nothing to do: \(symbolCount.counted("symbol")), an admin key")
        }
        try handover.show(key, "made", in: session)
    }

    private func object(_ handover: KeyHandover) -> Value {
        .object([
            Value.Member("database", .text(database)), Value.Member("migrations_applied", .integer(schemaSteps)),
            Value.Member("key_id", .id(key?.key.id.rawValue)),
            Value.Member("key_file", .text(key.flatMap { _ in handover.path })),
            Value.Member("symbols_added", .list(addedSymbols.map { .text($0) })),
            Value.Member("symbols", .integer(symbolCount)),
            Value.Member("problems", .list(problems.map { .text($0) })),
            Value.Member("changed", .flag(key != nil || schemaSteps > 0 || !addedSymbols.isEmpty)),
        ])
    }
}
