import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Store
import Warehouse

/// Answers requests: routes, lets in, dispatches, records, in this order and nowhere else.
///
/// The path that is judged is the path that is routed: there is one match, and access is a property of what it found.
struct APIResponder: HTTPResponder {
    typealias Context = CallContext

    /// Bodies of requests, and no more.
    static let bodyLimit = 1 << 20

    private let routes: RouteTable
    private let services: APIServices
    private let authenticator: Authenticator
    private let denied: DeniedAttempts
    private let requiresKeyForData: Bool

    init(
        endpoints: [Endpoint],
        services: APIServices,
        authenticator: Authenticator,
        denied: DeniedAttempts,
        requiresKeyForData: Bool
    ) {
        self.routes = RouteTable(endpoints)
        self.services = services
        self.authenticator = authenticator
        self.denied = denied
        self.requiresKeyForData = requiresKeyForData
        services.metrics.prepare(resources: routes.resources.map(\.path))
    }

    func respond(to request: Request, context: CallContext) async -> Response {
        let start = ContinuousClock.now
        let match = routes.match(request.uri.path)
        var response: Response
        do {
            response = try await answer(request, match, context, start)
        } catch {
            response = answer(to: error, of: request, context)
        }
        let (status, duration) = (response.status, ContinuousClock.now - start)
        services.metrics.count(resource: match?.resource?.index, request.method, status, duration)
        context.logger.debug(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(Self.loggedPath(of: request))",
                "status": "\(status.code)", "client": "\(context.client.text)", "duration": "\(duration.latencyText)",
            ]
        )
        if request.method == .head {
            response = response.createHeadResponse()
        } else {
            response = GzipBody.compress(response, for: request)
        }
        response.headers[.requestID] = Self.requestID(of: request, context)
        return response
    }

    private func answer(
        _ request: Request,
        _ match: RouteTable.Match?,
        _ context: CallContext,
        _ start: ContinuousClock.Instant
    ) async throws -> Response {
        guard let host = request.head.authority, request.headers[.repeatedHost] == nil, HostHeader.isWellFormed(host)
        else {
            throw Refusal(.badRequest, "Invalid Host header", headers: [.connection: "close"])
        }
        guard let match else { throw Refusal.notFound }
        switch match.access {
        case .administrators: break
        case .data where requiresKeyForData: break
        case .data, .everybody: return try await dispatch(request, match, context.client, services.store, nil)
        }
        let key = try identify(request, context.client)
        return try await answerAudited(request, match, context, key, start)
    }

    private func identify(_ request: Request, _ client: ClientAddress) throws -> APIKey {
        do {
            let key = try authenticator.identify(request)
            services.metrics.countAuthentication(nil)
            return key
        } catch let denial as Authenticator.Denial {
            services.metrics.countAuthentication(denial)
            denied.note(denial, from: client)
            throw denial.refusal
        }
    }

    /// Answers, and returns when the request's audit row is on disk.
    private func answerAudited(
        _ request: Request,
        _ match: RouteTable.Match,
        _ context: CallContext,
        _ key: APIKey,
        _ start: ContinuousClock.Instant
    ) async throws -> Response {
        let action = "\(request.method.rawValue) \(RawKey.redactedAnywhere(in: request.uri.path))"
        let client = context.client
        @Sendable func row(_ status: HTTPResponse.Status) -> AuditEvent {
            AuditEvent(
                action,
                by: Actor(source: .http, name: key.name, address: client.text),
                key: (key.id, key.name),
                status: status.code,
                duration: ContinuousClock.now - start
            )
        }
        if request.method.isReading {
            let response = try await refusing(request, context) {
                try await dispatch(request, match, client, services.store, key)
            }
            try await services.requests.record(row(response.status))
            return response
        }
        // A change and the row of its request are one transaction.
        let (store, recorder) = services.store.recording { row(.ok) }
        let response = try await refusing(request, context) {
            try await dispatch(request, match, client, store, key)
        }
        if !recorder.isRecorded { try await services.requests.record(row(response.status)) }
        return response
    }

    /// Makes an answer of an error, so that it is recorded too; only a store that can't be used is none.
    private func refusing(
        _ request: Request,
        _ context: CallContext,
        _ body: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await body()
        } catch let error as StoreError where error.isUnavailable {
            throw error
        } catch {
            return answer(to: error, of: request, context)
        }
    }

    private func dispatch(
        _ request: Request,
        _ match: RouteTable.Match,
        _ client: ClientAddress,
        _ store: Store,
        _ key: APIKey?
    ) async throws -> Response {
        guard let resource = match.resource else { throw Refusal.notFound }
        let method = request.method == .head ? .get : request.method
        guard let endpoint = resource.endpoints[method] else {
            throw Refusal(.methodNotAllowed, "Method Not Allowed", headers: [.allow: resource.allowed])
        }
        if let key, key.scope != .admin, !method.isReading {
            throw Refusal(.forbidden, "This API key may only read")
        }
        let call = Call(
            request: request,
            inputs: Inputs(
                path: match.parameters,
                query: PercentEncoding.parameters(of: request.uri.query),
                body: endpoint.takesBody ? try await body(of: request) : nil
            ),
            key: key,
            store: store,
            services: services,
            client: client
        )
        return try await endpoint.respond(call)
    }

    private func body(of request: Request) async throws -> JSONValue {
        if let type = request.headers[.contentType] {
            let media = type.prefix { $0 != ";" && $0 != " " }.lowercased()
            guard media == "application/json" || media.hasPrefix("application/") && media.hasSuffix("+json") else {
                throw Refusal(.unsupportedMediaType, "Unsupported media type: send application/json")
            }
        }
        let declared = request.headers[.contentLength].flatMap { Int64($0) } ?? 0
        var buffer = ByteBuffer()
        do {
            guard declared <= Self.bodyLimit else { throw NIOTooManyBytesError(maxBytes: Self.bodyLimit) }
            buffer = try await request.body.collect(upTo: Self.bodyLimit)
        } catch is NIOTooManyBytesError {
            // The rest is not read: the connection ends with this answer.
            throw Refusal(.contentTooLarge, "Request body is over 1 MiB", headers: [.connection: "close"])
        }
        guard buffer.readableBytes > 0 else {
            throw ValidationFailure([.init(location: ["body"], fault: .missing, input: .null)])
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: Array(buffer.readableBytesView))
        } catch {
            let fault = InputFault("json_invalid", "JSON decode error", ["error": .text(error.reason)])
            throw ValidationFailure([.init(location: ["body", 0], fault: fault, input: [:])])
        }
        guard case .object = value else {
            throw ValidationFailure([.init(location: ["body"], fault: .notAnObject, input: value)])
        }
        return value
    }

    private func answer(to error: any Error, of request: Request, _ context: CallContext) -> Response {
        switch error {
        case let refusal as Refusal: return refusal.response
        case let failure as ValidationFailure:
            return .json(failure.json.bytes, status: .unprocessableContent)
        case let failure as StoreError:
            if failure.isUnavailable {
                services.health.note(failure)
                context.logger.error("the store is unavailable", metadata: ["error": "\(failure)"])
            }
            return Refusal(failure).response
        case is CancellationError:
            return Refusal(.serviceUnavailable, "The server is shutting down").response
        default:
            // The kind of the error, because its text may repeat what was sent.
            context.logger.error(
                "a request failed",
                metadata: ["error": "\(type(of: error))", "path": "\(Self.loggedPath(of: request))"]
            )
            return Refusal(.internalServerError, "Internal Server Error").response
        }
    }

    /// The path without what must not be in a log, whatever a client put there.
    private static func loggedPath(of request: Request) -> String {
        RawKey.redactedAnywhere(in: request.uri.path).sanitized(limit: 200)
    }

    /// The client's own id, when it is one that is safe to repeat; otherwise a new one.
    private static func requestID(of request: Request, _ context: CallContext) -> String {
        guard let id = request.headers[.requestID], (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy(isSafeInRequestID)
        else { return context.id }
        return id
    }

    private static func isSafeInRequestID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension Refusal {
    static let notFound = Refusal(.notFound, "Not Found")
}

extension HTTPRequest.Method {
    /// Whether requests of this method change nothing.
    var isReading: Bool { self == .get || self == .head || self == .options }
}
