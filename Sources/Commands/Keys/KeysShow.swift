import ArgumentParser
import Records
import Store

/// `mdw keys show`.
struct KeysShow: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all that is known of a key, which is not the key itself.",
        discussion: "Example: mdw keys show reporting"
    )

    @OptionGroup var key: KeyArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let key = try await session.store.keys.meant(by: key.reference)
        try session.renderer.item(key, as: .keys(at: session.now))
    }
}
