import HTTPTypes
import NIOCore
import NIOHTTP1

/// Keeps the manners of HTTP/1.1 on one connection, where Hummingbird leaves them to others: answers what can't be
/// parsed, asks for bodies that clients hold back, and ends connections of clients that are too slow to send or to take.
///
/// Stands between the HTTP/1 codec and the translation into HTTP types, because only there the protocol's version is
/// known.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let requestTimeout: TimeAmount
    private let writeTimeout: TimeAmount
    private var unansweredRequests = 0
    private var isReadingRequest = false
    private var closesAfterAnswer = false
    /// Whether the client knows neither chunks nor connections that stay open.
    private var isOldClient = false
    /// Until when the request that is being sent has to be here; `nil` while none is.
    private var requestDeadline: NIODeadline?
    /// Looks at the deadline; not made anew for each request, of which most are here at once.
    private var slowSender: Scheduled<Void>?
    private var slowTaker: Scheduled<Void>?

    init(requestTimeout: Duration, writeTimeout: Duration) {
        self.requestTimeout = TimeAmount(requestTimeout)
        self.writeTimeout = TimeAmount(writeTimeout)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head):
            unansweredRequests += 1
            isReadingRequest = true
            expectRequest(context)
            isOldClient = head.version == .http1_0 && !head.isKeepAlive
            if head.version == .http1_0, !head.headers.contains(name: "host") {
                // Only HTTP/1.1 asks for it.
                head.headers.add(name: "host", value: "localhost")
            }
            if head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" }) {
                let go = HTTPResponseHead(version: head.version, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
            }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body:
            context.fireChannelRead(data)
        case .end:
            isReadingRequest = false
            requestDeadline = nil
            context.fireChannelRead(data)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            if isOldClient {
                head.version = .http1_0
                head.headers.replaceOrAdd(name: "connection", value: "close")
            }
            closesAfterAnswer = head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unansweredRequests -= 1
            guard closesAfterAnswer else { return context.write(data, promise: promise) }
            let close = context.eventLoop.makePromise(of: Void.self)
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            // What the client still sends is not worth waiting for.
            close.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
            close.futureResult.cascade(to: promise)
            context.writeAndFlush(data, promise: close)
        default:
            context.write(data, promise: promise)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        slowTaker?.cancel()
        slowTaker = nil
        if !context.channel.isWritable {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            slowTaker = context.eventLoop.scheduleTask(in: writeTimeout) { bound.value.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        // A client that connects has to say what it wants.
        expectRequest(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        slowSender?.cancel()
        slowTaker?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // Behind an answer that is not out yet this one would be taken for its rest.
        guard unansweredRequests == (isReadingRequest ? 1 : 0) else { return context.close(promise: nil) }
        let isTooLarge = error == .headerOverflow
        refuse(
            context,
            isTooLarge ? .requestHeaderFieldsTooLarge : .badRequest,
            isTooLarge ? "Request header is too large" : "Malformed HTTP request"
        )
    }

    private func expectRequest(_ context: ChannelHandlerContext) {
        let deadline = NIODeadline.now() + requestTimeout
        requestDeadline = deadline
        if slowSender == nil { look(context, at: deadline) }
    }

    private func look(_ context: ChannelHandlerContext, at time: NIODeadline) {
        let bound = NIOLoopBound((guard: self, context: context), eventLoop: context.eventLoop)
        slowSender = context.eventLoop.scheduleTask(deadline: time) {
            let (connection, context) = bound.value
            connection.slowSender = nil
            guard let deadline = connection.requestDeadline else { return }
            guard deadline <= .now() else { return connection.look(context, at: deadline) }
            guard connection.unansweredRequests <= 1 else { return context.close(promise: nil) }
            connection.refuse(context, .requestTimeout, "The request did not arrive in time")
        }
    }

    /// Answers in place of the responder, and ends the connection.
    private func refuse(_ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ detail: String) {
        let body = ByteBuffer(string: "{\"detail\":\"\(detail)\"}")
        let headers: HTTPHeaders = [
            "content-type": "application/json", "content-length": "\(body.readableBytes)", "connection": "close",
            "x-request-id": "connection-\(UInt64.random(in: 0 ... .max))",
        ]
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
    }
}
