import ArgumentParser
import Records
import Store

/// `mdw keys list`.
struct KeysList: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the keys, the newest first.",
        discussion: "Example: mdw keys list --active"
    )

    @Flag(help: "Only keys that are let in now.")
    var active = false

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let keys = try await session.store.keys.list(KeyStore.Query(usableOnly: active, limit: .max))
        try session.renderer.list(keys, as: .keys(at: session.now))
    }
}
