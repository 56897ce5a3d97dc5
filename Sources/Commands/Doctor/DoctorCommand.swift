import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks file, schema, structure, audit log, keys, worker, feed and disk. Changes nothing.",
        discussion: """
            The exit code is 1 when something is wrong, 3 when the database can't be opened.

            Example: mdw doctor --json
            """
    )

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let composition = try await Composition.read(Settings.Flags(database: options.database))
        let clock = composition.surroundings.clock
        var found = HostCheckups(composition: composition).all
        do {
            let schema = try Store.schema(sqlite: composition.settings.database)
            found.append(Self.checkup(of: schema))
            // An older schema is a finding; what follows needs the newest.
            if schema.allSatisfy({ $0.applied != nil }) {
                found += try await composition.withStore(.readOnly) { store in
                    try await StoreCheckups(store: store, now: clock.now).all()
                }
            }
        } catch let error as StoreError where error.isUnavailable {
            found.append(.problem("database", "\(error)"))
            try show(found, in: composition)
            throw error
        }
        try show(found, in: composition)
        if found.contains(where: { $0.verdict == .problem }) { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func show(_ found: [Checkup], in composition: Composition) throws {
        let renderer = Renderer(json: options.json, output: composition.surroundings.output)
        guard options.json else { return try renderer.list(found, as: .checkups) }
        let healthy = !found.contains { $0.verdict == .problem }
        try renderer.object(
            .object([
                Value.Member("healthy", .flag(healthy)),
                Value.Member("checks", .list(found.map { RecordLayout.checkups.object($0) })),
            ])
        )
    }

    private static func checkup(of schema: [SchemaStep]) -> Checkup {
        let current = schema.last { $0.applied != nil }?.version ?? 0
        let pending = schema.count { $0.applied == nil }
        return pending == 0
            ? .ok("schema", "version \(current)")
            : .problem("schema", "version \(current), \(pending.counted("migration")) pending: run 'mdw migrate'")
    }
}
