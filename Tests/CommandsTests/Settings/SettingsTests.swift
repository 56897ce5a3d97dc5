import Foundation
import Testing

@testable import Commands

/// Which of flag, environment, file and default a setting comes from.
@Suite struct SettingsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var flag: String?
        var environment: [String: String] = [:]
        var file: String?
        let expected: String
    }

    static let precedence = [
        Case(
            testDescription: "the flag comes first",
            flag: "/flag",
            environment: ["MDW_DATABASE": "/env", "DATABASE_URL": "sqlite:///url"],
            file: #"{"database":"/file"}"#,
            expected: "/flag"
        ),
        Case(
            testDescription: "then mdw's variable",
            environment: ["MDW_DATABASE": "/env", "DATABASE_URL": "sqlite:///url"],
            file: #"{"database":"/file"}"#,
            expected: "/env"
        ),
        Case(
            testDescription: "then everybody's",
            environment: ["DATABASE_URL": "sqlite:///url/a%20b.db"],
            file: #"{"database":"/file"}"#,
            expected: "/url/a b.db"
        ),
        Case(
            testDescription: "four slashes are three",
            environment: ["DATABASE_URL": "sqlite:////url/x.db"],
            expected: "/url/x.db"
        ),
        Case(testDescription: "then the file", file: #"{"database":"/file"}"#, expected: "/file"),
        Case(
            testDescription: "an empty variable is none",
            environment: ["MDW_DATABASE": "", "DATABASE_URL": ""],
            file: #"{"database":"/file"}"#,
            expected: "/file"
        ),
        Case(
            testDescription: "a foreign address is not read when it is not needed",
            environment: ["MDW_DATABASE": "/env", "DATABASE_URL": "postgresql://u:p@h/d"],
            expected: "/env"
        ),
        Case(
            testDescription: "the data folder of the user",
            environment: ["XDG_DATA_HOME": "/xdg"],
            expected: "/xdg/mdw/mdw.sqlite"
        ),
        Case(
            testDescription: "a relative data folder is ignored",
            environment: ["XDG_DATA_HOME": "xdg"],
            expected: "HOME/.local/share/mdw/mdw.sqlite"
        ),
    ]

    @Test(arguments: precedence) func database(_ test: Case) async throws {
        let household = try Household()
        let settings = try await read(test.environment, file: test.file, flags: .init(database: test.flag), household)
        #expect(settings.database == test.expected.replacing("HOME", with: household.folder))
    }

    @Test(
        arguments: [
            ("another kind", ["DATABASE_URL": "postgresql://u:secret@h/d"], nil, "the kind 'postgresql'"),
            ("no address", ["DATABASE_URL": "/var/x"], nil, "is no address"),
            ("no path", ["DATABASE_URL": "sqlite://"], nil, "no path of a file"),
            ("a host", ["DATABASE_URL": "sqlite://host/x"], nil, "no path of a file"),
            ("a query", ["DATABASE_URL": "sqlite:///x?mode=ro"], nil, "no path of a file"),
            ("a broken file", [:], "{", "config.json can't be read"),
            ("a number for a path", [:], #"{"database":5}"#, "the setting database must be text"),
        ] as [(String, [String: String], String?, String)]
    )
    func refused(_ name: String, _ environment: [String: String], _ file: String?, _ expected: String) async throws {
        let household = try Household()
        let error = await #expect(throws: SettingsError.self) {
            _ = try await read(environment, file: file, flags: .init(), household)
        }
        #expect(error?.description.contains(expected) == true, "\(error as Any)")
        #expect(error?.description.contains("secret") == false)
    }

    @Test(
        arguments: [
            ("no key", [:], .init(), "simulated"),
            ("a key", ["POLYGON_API_KEY": "k"], .init(), "polygon at https://api.massive.com, 5 requests a minute"),
            ("a key, simulation asked for", ["POLYGON_API_KEY": "k"], .init(simulated: true), "simulated"),
            (
                "address and rate", ["POLYGON_API_KEY": "k", "MDW_VENDOR_REQUESTS_PER_MINUTE": "1"],
                .init(feedURL: "http://localhost:8/x/"), "polygon at http://localhost:8/x, 1 request a minute"
            ),
            (
                "unlimited, address from the environment",
                ["POLYGON_API_KEY": "k", "MDW_VENDOR_REQUESTS_PER_MINUTE": "0", "MDW_FEED_URL": "https://v"], .init(),
                "polygon at https://v, unlimited requests"
            ),
        ] as [(String, [String: String], Settings.Flags, String)]
    )
    func feed(_ name: String, _ environment: [String: String], _ flags: Settings.Flags, _ expected: String) async throws
    {
        let settings = try await read(environment, flags: flags, try Household())
        #expect(try settings.feed.get().description == expected)
    }

    @Test(arguments: [
        ("an address without a key", ["MDW_FEED_URL": "https://v"], "needs a key"),
        ("no address", ["MDW_FEED_URL": "ftp://v", "POLYGON_API_KEY": "k3y"], "http or https"),
        ("a bad key", ["POLYGON_API_KEY": "k3y\n5"], "the vendor key holds"),
        ("a bad rate", ["MDW_VENDOR_REQUESTS_PER_MINUTE": "five"], "whole number from 0 to 100000"),
        ("a negative rate", ["MDW_VENDOR_REQUESTS_PER_MINUTE": "-1"], "whole number from 0 to 100000"),
    ])
    func badFeed(_ name: String, _ environment: [String: String], _ expected: String) async throws {
        // Who needs no feed is not stopped by it.
        let settings = try await read(environment, flags: .init(), try Household())
        let error = #expect(throws: SettingsError.self) { _ = try settings.feed.get() }
        #expect(error?.description.contains(expected) == true, "\(error as Any)")
        #expect(error?.description.contains("k3y") == false)
    }

    @Test func aKeyInClearIsWarnedOf() async throws {
        let environment = ["POLYGON_API_KEY": "k", "MDW_FEED_URL": "http://vendor.example"]
        let settings = try await read(environment, flags: .init(), try Household())
        #expect(
            try settings.feed.get().warning
                == "the vendor key travels unencrypted to http://vendor.example: use https"
        )
    }

    private func read(
        _ environment: [String: String],
        file: String? = nil,
        flags: Settings.Flags,
        _ household: Household
    ) async throws -> Settings {
        if let file {
            let folder = household.folder + "/.config/mdw"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try file.write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
        }
        var surroundings = Surroundings.process
        surroundings.environment = environment
        surroundings.home = household.folder
        return try await Settings.read(flags, in: surroundings)
    }
}
