import ArgumentParser
import Store
import Warehouse

/// `mdw keys create`.
struct KeysCreate: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes a key, and shows it this once.",
        discussion: """
            Prints the key alone on standard output, or writes it to a new file.

            Example: mdw keys create reporting --scope read --expires 30d --key-file reporting.key
            """
    )

    @Argument(help: "What the key is called, 1 to 100 characters.")
    var name: String

    @Option(help: "What it opens: everything, or reading only.")
    var scope = KeyScope.admin

    @Option(
        help: ArgumentHelp("When it ends: 2027-01-31, 30d or 12h. Without: never.", valueName: "time"),
        transform: TypedMoment.argument
    )
    var expires: TypedMoment?

    @Option(
        help: ArgumentHelp("Write the key to this new file, for its owner only.", valueName: "path"),
        completion: .file()
    )
    var keyFile: String?

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let name = try KeyName(name)
        let handover = try KeyHandover(path: keyFile)
        let created: CreatedKey = try await handover.keep(
            {
                var generator = SystemRandomNumberGenerator()
                return try await session.store.keys.create(
                    name,
                    scope: scope,
                    expiresAt: expires?.after(session.now),
                    by: session.actor,
                    using: &generator
                )
            },
            key: { $0 }
        )
        try handover.show(created, "made", in: session)
    }
}
