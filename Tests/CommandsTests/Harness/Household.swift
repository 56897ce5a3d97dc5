import Foundation
import Store
import Testing
import Warehouse

/// A user's home folder with a database, and the built mdw in it: what a test asks runs as the user would run it.
final class Household: Sendable {
    let folder: String
    let database: String
    /// What the commands find in their environment.
    let environment: [String: String]

    /// Every command finds the variables of `environment` besides those of every household.
    init(_ environment: [String: String] = [:]) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.folder = folder
        self.database = folder + "/data/mdw/mdw.sqlite"
        let own = [
            "HOME": folder, "XDG_DATA_HOME": folder + "/data", "XDG_CONFIG_HOME": folder + "/config",
            "XDG_STATE_HOME": folder + "/state", "TERM": "dumb", "PATH": "/usr/bin:/bin",
        ]
        self.environment = own.merging(environment) { $1 }
    }

    /// A household whose warehouse is ready.
    static func ready(_ environment: [String: String] = [:]) async throws -> Household {
        let household = try Household(environment)
        let outcome = try await household.mdw("bootstrap", "--key-file", household.folder + "/admin.key")
        #expect(outcome.code == 0, "\(outcome.errors)")
        return household
    }

    deinit {
        // What can't be removed is in the temporary folder anyway.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs `mdw` to its end.
    func mdw(_ arguments: String...) async throws -> Outcome {
        try await mdw(arguments)
    }

    /// The same with other variables besides.
    func mdw(_ arguments: [String], with more: [String: String] = [:]) async throws -> Outcome {
        try await start(arguments, with: more).outcome()
    }

    /// Starts `mdw`.
    func start(_ arguments: [String], with more: [String: String] = [:]) throws -> RunningProgram {
        try RunningProgram(Self.binary, arguments, environment: environment.merging(more) { $1 }, files: folder)
    }

    /// Runs a line of shell in which `$MDW` is `mdw`.
    func shell(_ line: String) async throws -> Outcome {
        try await RunningProgram(
            "/bin/bash",
            ["-c", line],
            environment: environment.merging(["MDW": Self.binary]) { $1 },
            files: folder
        ).outcome()
    }

    /// Runs `mdw` and reads the JSON that it prints.
    func json(_ arguments: String...) async throws -> JSON {
        let outcome = try await mdw(arguments + ["--json"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try JSON(outcome.output)
    }

    /// Opens the database beside the commands.
    @discardableResult
    func withStore<Result>(_ body: (Store) async throws -> Result) async throws -> Result {
        let store = try await Store.open(sqlite: database, access: .readWrite, clock: FixedClock(now: .now))
        defer { try? store.close() }
        return try await body(store)
    }

    /// The mdw that was built together with the tests.
    static let binary: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("mdw").path
    }()
}

/// How a program ended.
struct Outcome: Sendable {
    /// The exit code; negative for the signal that killed it.
    let code: Int32
    let output: String
    let errors: String

    var lines: [Substring] { output.split(separator: "\n") }
}
