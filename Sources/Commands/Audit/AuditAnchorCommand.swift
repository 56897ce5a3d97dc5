import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw audit anchor`.
struct AuditAnchorCommand: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor",
        abstract: "Prints the head of the log, to be kept elsewhere and given to 'mdw audit verify'.",
        discussion: "Example: mdw audit anchor >> /mnt/elsewhere/anchors"
    )

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let anchor = try await session.store.audit.anchor()
        guard session.renderer.json else { return try session.renderer.line("\(anchor)") }
        try session.renderer.object(
            .object([
                Value.Member("sequence", .id(anchor.sequence)), Value.Member("hash", .text(anchor.hash)),
                Value.Member("anchor", .text("\(anchor)")),
            ])
        )
    }
}
