import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import Warehouse

/// Posts alerts as JSON to an address; `X-MDW-Signature` proves who sent them when there is a secret.
///
/// Any 2xx is a delivery. Redirects are not followed: a notice goes to the address that was set and to no other.
package struct WebhookChannel: AlertChannel {
    package let name = "webhook"
    private let address: WebhookAddress
    private let secret: WebhookSecret?
    private let host: String
    private let timeout: Duration
    private let clock: any WallClock
    private let client: HTTPClient

    /// A channel whose owner calls ``close()``.
    ///
    /// `host`: the name of this machine in the notices.
    package init(
        _ address: WebhookAddress,
        secret: WebhookSecret?,
        host: String,
        timeout: Duration = .seconds(15),
        clock: any WallClock
    ) {
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
        settings.timeout.connect = TimeAmount(timeout)
        // The next attempt is the courier's matter.
        settings.connectionPool.retryConnectionEstablishment = false
        settings.httpVersion = .http1Only
        self.address = address
        self.secret = secret
        self.host = host
        self.timeout = timeout
        self.clock = clock
        self.client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }

    /// Ends an open request with an error and closes the connections; closing it again does nothing.
    package func close() async {
        // Fails only when it was closed before.
        try? await client.shutdown()
    }

    package func send(_ notice: AlertNotice) async throws(AlertDeliveryFailure) {
        let status: UInt
        do {
            let request = try request(for: notice)
            // The head of the answer says it all: the body is not read.
            status = try await client.execute(request, deadline: .now() + TimeAmount(timeout)).status.code
        } catch {
            throw AlertDeliveryFailure("\(address): \(reason(error))")
        }
        guard (200..<300).contains(status) else { throw AlertDeliveryFailure("\(address): HTTP \(status)") }
    }

    private func request(for notice: AlertNotice) throws -> HTTPClientRequest {
        let body = try WebhookPayload(notice: notice, host: host).body()
        var request = HTTPClientRequest(url: address.text)
        request.method = .POST
        request.headers = ["content-type": "application/json", "user-agent": "mdw"]
        if let secret {
            let timestamp = String(clock.now.seconds)
            request.headers.add(name: "X-MDW-Timestamp", value: timestamp)
            request.headers.add(name: "X-MDW-Signature", value: secret.signature(of: body, at: timestamp))
        }
        request.body = .bytes(body)
        return request
    }

    /// What went wrong below HTTP; never the address, which such errors can repeat.
    private func reason(_ error: any Error) -> String {
        if error is CancellationError { return "interrupted" }
        return switch error as? HTTPClientError {
        case .deadlineExceeded, .connectTimeout: "no answer within \(timeout)"
        case .remoteConnectionClosed: "the connection was closed without an answer"
        default: "\(error)".replacing(address.text, with: "\(address)")
        }
    }
}
