import Records
import Testing

@testable import Commands

/// Tables, details, arrays and exports.
@Suite struct RendererTests {
    struct Row: Sendable {
        let name: String
        let count: Int
        var secret = "s"
    }

    static let layout = RecordLayout<Row>([
        Field("name") { .text($0.name) },
        Field("row_count", "rows") { .integer($0.count) },
        Field("made_by", nil, .detail) { _ in .text("alice") },
        Field("hash", nil, .machines) { .text($0.secret) },
        Field("sum", nil, .people) { .integer($0.count * 2) },
    ])
    static let rows = [Row(name: "ab", count: 1), Row(name: "日本\u{1B}語", count: 12_345)]

    @Test func aTableIsAlignedByWhatTheTerminalShows() throws {
        let paper = Paper()
        try Renderer(json: false, output: paper).list(Self.rows, as: Self.layout)
        #expect(
            paper.text == """
                NAME       ROWS     SUM
                ab            1       2
                日本\u{FFFD}語  12,345  24,690

                """
        )
    }

    @Test func anEmptyTableHasItsTitles() throws {
        let paper = Paper()
        try Renderer(json: false, output: paper).list([], as: Self.layout)
        #expect(paper.text == "NAME  ROWS  SUM\n")
    }

    @Test func aRecordShowsItsDetails() throws {
        let paper = Paper()
        try Renderer(json: false, output: paper).item(Self.rows[0], as: Self.layout)
        #expect(paper.text == "name     ab\nrows     1\nmade by  alice\nsum      2\n")
    }

    @Test func machinesGetArraysAndObjects() throws {
        let paper = Paper()
        let renderer = Renderer(json: true, output: paper)
        try renderer.list([], as: Self.layout)
        try renderer.list([Self.rows[0]], as: Self.layout)
        try renderer.item(Self.rows[0], as: Self.layout)
        #expect(
            paper.text == """
                []
                [
                  {"name":"ab","row_count":1,"made_by":"alice","hash":"s"}
                ]
                {
                  "name": "ab",
                  "row_count": 1,
                  "made_by": "alice",
                  "hash": "s"
                }

                """
        )
    }

    @Test(arguments: [
        (ExportFormat.csv, "name,row_count,made_by,hash,sum\nab,1,alice,s,2\n", "name,row_count,made_by,hash,sum\n"),
        (.jsonl, #"{"name":"ab","row_count":1,"made_by":"alice","hash":"s"}"# + "\n", ""),
        (.json, "[\n  " + #"{"name":"ab","row_count":1,"made_by":"alice","hash":"s"}"# + "\n]\n", "[]\n"),
    ])
    func exports(_ format: ExportFormat, _ one: String, _ none: String) throws {
        let paper = Paper()
        var stream = try RecordStream(format, of: Self.layout, to: paper)
        try stream.append(Self.rows[0])
        try stream.finish()
        #expect(paper.text == one)
        let empty = Paper()
        try RecordStream(format, of: Self.layout, to: empty).finish()
        #expect(empty.text == none)
    }
}
