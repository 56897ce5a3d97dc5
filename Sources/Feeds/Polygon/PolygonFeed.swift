import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import Warehouse

/// Candles of Polygon.io, now Massive, over its REST interface.
///
/// The key travels in the `Authorization` header and to the configured base only: addresses in answers are reduced to
/// path and query, and redirects are not followed. Safe to share among tasks; holds connections until ``close()``.
package struct PolygonFeed: CandleFeed {
    package let source = CandleSource.polygon
    private let configuration: PolygonConfiguration
    private let clock: any WallClock
    private let client: HTTPClient

    /// A feed whose owner calls ``close()``; where a scope can do it, use ``withPolygonFeed(_:clock:_:)``.
    package init(_ configuration: PolygonConfiguration, clock: any WallClock) {
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // Up to 25 times the compressed size; what comes out counts against the body limit as well.
        settings.decompression = HTTPClient.Configuration.singletonConfiguration.decompression
        settings.timeout.connect = TimeAmount(configuration.timeout)
        // The worker decides about the next attempt, and does not want to wait for a hidden one.
        settings.connectionPool.retryConnectionEstablishment = false
        settings.httpVersion = .http1Only
        settings.proxy = configuration.proxy.map { proxy in
            let authorization = proxy.credentials.map {
                HTTPClient.Authorization.basic(username: $0.user, password: $0.password)
            }
            return .server(host: proxy.host, port: proxy.port, authorization: authorization)
        }
        self.configuration = configuration
        self.clock = clock
        self.client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }

    /// Runs `body` with a feed that is closed afterwards, however `body` ends.
    package static func withPolygonFeed<Result>(
        _ configuration: PolygonConfiguration,
        clock: any WallClock,
        _ body: (PolygonFeed) async throws -> Result
    ) async throws -> Result {
        let feed = PolygonFeed(configuration, clock: clock)
        do {
            let result = try await body(feed)
            await feed.close()
            return result
        } catch {
            await feed.close()
            throw error
        }
    }

    /// Ends open requests with an error and closes the connections.
    ///
    /// The feed can't be used any more; closing it again does nothing.
    package func close() async {
        // Fails only when it was closed before.
        try? await client.shutdown()
    }

    package func page(of request: CandleRequest, at cursor: FeedCursor?) async throws(FeedError) -> FeedPage {
        guard let target = try target(of: request, at: cursor) else { return FeedPage() }
        let answer = try await answer(to: target)
        return try answer.page(asked: target, adjusted: request.adjusted, by: configuration, now: clock.now)
    }

    private func target(of request: CandleRequest, at cursor: FeedCursor?) throws(FeedError) -> PolygonTarget? {
        guard let cursor else { return PolygonTarget(firstPageOf: request) }
        guard cursor.text.hasPrefix("/"), !cursor.text.hasPrefix("//"),
            let target = PolygonTarget(cursor.text, adjusted: request.adjusted, base: configuration.base)
        else { throw .untrustworthy(detail: "the stored cursor is not an address of the vendor") }
        return target
    }

    private func answer(to target: PolygonTarget) async throws(FeedError) -> PolygonAnswer {
        let deadline = ContinuousClock.now + configuration.timeout
        let head: HTTPClientResponse
        do {
            let request = httpRequest(for: target)
            head = try await withDeadline(deadline) { [client] in
                // The client's own deadline ends with the head of the answer; this one must outlive ours.
                try await client.execute(request, deadline: .distantFuture)
            }
        } catch {
            throw fault(error, within: nil)
        }

        let status = Int(head.status.code)
        do {
            let limit = status == 200 ? configuration.maximumBodyBytes : Self.longestErrorBody
            let body = try await withDeadline(deadline) { [body = head.body] in
                try await body.collect(upTo: limit)
            }
            return PolygonAnswer(status: status, headers: head.headers, body: Array(body.readableBytesView))
        } catch {
            let fault = fault(error, within: status)
            // An error's status tells enough, whatever becomes of its body.
            if status == 200 || fault == .cancelled { throw fault }
            return PolygonAnswer(status: status, headers: head.headers, body: nil)
        }
    }

    private func httpRequest(for target: PolygonTarget) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(configuration.base)\(target.text)")
        request.headers = [
            "authorization": configuration.key.authorization, "accept": "application/json", "accept-encoding": "gzip",
            "user-agent": "mdw",
        ]
        return request
    }

    /// What an error below HTTP, or while the body of an answer with `status` was read, means.
    private func fault(_ error: any Error, within status: Int?) -> FeedError {
        if Task.isCancelled { return .cancelled }
        let reason =
            switch error {
            case is DeadlineExceeded: "no complete answer within \(configuration.timeout)"
            case is NIOTooManyBytesError: "the body is longer than \(configuration.maximumBodyBytes) bytes"
            default: "\(error)"
            }
        let place = status.map { "HTTP \($0): " } ?? "\(configuration.base.authority): "
        return .transient(detail: configuration.key.redacting(place + reason))
    }

    private static let longestErrorBody = 64 * 1024
}
