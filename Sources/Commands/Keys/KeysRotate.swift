import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw keys rotate`.
struct KeysRotate: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Replaces a key by a new one with the same name, scope and expiry.",
        discussion: """
            Without --grace the old key stops working at once.

            Example: mdw keys rotate reporting --grace 7d --key-file reporting.key
            """
    )

    @OptionGroup var key: KeyArgument

    @Option(
        help: ArgumentHelp("How long the old key keeps working: 12h, 7d; at most 30d.", valueName: "time"),
        transform: KeysRotate.duration
    )
    var grace: Duration = .zero

    @Option(
        help: ArgumentHelp("Write the key to this new file, for its owner only.", valueName: "path"),
        completion: .file()
    )
    var keyFile: String?

    @Flag(help: "Rotate the last admin key without asking.")
    var yes = false

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let key = try await session.store.keys.meant(by: key.reference)
        if grace == .zero, try await session.store.keys.isLastAdmin(key) {
            try Confirmation(surroundings: session.surroundings, isGiven: yes)
                .require(key.name, "\(key.label) is the last usable admin key, and it stops working at once")
        }
        let handover = try KeyHandover(path: keyFile)
        let created: CreatedKey = try await handover.keep(
            {
                var generator = SystemRandomNumberGenerator()
                return try await session.store.keys.rotate(key.id, grace: grace, by: session.actor, using: &generator)
            },
            key: { $0 }
        )
        let more = [Value.Member("rotated_from", .id(key.id.rawValue))]
        try handover.show(created, "made in place of key \(key.id.rawValue)", more: more, in: session)
    }

    private static func duration(_ text: String) throws -> Duration {
        guard let duration = Duration(shorthand: text) else {
            throw ValidationError("'\(text.sanitized(limit: 40))' is not a length of time: use 0, 90s, 30m, 12h or 7d")
        }
        return duration
    }
}
