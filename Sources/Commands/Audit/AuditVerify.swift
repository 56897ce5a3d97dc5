import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw audit verify`.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks every row of the log; a broken one is named, and the exit code is 1.",
        discussion: """
            Rows that were cut off at the end show only against an anchor that was kept elsewhere.

            Example: mdw audit verify --anchor 1234:9f86d081884c7d65…
            """
    )

    @Option(
        help: ArgumentHelp("What 'mdw audit anchor' printed once.", valueName: "row:hash"),
        transform: AuditVerify.anchor
    )
    var anchor: AuditAnchor?

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let composition = try await Composition.read(Settings.Flags(database: options.database))
        let output = composition.surroundings.output
        let verification = try await composition.withStore(.readOnly) { try await $0.audit.verify(against: anchor) }
        let renderer = Renderer(json: options.json, output: output)
        switch verification {
        case .intact(let rows, let head):
            guard !options.json else { return try renderer.object(Self.intact(rows, head)) }
            try renderer.line("intact: \(rows.counted("row")), head \(head)")
        case .broken(let row, let reason):
            if options.json { try renderer.object(Self.broken(row, reason)) }
            throw Refusal("the audit log is broken at row \(row): \(reason)")
        }
    }

    private static func intact(_ rows: Int64, _ head: AuditAnchor) -> Value {
        .object([
            Value.Member("intact", .flag(true)), Value.Member("rows", .integer(rows)),
            Value.Member("sequence", .id(head.sequence)), Value.Member("hash", .text(head.hash)),
        ])
    }

    private static func broken(_ row: Int64, _ reason: String) -> Value {
        .object([
            Value.Member("intact", .flag(false)), Value.Member("broken_at", .id(row)),
            Value.Member("reason", .text(reason)),
        ])
    }

    private static func anchor(_ text: String) throws -> AuditAnchor {
        guard let anchor = AuditAnchor(text: text) else {
            throw ValidationError("'\(text.sanitized(limit: 100))' is not an anchor: use ROW:HASH with 64 hex digits")
        }
        return anchor
    }
}
