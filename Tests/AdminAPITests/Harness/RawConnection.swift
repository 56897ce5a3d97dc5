import NIOCore
import NIOPosix
import NIOSSL

/// A TCP connection over which a test sends what it likes.
final class RawConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received: [UInt8] = []

    fileprivate init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// Sends as far as the server takes it.
    ///
    /// One that has ended the connection by now may have said why, which is still to be read.
    func send(_ text: String) async throws {
        do {
            try await outbound.write(ByteBuffer(string: text))
        } catch is ChannelError {
            return
        } catch is IOError {
            return
        }
    }

    /// Says that nothing more will be sent.
    func finish() {
        outbound.finish()
    }

    /// Reads one answer.
    /// - Throws: ``ConnectionEnded`` when there is none.
    func answer(to method: String = "GET") async throws -> Answer {
        var head = try await head()
        // An invitation to send the body is not yet the answer.
        while (100..<200).contains(head.status) { head = try await self.head() }
        return Answer(
            status: head.status,
            headers: head.headers,
            body: method == "HEAD" || head.status == 304 ? [] : try await body(head)
        )
    }

    /// Reads the status line and the headers of an answer, which may be a preliminary one.
    func head() async throws -> Answer {
        let lines = try await text(until: "\r\n\r\n").split(separator: "\r\n").map { String($0) }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: String(parts.last?.trimmingPrefix(" ") ?? ""))
        }
        return Answer(status: status, headers: headers, body: [])
    }

    private func body(_ head: Answer) async throws -> [UInt8] {
        if head["Transfer-Encoding"] == "chunked" {
            var body: [UInt8] = []
            while let chunk = try await chunk() { body += chunk }
            return body
        }
        if let length = head["Content-Length"].flatMap({ Int($0) }) { return try await bytes(length) }
        return try await rest()
    }

    /// Reads one piece of a chunked body; `nil` at its end.
    func chunk() async throws -> [UInt8]? {
        guard let size = Int(try await text(until: "\r\n"), radix: 16) else { return nil }
        let chunk = try await bytes(size)
        _ = try await text(until: "\r\n")
        return size == 0 ? nil : chunk
    }

    /// Reads up to and without `end`.
    func text(until end: String) async throws -> String {
        let end = Array(end.utf8)
        var searched = 0
        while true {
            if let range = received[searched...].firstRange(of: end) {
                defer { received.removeFirst(range.upperBound) }
                return String(decoding: received[..<range.lowerBound], as: UTF8.self)
            }
            searched = max(0, received.count - end.count)
            guard try await more() else { throw ConnectionEnded() }
        }
    }

    /// Reads all until the server ends the connection.
    func rest() async throws -> [UInt8] {
        while try await more() {}
        defer { received = [] }
        return received
    }

    private func bytes(_ count: Int) async throws -> [UInt8] {
        while received.count < count {
            guard try await more() else { throw ConnectionEnded() }
        }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }

    private func more() async throws -> Bool {
        do {
            guard let buffer = try await inbound.next(isolation: #isolation) else { return false }
            received += buffer.readableBytesView
            return true
        } catch is IOError {
            // A reset is an end too.
            return false
        } catch is ChannelError {
            // So is a close that comes while more is asked for.
            return false
        }
    }
}

/// The server ended the connection before there was a whole answer.
struct ConnectionEnded: Error {}

/// Runs `body` with a new connection, which is closed afterwards.
func withConnection<Value: Sendable>(
    to port: Int,
    tls: NIOSSLContext? = nil,
    _ body: (RawConnection) async throws -> Value
) async throws -> Value {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                if let tls {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: tls, serverHostname: nil)
                    )
                }
                return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            }
        }
    var value: Value?
    do {
        try await channel.executeThenClose { inbound, outbound in
            value = try await body(RawConnection(inbound, outbound))
        }
    } catch {
        // A server that closes first makes closing fail, which says nothing of what went over the connection.
        guard value != nil else { throw error }
    }
    guard let value else { throw ConnectionEnded() }
    return value
}
