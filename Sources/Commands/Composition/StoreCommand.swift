import ArgumentParser
import Store
import Warehouse

/// A command that works on an open store.
protocol StoreCommand: AsyncParsableCommand {
    var options: StoreOptions { get }
    /// What the command line says itself.
    var flags: Settings.Flags { get }

    func run(in session: CommandSession) async throws
}

extension StoreCommand {
    var flags: Settings.Flags { Settings.Flags(database: options.database) }

    mutating func run() async throws {
        let composition = try await Composition.read(flags)
        let command = self
        try await composition.withStore(.readWrite) { store in
            try await command.run(
                in: CommandSession(store: store, composition: composition, json: command.options.json)
            )
        }
    }
}

/// What a command has in hand while it runs.
struct CommandSession: Sendable {
    let store: Store
    let composition: Composition
    let renderer: Renderer

    init(store: Store, composition: Composition, json: Bool) {
        self.store = store
        self.composition = composition
        self.renderer = Renderer(json: json, output: composition.surroundings.output)
    }

    var surroundings: Surroundings { composition.surroundings }
    var actor: Actor { composition.actor(.cli) }
    var now: Timestamp { surroundings.clock.now }
}
