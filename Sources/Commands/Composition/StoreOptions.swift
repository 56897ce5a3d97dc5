import ArgumentParser

/// What every command takes.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The database file.", valueName: "path"),
        completion: .file(extensions: ["sqlite", "db"])
    )
    var database: String?

    @Flag(help: "Print JSON for machines.")
    var json = false
}
