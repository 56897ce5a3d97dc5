import ArgumentParser
import Foundation
import Records
import Store
import Warehouse

/// `mdw bootstrap`.
struct BootstrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bootstrap",
        abstract: "Makes a warehouse ready for use: database, first admin key, core symbols, a check of it all.",
        discussion: """
            A second time it changes nothing. The key is shown once, on a terminal; elsewhere it is written to a \
            file for its owner only: --key-file, or first-admin.key beside the database.

            Example: mdw bootstrap --key-file ~/mdw-admin.key
            """
    )

    @Option(
        help: ArgumentHelp("Write the first admin key to this new file.", valueName: "path"),
        completion: .file()
    )
    var keyFile: String?

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let composition = try await Composition.read(Settings.Flags(database: options.database))
        let path = composition.settings.database
        let applied = try await Store.migrate(sqlite: path, clock: composition.surroundings.clock)
        composition.warnOfPermissions()
        try await composition.withStore(.readWrite) { store in
            let session = CommandSession(store: store, composition: composition, json: options.json)
            let handover = try await makeHandover(in: session)
            let made = try await handover.keep(
                {
                    var generator = SystemRandomNumberGenerator()
                    return try await store.bootstrap(by: session.actor, using: &generator)
                },
                key: \.firstKey
            )
            let report = BootstrapReport(
                database: path,
                schemaSteps: applied.count,
                key: made.firstKey,
                addedSymbols: made.addedSymbols.map(\.symbol),
                symbolCount: try await store.symbols.count(),
                problems: made.problems
            )
            try report.show(handover, in: session)
            guard made.problems.isEmpty else { throw ExitCode(ExitStatus.refused.rawValue) }
        }
    }

    /// Where the key is to go; decided before there is one.
    private func makeHandover(in session: CommandSession) async throws -> KeyHandover {
        let keys = try await session.store.keys.list(KeyStore.Query(limit: .max))
        // With an admin key there will be no new one: a file of the first run may lie where it was asked for.
        guard !keys.contains(where: { $0.scope == .admin }) else { return try KeyHandover(path: nil) }
        guard keyFile == nil, !session.surroundings.output.isTerminal || options.json else {
            return try KeyHandover(path: keyFile)
        }
        let folder = (session.composition.settings.database as NSString).deletingLastPathComponent
        return try KeyHandover(path: (folder as NSString).appendingPathComponent("first-admin.key"))
    }
}
