import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw keys revoke`.
struct KeysRevoke: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Takes a key out of use, at once and in every process.",
        discussion: """
            The key can be restored, unless it was revoked as compromised.

            Example: mdw keys revoke reporting --reason "left the company"
            """
    )

    @OptionGroup var key: KeyArgument

    @Option(help: "Why, for the audit log.")
    var reason: String?

    @Flag(help: "Somebody else has it: revoke it for good.")
    var compromised = false

    @Flag(help: "Revoke the last admin key without asking.")
    var yes = false

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let keys = session.store.keys
        let key = try await keys.meant(by: key.reference)
        let isLast = try await keys.isLastAdmin(key)
        if isLast {
            try Confirmation(surroundings: session.surroundings, isGiven: yes)
                .require(key.name, "\(key.label) is the last usable admin key, and it stops working at once")
        }
        let revoked = try await keys.revoke(
            key.id,
            reason: reason,
            compromised: compromised,
            lastAdmin: isLast ? .confirmed : .refuse,
            by: session.actor
        )
        try session.renderer.done(
            "\(revoked.label) is revoked" + (compromised ? " for good" : ""),
            revoked,
            as: .keys(at: session.now)
        )
    }
}

extension APIKey {
    /// What the key is called in messages: `key 3 'reporting'`.
    var label: String { "key \(id.rawValue) '\(name)'" }
}
