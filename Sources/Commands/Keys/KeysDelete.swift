import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw keys delete`.
struct KeysDelete: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Removes a key for good. Its audit rows stay.",
        discussion: """
            Asks for the key's name on a terminal, and needs --yes elsewhere.

            Example: mdw keys delete reporting --yes
            """
    )

    @OptionGroup var key: KeyArgument

    @Flag(help: "Delete it without asking.")
    var yes = false

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let keys = session.store.keys
        let key = try await keys.meant(by: key.reference)
        let isLast = try await keys.isLastAdmin(key)
        let consequence = "\(key.label) will be gone for good" + (isLast ? ": it is the last usable admin key" : "")
        try Confirmation(surroundings: session.surroundings, isGiven: yes).require(key.name, consequence)
        try await keys.delete(key.id, lastAdmin: isLast ? .confirmed : .refuse, by: session.actor)
        guard session.renderer.json else { return try session.renderer.line("\(key.label) is deleted") }
        try session.renderer.object(
            .object([
                Value.Member("status", .text("success")), Value.Member("id", .id(key.id.rawValue)),
                Value.Member("name", .text(key.name)), Value.Member("deleted", .flag(true)),
            ])
        )
    }
}
