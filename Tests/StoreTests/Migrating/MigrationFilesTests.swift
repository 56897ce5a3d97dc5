import Foundation
import Migrations
import Testing
import Warehouse

@Suite struct MigrationFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("migrations/sql")

    @Test func `every file is a step, and every step is a file`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        let steps = Migration.all.map { "\($0.version.padded(to: 4))_\($0.name).sql" }
        #expect(steps == files)
    }

    @Test(arguments: Migration.all)
    func `a step is embedded byte for byte`(step: Migration) throws {
        let file = Self.folder.appendingPathComponent("\(step.version.padded(to: 4))_\(step.name).sql")
        #expect(try Data(contentsOf: file) == Data(step.bytes))
    }

    @Test func `steps are numbered from 1 without holes`() {
        #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
    }

    /// A released file is never edited: whoever changes one of these learns it here, before a database does.
    @Test(arguments: [
        (1, "foundation"), (2, "keys_and_audit"), (3, "symbols_and_candles"), (4, "backfill"), (5, "legacy_import"),
    ])
    func `released steps keep their place`(version: Int, name: String) {
        #expect(Migration.all[version - 1].name == name)
    }
}
