import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the database to the newest schema, and makes it when it is missing.",
        discussion: """
            Every command does this by itself; a second time changes nothing.

            Example: mdw migrate --status
            """
    )

    @Flag(help: "Only show what is applied and what is pending.")
    var status = false

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let composition = try await Composition.read(Settings.Flags(database: options.database))
        let surroundings = composition.surroundings
        let renderer = Renderer(json: options.json, output: surroundings.output)
        let path = composition.settings.database
        guard !status else {
            return try renderer.list(try Store.schema(sqlite: path), as: .schema)
        }
        let applied = try await Store.migrate(sqlite: path, clock: surroundings.clock)
        guard !options.json else { return try renderer.list(applied, as: .schema) }
        for step in applied { try renderer.line("applied \(step.version) \(step.name)") }
        if applied.isEmpty { try renderer.line("nothing to do: the schema is up to date") }
    }
}

extension RecordLayout<SchemaStep> {
    fileprivate static let schema = RecordLayout([
        Field("version") { .id(Int64($0.version)) },
        Field("name") { .text($0.name) },
        Field("state") { .text($0.applied == nil ? "pending" : "applied") },
        Field("applied_at", "applied") { .time($0.applied?.appliedAt) },
        Field("checksum", nil, .machines) { .text($0.applied?.checksum) },
        Field("duration_us", nil, .machines) { .id($0.applied?.duration.wholeMicroseconds) },
    ])
}
