import Foundation
import Testing

/// `mdw config`: every setting, its value, and where it comes from.
@Suite struct ConfigTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var arguments: [String] = []
        var environment: [String: String] = [:]
        var file: String?
        let value: String
        let source: String
    }

    static let precedence = [
        Case(
            testDescription: "the flag comes first",
            arguments: ["--port", "1"],
            environment: ["MDW_PORT": "2", "API_PORT": "3"],
            file: #"{"port":4}"#,
            value: "1",
            source: "flag"
        ),
        Case(
            testDescription: "then mdw's variable",
            environment: ["MDW_PORT": "2", "API_PORT": "3"],
            file: #"{"port":4}"#,
            value: "2",
            source: "environment"
        ),
        Case(
            testDescription: "then that of the old service",
            environment: ["API_PORT": "3"],
            file: #"{"port":4}"#,
            value: "3",
            source: "environment of the old service"
        ),
        Case(
            testDescription: "an empty variable is none",
            environment: ["MDW_PORT": "", "API_PORT": ""],
            file: #"{"port":4}"#,
            value: "4",
            source: "configuration file"
        ),
        Case(testDescription: "a text in the file", file: #"{"port":"4"}"#, value: "4", source: "configuration file"),
        Case(testDescription: "the default", value: "8000", source: "default"),
    ]

    @Test(arguments: precedence) func `a value comes from the first that has it`(_ test: Case) async throws {
        let household = try Household()
        try Self.write(test.file, in: household)
        let desk = Desk(in: household, environment: test.environment)
        let code = await desk.run(["config", "--json"] + test.arguments)
        #expect(code == 0, "\(desk.errors.text)")
        let port = try Self.setting("port", in: desk)
        #expect(port["value"].text == test.value)
        #expect(port["source"].text == test.source)
        #expect(port["variable"].text == "MDW_PORT")
    }

    @Test(
        arguments: [
            ("environment", ["MDW_POLYGON_API_KEY": "s3cret"], nil),
            ("old service", ["POLYGON_API_KEY": "s3cret"], nil), ("file", [:], #"{"polygon_api_key":"s3cret"}"#),
        ] as [(String, [String: String], String?)]
    )
    func `secrets are hidden`(name: String, environment: [String: String], file: String?) async throws {
        let household = try Household()
        try Self.write(file, in: household)
        for arguments in [["config"], ["config", "--json"]] {
            let desk = Desk(in: household, environment: environment)
            let code = await desk.run(arguments)
            #expect(code == 0)
            #expect(desk.output.text.contains("(hidden)"))
            #expect(!(desk.output.text + desk.errors.text).contains("s3cret"))
        }
    }

    @Test func `shows every setting`() async throws {
        let household = try Household()
        let desk = Desk(in: household)
        let code = await desk.run("config", "--json")
        #expect(code == 0)
        let names = try JSON(desk.output.text).array?.compactMap { $0["name"].text } ?? []
        for name in ["database", "host", "port", "tls_certificate", "tls_key", "log_level", "log_format", "feed_url"] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(Set(names).count == names.count)
    }

    @Test func `shows the values first when one is bad`() async throws {
        let household = try Household()
        let desk = Desk(in: household, environment: ["API_PORT": "abc"])
        let code = await desk.run("config")
        #expect(code == 2)
        #expect(desk.output.text.contains("abc"))
        #expect(desk.errors.text.contains("the setting port must be a whole number from 0 to 65535"))
    }

    private static func setting(_ name: String, in desk: Desk) throws -> JSON {
        try #require(try JSON(desk.output.text).array?.first { $0["name"].text == name }, "\(desk.output.text)")
    }

    private static func write(_ file: String?, in household: Household) throws {
        guard let file else { return }
        try FileManager.default.createDirectory(
            atPath: household.folder + "/config/mdw",
            withIntermediateDirectories: true
        )
        try file.write(toFile: household.folder + "/config/mdw/config.json", atomically: true, encoding: .utf8)
    }
}
