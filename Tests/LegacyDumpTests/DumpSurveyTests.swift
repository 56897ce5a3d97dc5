import Foundation
import LegacyDump
import Testing

@Suite struct DumpSurveyTests {
    private static let keys = "COPY public.api_keys (id, key_hash) FROM stdin;\n"

    private func survey(_ content: String) throws -> DumpSurvey {
        try withDump(content) { try DumpSurvey(of: $0) }
    }

    @Test func `tables are found with their columns, places and rows`() throws {
        let content = "SET x = 1;\n\(Self.keys)1\ta\n2\tb\n\\.\n\nCOPY \"public\".other (a) FROM stdin;\n7\n\\.\n"
        let survey = try survey(content)
        #expect(survey.truncation == nil)
        #expect(survey.unknownTables == ["other"])
        let section = try #require(survey.sections.first)
        #expect(survey.sections.count == 1)
        #expect(section.table == .apiKeys && section.columns == ["id", "key_hash"])
        #expect(section.rows == 2 && section.firstLine == 3)
        let start = try #require(content.range(of: "1\ta")).lowerBound.utf16Offset(in: content)
        #expect(section.range == Int64(start)..<Int64(start + 8))
    }

    @Test func `quoted names and chunks of TimescaleDB are understood`() throws {
        let survey = try survey(
            #"""
            COPY "odd ""schema""".tracked_symbols ("id", symbol, "a, b) FROM") FROM stdin;
            \.
            COPY _timescaledb_internal._hyper_1_2_chunk ("time", symbol, open, high, low, close, volume) FROM stdin;
            \.
            COPY _timescaledb_internal._hyper_2_2_chunk ("time", cpu) FROM stdin;
            \.

            """#
        )
        #expect(survey.sections.map(\.table) == [.trackedSymbols, .marketData])
        #expect(survey.sections[0].columns == ["id", "symbol", "a, b) FROM"])
        #expect(survey.unknownTables == ["_hyper_2_2_chunk"])
    }

    @Test(arguments: [
        (keys + "1\ta\n2\tb\n", 2), (keys + "1\ta\n2\tb\n3\tc", 2), (keys + "1\ta\n\\", 1), (keys, 0),
    ])
    func `a dump that ends within a table keeps its complete rows`(content: String, rows: Int) throws {
        let survey = try survey(content)
        #expect(survey.sections.first?.rows == Int64(rows))
        let truncation = try #require(survey.truncation)
        #expect("\(truncation)".contains("the dump ends within api_keys: what is complete was taken over"))
    }

    @Test func `a dump of pg_dump without its last line is not complete`() throws {
        let survey = try survey("--\n-- PostgreSQL database dump\n--\n\(Self.keys)\\.\n")
        #expect(survey.truncation == .truncated(table: nil, line: 5))
        let whole = try self.survey(
            "-- PostgreSQL database dump\n\(Self.keys)\\.\n-- PostgreSQL database dump complete\n"
        )
        #expect(whole.truncation == nil)
    }

    @Test(arguments: [
        ("INSERT INTO public.api_keys VALUES (1, 'x');\n", DumpError.insertStatements(table: "api_keys", line: 1)),
        ("\nINSERT INTO \"market_data\" (id) VALUES (1);\n", .insertStatements(table: "market_data", line: 2)),
        ("SET client_encoding = 'LATIN1';\n", .notText(encoding: "LATIN1", line: 1)),
        ("COPY public.api_keys FROM stdin;\n\\.\n", .missingColumns(table: "api_keys", columns: [], line: 1)),
        ("COPY api_keys (id) FROM stdin;\n\\.\n", .missingColumns(table: "api_keys", columns: ["key_hash"], line: 1)),
        ("hello\n", .noTables), ("COPY other (a) FROM stdin;\n\\.\n", .noTables),
    ])
    func `what is no plain dump is refused`(content: String, error: DumpError) {
        if case .missingColumns(let table, [], let line) = error {
            #expect(throws: DumpError.noColumns(table: table, line: line)) { try survey(content) }
        } else {
            #expect(throws: error) { try survey(content) }
        }
    }

    @Test(arguments: [
        (Data("PGDMP\u{1}".utf8), DumpError.customFormat), (Data("toc.dat\0\0".utf8), .archive),
        (Data([0x1F, 0x8B, 8]), .compressed),
    ])
    func `other formats are named`(content: Data, error: DumpError) {
        #expect(throws: error) { try withDump(content) { _ in } }
    }

    @Test func `every error says what to do`() {
        let errors: [DumpError] = [
            .empty(path: "x"), .customFormat, .archive, .notText(encoding: "LATIN1", line: 1),
            .insertStatements(table: "api_keys", line: 1), .noTables, .noColumns(table: "x", line: 1),
            .missingColumns(table: "x", columns: ["a"], line: 1),
        ]
        for error in errors { #expect("\(error)".contains("pg_dump --data-only"), "\(error)") }
    }
}
