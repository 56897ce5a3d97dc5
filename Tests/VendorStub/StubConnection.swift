import NIOCore
import NIOHTTP1

/// One connection to the stub: reads requests and answers them, one after the other.
struct StubConnection {
    typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    let channel: Channel
    let log: StubLog
    let handler: VendorStub.Handler

    /// Serves until the client or an answer's fault closes the connection, which is never an error here.
    func serve() async {
        do {
            try await channel.executeThenClose { inbound, outbound in
                var head: HTTPRequestHead?
                var body: [UInt8] = []
                var isSilent = false
                for try await part in inbound {
                    switch part {
                    case .head(let next):
                        head = next
                        body = []
                    case .body(let part): body += part.readableBytesView
                    case .end:
                        guard let head, !isSilent else { continue }
                        let request = StubRequest(
                            method: head.method.rawValue,
                            uri: head.uri,
                            headers: StubHeaders(head.headers.map { ($0.name, $0.value) }),
                            body: body,
                            time: .now
                        )
                        await log.record(request)
                        let answer = await handler(request)
                        await answer.gate?.wait()
                        guard try await send(answer, over: outbound) else { return }
                        if case .silent = answer.fault { isSilent = true }
                    }
                }
            }
        } catch {
            // The client went away, or the stub is being shut down.
        }
    }

    /// Whether the connection stays open.
    private func send(
        _ answer: StubAnswer,
        over outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws -> Bool {
        if answer.fault == .closedAtOnce { return false }
        var headers = HTTPHeaders(answer.headers.fields.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "content-length", value: String(answer.body.count))
        let status = HTTPResponseStatus(statusCode: answer.status)
        try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers)))
        switch answer.fault {
        case .cutOff(let count):
            try await write(answer.body.prefix(count), to: outbound)
            return false
        case .silent(let count):
            try await write(answer.body.prefix(count), to: outbound)
            return true
        case .dripping(let count, let pause):
            for start in stride(from: 0, to: answer.body.count, by: max(1, count)) {
                try await write(answer.body.dropFirst(start).prefix(max(1, count)), to: outbound)
                try await Task.sleep(for: pause)
            }
        case .closedAtOnce, nil:
            try await write(answer.body[...], to: outbound)
        }
        try await outbound.write(.end(nil))
        return true
    }

    private func write(
        _ bytes: ArraySlice<UInt8>,
        to outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
    }
}
