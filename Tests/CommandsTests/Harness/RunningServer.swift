import Foundation
import FoundationNetworking
import Testing

/// An `mdw serve` that runs beside a test.
struct RunningServer: Sendable {
    let household: Household
    let program: RunningProgram
    /// Such as `http://127.0.0.1:41234`.
    let address: String

    /// Starts a server on a free port and waits until it says where it listens.
    static func start(
        in household: Household,
        _ arguments: [String] = [],
        with environment: [String: String] = [:]
    ) async throws -> RunningServer {
        let program = try household.start(["serve", "--no-worker", "--port", "0"] + arguments, with: environment)
        return try await RunningServer(household: household, program: program)
    }

    init(household: Household, program: RunningProgram) async throws {
        self.household = household
        self.program = program
        try await eventually { program.output.contains("\n") || !program.isRunning }
        let match = try #require(
            program.output.firstMatch(of: /mdw serves (https?:\/\/[^,]+), API at \/docs\n/),
            "\(program.output)\(program.errors)"
        )
        self.address = String(match.1)
    }

    /// What the server answered; `nil` when it could not be reached.
    func answer(_ path: String, _ method: String = "GET", key: String? = nil, body: String? = nil) async -> WebAnswer? {
        guard let url = URL(string: address + path) else { return nil }
        var request = URLRequest(url: url, timeoutInterval: 60)
        request.httpMethod = method
        if let key { request.setValue(key, forHTTPHeaderField: "X-API-Key") }
        if let body {
            request.httpBody = Data(body.utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        // Not to be reached is an outcome here, not an error.
        guard let (data, response) = try? await URLSession.shared.data(for: request),
            let status = (response as? HTTPURLResponse)?.statusCode
        else { return nil }
        return WebAnswer(status: status, text: String(decoding: data, as: UTF8.self))
    }

    /// Asks the server to end, and waits until it has.
    func end(_ signal: Int32 = SIGTERM) async -> Outcome {
        program.send(signal)
        return await program.outcome()
    }
}

/// What a server answered.
struct WebAnswer: Sendable {
    let status: Int
    let text: String
}

extension Household {
    /// The key that `mdw bootstrap` wrote.
    var adminKey: String {
        get throws {
            try String(contentsOfFile: folder + "/admin.key", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
