import NIOCore
import NIOHTTP1
import NIOPosix

/// A vendor for tests: a real HTTP/1.1 server on 127.0.0.1 that answers as it is told and remembers what it was asked.
///
/// Safe to use from any task.
package final class VendorStub: Sendable {
    /// Decides about one request, on the connection's own task, so it may wait.
    package typealias Handler = @Sendable (StubRequest) async -> StubAnswer

    package let port: Int
    private let log: StubLog
    private let server: Task<Void, Never>

    /// `http://127.0.0.1:PORT`, for the configuration of what is tested.
    package var url: String { "http://127.0.0.1:\(port)" }

    private init(port: Int, log: StubLog, server: Task<Void, Never>) {
        self.port = port
        self.log = log
        self.server = server
    }

    /// Starts a stub whose owner calls ``shutdown()``; where a scope can do it, use ``with(_:_:)``.
    package static func start(_ handler: @escaping Handler) async throws -> VendorStub {
        let log = StubLog()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 128)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try StubConnection.Channel(wrappingChannelSynchronously: channel)
                }
            }
        let server = Task {
            do {
                try await listener.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await channel in connections {
                            group.addTask {
                                await StubConnection(channel: channel, log: log, handler: handler).serve()
                            }
                        }
                    }
                }
            } catch {
                // Cancelled by `shutdown()`.
            }
        }
        return VendorStub(port: listener.channel.localAddress?.port ?? 0, log: log, server: server)
    }

    /// Starts a stub that gives `answers` one after the other, whatever is asked, and status 500 when there are none
    /// left.
    package static func start(answers: [StubAnswer]) async throws -> VendorStub {
        let script = StubScript(answers)
        return try await start { _ in await script.next() }
    }

    /// Runs `body` with a stub that is shut down afterwards, however `body` ends.
    package static func with<Result>(
        _ handler: @escaping Handler,
        _ body: (VendorStub) async throws -> Result
    ) async throws -> Result {
        let stub = try await start(handler)
        return try await stub.running(body)
    }

    /// The same for a stub that gives `answers` one after the other.
    package static func with<Result>(
        answers: [StubAnswer],
        _ body: (VendorStub) async throws -> Result
    ) async throws -> Result {
        let stub = try await start(answers: answers)
        return try await stub.running(body)
    }

    /// What was asked so far, in the order of arrival.
    package var requests: [StubRequest] {
        get async { await log.requests }
    }

    /// Returns when `count` requests have arrived, or the task is cancelled.
    package func waitForRequests(_ count: Int) async {
        await log.wait(for: count)
    }

    /// Closes the port and all connections; returns when they are closed.
    package func shutdown() async {
        server.cancel()
        await server.value
    }

    private func running<Result>(_ body: (VendorStub) async throws -> Result) async throws -> Result {
        do {
            let result = try await body(self)
            await shutdown()
            return result
        } catch {
            await shutdown()
            throw error
        }
    }
}

/// Answers that are given one after the other.
private actor StubScript {
    private var answers: ArraySlice<StubAnswer>

    init(_ answers: [StubAnswer]) {
        self.answers = answers[...]
    }

    func next() -> StubAnswer {
        answers.popFirst() ?? .json(#"{"status":"ERROR","error":"the stub has no answer left"}"#, status: 500)
    }
}
