import ArgumentParser
import Foundation
import LegacyDump
import Store
import Warehouse

/// `mdw import-legacy`.
struct ImportLegacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-legacy",
        abstract: "Takes over symbols, keys, audit, candles and backfill history of the old Python service.",
        discussion: """
            The dump is what 'pg_dump --data-only' writes of its database. Keys keep working. An import that was \
            interrupted goes on when it is started again; a second time it changes nothing.

            Rows that can't be read are refused, told by line, and make the exit code 1; all others are taken over.

            Example: pg_dump --data-only legacy | mdw import-legacy --dump -
            """
    )

    @Option(
        help: ArgumentHelp("The dump; - is standard input.", valueName: "file"),
        completion: .file(extensions: ["sql"])
    )
    var dump: String

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let composition = try await Composition.read(Settings.Flags(database: options.database))
        var progress = ImportProgress(surroundings: composition.surroundings)
        defer { progress.clear() }
        // Nothing is made, not even the database, for a dump that is none.
        let file = try DumpFile(path: dump, spoolFolder: Self.spoolFolder(beside: composition.settings.database))
        progress.begin("looking through the dump", of: file.size)
        let survey = try DumpSurvey(of: file) { progress.show($0) }
        try await composition.withStore(.createAndMigrate) { store in
            let session = CommandSession(store: store, composition: composition, json: options.json)
            var legacy = LegacyImport(of: survey, in: file, to: store, progress: progress)
            try await legacy.run(by: session.actor)
            progress.clear()
            try legacy.report.show(session.renderer)
            if let truncation = survey.truncation { throw truncation }
            guard legacy.report.refusedRows == 0 else { throw ExitCode(ExitStatus.refused.rawValue) }
        }
    }

    /// Where a dump from a pipe is kept meanwhile: beside the database, where there is room for its rows.
    private static func spoolFolder(beside database: String) -> String {
        let folder = (database as NSString).deletingLastPathComponent
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
        return exists && isFolder.boolValue ? folder : "/var/tmp"
    }
}
