import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw keys restore`.
struct KeysRestore: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a revoked key back into use.",
        discussion: "Example: mdw keys restore reporting"
    )

    @OptionGroup var key: KeyArgument
    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let key = try await session.store.keys.meant(by: key.reference)
        let restored = try await session.store.keys.restore(key.id, by: session.actor)
        let state = restored.state(at: session.now)
        try session.renderer.done("\(restored.label) is \(state.rawValue) again", restored, as: .keys(at: session.now))
    }
}
