import Foundation
import Notifications
import Testing
import VendorStub
import Warehouse

/// The webhook against a TLS server whose certificate nobody vouches for.
@Suite(.timeLimit(.minutes(1))) struct WebhookTLSTests {
    @Test func `a certificate that nobody vouches for is refused`() async throws {
        try await withFolder { folder in
            let files = ["-keyout", folder + "/key.pem", "-out", folder + "/cert.pem"]
            let maker = try Self.openssl(
                ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"] + files
            )
            maker.process.waitUntilExit()
            // The port of a server that has ended is free.
            let stub = try await VendorStub.start(answers: [])
            await stub.shutdown()
            let server = try Self.openssl(
                ["s_server", "-accept", "127.0.0.1:\(stub.port)", "-cert", folder + "/cert.pem"]
                    + ["-key", folder + "/key.pem", "-www"]
            )
            defer { server.process.terminate() }
            var said = Data()
            while !String(decoding: said, as: UTF8.self).contains("ACCEPT") {
                let more = server.output.fileHandleForReading.availableData
                try #require(!more.isEmpty, "the server does not start")
                said += more
            }
            let channel = WebhookChannel(
                try WebhookAddress("https://localhost:\(stub.port)/"),
                secret: nil,
                host: "h",
                clock: StandingClock()
            )
            let failure = await #expect(throws: AlertDeliveryFailure.self) { try await channel.send(.sample()) }
            await channel.close()
            #expect(failure?.description.contains("CERTIFICATE_VERIFY_FAILED") == true, "\(failure?.description ?? "")")
        }
    }

    private static func openssl(_ arguments: [String]) throws -> (process: Process, output: Pipe) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, output)
    }
}
