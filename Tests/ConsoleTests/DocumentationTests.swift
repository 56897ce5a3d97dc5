import Foundation
import Testing

@testable import Console

/// What docs/CONSOLE.md says of keys, fields, themes and commands is what the console has.
@Suite struct DocumentationTests {
    private let text: String

    init() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        text = try String(contentsOf: folder.appendingPathComponent("docs/CONSOLE.md"), encoding: .utf8)
    }

    @Test func theTablesOfKeysAreTheOneTable() {
        #expect(text.hasSuffix(KeyTable.markdown), "write what 'mdw console --keys' prints behind '## Keys'")
    }

    @Test(arguments: Pane.allCases)
    func everyFieldIsNamed(pane: Pane) throws {
        let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| \(pane.title) |") })
        for field in pane.filterFields { #expect(row.contains("`\(field)`"), "\(field)") }
    }

    @Test func everyThemeAndPartIsNamed() {
        for name in ThemeCollection.builtIn.map(\.name) + Theme.parts.keys {
            #expect(text.contains("`\(name)`"), "\(name)")
        }
    }

    @Test(arguments: CoverageMap.Mark.allCases)
    func everyCellOfTheMapIsExplained(mark: CoverageMap.Mark) {
        #expect(text.contains("| `\(mark.glyph)` |"))
    }
}
