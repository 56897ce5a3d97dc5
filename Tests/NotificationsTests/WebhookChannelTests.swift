import Foundation
import Notifications
import Testing
import VendorStub
import Warehouse

/// The webhook against a real HTTP server.
@Suite(.timeLimit(.minutes(1))) struct WebhookChannelTests {
    static let secret = "s3cret-s3cret-s3cret"

    /// Sends one notice to the path `/hook/t0ken?key=k3y` of a server.
    private func send(
        _ notice: AlertNotice = .sample(),
        to url: String,
        secret: String? = nil,
        timeout: Duration = .seconds(30)
    ) async throws {
        let channel = WebhookChannel(
            try WebhookAddress(url + "/hook/t0ken?key=k3y"),
            secret: try secret.map { try WebhookSecret($0) },
            host: "warehouse-1",
            timeout: timeout,
            clock: StandingClock()
        )
        do {
            try await channel.send(notice)
        } catch {
            await channel.close()
            throw error
        }
        await channel.close()
    }

    @Test func `posts a JSON object`() async throws {
        try await VendorStub.with(answers: [StubAnswer(status: 204), StubAnswer(status: 200)]) { stub in
            try await send(to: stub.url)
            try await send(.sample(.resolved), to: stub.url)
            let requests = await stub.requests
            #expect(requests.map(\.method) == ["POST", "POST"])
            #expect(requests.map(\.uri) == ["/hook/t0ken?key=k3y", "/hook/t0ken?key=k3y"])
            #expect(requests[0].headers["content-type"] == ["application/json"])
            #expect(requests[0].headers["X-MDW-Signature"].isEmpty)
            #expect(
                String(decoding: requests[0].body, as: UTF8.self) == #"""
                    {"condition":"backfill.failed AAPL 1d","event":"raised","host":"warehouse-1","id":7,\#
                    "kind":"backfill.failed","message":"HTTP 500: \"no\" \\ ü","raised_at":"2024-11-24T10:00:00Z",\#
                    "resolved_at":null,"severity":"warning","subject":"AAPL 1d"}
                    """#
            )
            let second = try #require(
                try JSONSerialization.jsonObject(with: Data(requests[1].body)) as? [String: Any]
            )
            #expect(second["event"] as? String == "resolved")
            #expect(second["resolved_at"] as? String == "2024-11-24T10:01:00Z")
        }
    }

    @Test func `the signature is that of another implementation`() async throws {
        try await VendorStub.with(answers: [StubAnswer(status: 200)]) { stub in
            try await send(to: stub.url, secret: " \(Self.secret)\n")
            let request = await stub.requests[0]
            #expect(request.headers["X-MDW-Timestamp"] == ["1732443000"])
            let expected = try await withFolder { folder in
                let file = folder + "/signed"
                try (Data("1732443000.".utf8) + Data(request.body)).write(to: URL(fileURLWithPath: file))
                let process = Process()
                let output = Pipe()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
                process.arguments = ["dgst", "-sha256", "-hmac", Self.secret, "-r", file]
                process.standardOutput = output
                try process.run()
                let printed = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                return String(decoding: printed, as: UTF8.self).prefix { $0 != " " }
            }
            #expect(request.headers["X-MDW-Signature"] == ["sha256=\(expected)"])
        }
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let answer: StubAnswer
        let reason: String
    }

    static let refusals = [
        Refusal(testDescription: "500", answer: StubAnswer(status: 500), reason: "HTTP 500"),
        Refusal(testDescription: "404", answer: StubAnswer(status: 404), reason: "HTTP 404"),
        Refusal(testDescription: "a redirect", answer: .redirect(to: "/elsewhere", status: 307), reason: "HTTP 307"),
        Refusal(
            testDescription: "a connection that is closed",
            answer: StubAnswer().failing(.closedAtOnce),
            reason: "the connection was closed without an answer"
        ),
    ]

    @Test(arguments: refusals) func `is not delivered`(_ test: Refusal) async throws {
        try await VendorStub.with(answers: [test.answer, StubAnswer(status: 200)]) { stub in
            let failure = await #expect(throws: AlertDeliveryFailure.self) { try await send(to: stub.url) }
            #expect(failure?.description == "\(stub.url): \(test.reason)")
            // Nothing is tried a second time, and no redirect is followed.
            #expect(await stub.requests.count == 1)
        }
    }

    @Test func `an answer that does not come is not waited for`() async throws {
        let gate = StubGate()
        try await VendorStub.with(answers: [StubAnswer(status: 200).held(by: gate)]) { stub in
            let failure = await #expect(throws: AlertDeliveryFailure.self) {
                try await send(to: stub.url, timeout: .milliseconds(200))
            }
            #expect(failure?.description == "\(stub.url): no answer within \(Duration.milliseconds(200))")
            await gate.open()
        }
    }

    @Test func `the body of the answer is not waited for`() async throws {
        let answer = StubAnswer(status: 200, body: Array("ok ok".utf8)).failing(.silent(after: 2))
        try await VendorStub.with(answers: [answer]) { stub in try await send(to: stub.url) }
    }

    @Test func `nobody listens`() async throws {
        let stub = try await VendorStub.start(answers: [])
        await stub.shutdown()
        let failure = await #expect(throws: AlertDeliveryFailure.self) { try await send(to: stub.url) }
        let text = try #require(failure?.description)
        #expect(text.hasPrefix("\(stub.url): "))
        #expect(!text.contains("t0ken") && !text.contains("k3y"))
    }

    @Test func `speaks TLS to an https address`() async throws {
        try await VendorStub.with(answers: [StubAnswer(status: 200)]) { stub in
            let address = stub.url.replacing("http://", with: "https://")
            await #expect(throws: AlertDeliveryFailure.self) { try await send(to: address) }
            #expect(await stub.requests.isEmpty)
        }
    }
}
