import Foundation
import Testing

/// How `mdw serve` is told what to do.
@Suite(.timeLimit(.minutes(3))) struct ServeSettingsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var arguments: [String] = []
        var environment: [String: String] = [:]
        let expected: String
    }

    static let refused = [
        Case(testDescription: "API_PORT", environment: ["API_PORT": "abc"], expected: "the setting port must be"),
        Case(testDescription: "MDW_PORT", environment: ["MDW_PORT": "65536"], expected: "from 0 to 65535"),
        Case(testDescription: "--port", arguments: ["--port", "-1"], expected: "port"),
        Case(testDescription: "--port text", arguments: ["--port", "x"], expected: "port"),
        Case(
            testDescription: "LOG_LEVEL",
            environment: ["LOG_LEVEL": "loud"],
            expected: "the setting log_level must be"
        ),
        Case(
            testDescription: "--log-format",
            arguments: ["--log-format", "xml"],
            expected: "must be one of text, json"
        ),
        Case(
            testDescription: "--connection-limit",
            arguments: ["--connection-limit", "0"],
            expected: "connection_limit"
        ),
        Case(
            testDescription: "a flag that is none",
            environment: ["MDW_REQUIRE_KEY_FOR_DATA": "maybe"],
            expected: "must be true or false"
        ),
        Case(
            testDescription: "a certificate without its key",
            arguments: ["--tls-certificate", "/x.pem"],
            expected: "TLS needs both"
        ),
        Case(
            testDescription: "a key without its certificate",
            environment: ["MDW_TLS_KEY": "/x.key"],
            expected: "TLS needs both"
        ),
        Case(
            testDescription: "files that are missing",
            arguments: ["--tls-certificate", "/nowhere/x.pem", "--tls-key", "/nowhere/x.key"],
            expected: "/nowhere/x.pem holds no certificate"
        ),
        Case(testDescription: "an unknown flag", arguments: ["--loud"], expected: "--loud"),
    ]

    @Test(arguments: refused) func `bad settings end with code 2 and one sentence`(_ test: Case) async throws {
        let household = try await Household.ready()
        let outcome = try await household.mdw(["serve", "--no-worker"] + test.arguments, with: test.environment)
        #expect(outcome.code == 2, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(test.expected), "\(outcome.errors)")
    }

    @Test func `a missing database ends with code 3`() async throws {
        let outcome = try await Household().mdw("serve", "--port", "0")
        #expect(outcome.code == 3)
        #expect(outcome.errors.contains("there is no database at"))
    }

    @Test func `the variables of the old service are understood`() async throws {
        let household = try await Household.ready()
        let program = try household.start(
            ["serve", "--no-worker"],
            with: ["API_HOST": "127.0.0.2", "API_PORT": "0", "LOG_LEVEL": "ERROR"]
        )
        let server = try await RunningServer(household: household, program: program)
        #expect(server.address.hasPrefix("http://127.0.0.2:"))
        #expect(await server.answer("/health")?.status == 200)
        let outcome = await server.end()
        #expect(outcome.code == 0)
        #expect(!outcome.errors.contains(" info ") && !outcome.errors.contains(" notice "), "\(outcome.errors)")
    }

    @Test func `data needs a key when it is asked for`() async throws {
        let household = try await Household.ready()
        let server = try await RunningServer.start(in: household, ["--require-key-for-data"])
        #expect(await server.answer("/api/v1/status")?.status == 401)
        #expect(await server.answer("/api/v1/status", key: try household.adminKey)?.status == 200)
        #expect(await server.end().code == 0)
    }

    @Test func `keys that travel in the clear are warned of`() async throws {
        let household = try await Household.ready()
        let server = try await RunningServer.start(in: household, ["--host", "0.0.0.0"])
        #expect(server.program.errors.contains("warning: keys travel unencrypted to 0.0.0.0"))
        #expect(await server.end().code == 0)
    }
}
