import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import ServiceLifecycle
import Store
import Testing
import Warehouse

@testable import AdminAPI

/// The API on a freshly seeded store, with a clock and an engine that the test owns.
struct TestAPI: Sendable {
    let folder: String
    let clock: ManualClock
    let engine: FaultyEngine
    let store: Store
    let server: APIServer
    let log: KeptLog
    fileprivate let ports: AsyncStream<Int>

    var path: String { folder + "/mdw.sqlite" }

    /// Answers without a socket: the request goes straight to the responder.
    func send(_ ask: Ask) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in ask.headers {
            guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header") }
            fields.append(HTTPField(name: name, value: value))
        }
        if !ask.body.isEmpty { fields[.contentLength] = "\(ask.body.count)" }
        guard let method = HTTPRequest.Method(ask.method) else { preconditionFailure("\(ask.method) is no method") }
        let head = HTTPRequest(
            method: method,
            scheme: "http",
            authority: ask.host,
            path: ask.target,
            headerFields: fields
        )
        var logger = log.logger
        logger[metadataKey: "hb.request.id"] = "made-by-the-server"
        let response = await server.responder.respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: ask.body))),
            context: CallContext(source: .init(channel: NIOAsyncTestingChannel(), logger: logger))
        )
        let collected = CollectedBody()
        try await response.body.write(collected)
        return Answer(
            status: response.status.code,
            headers: response.headers.map { (name: $0.name.canonicalName, value: $0.value) },
            body: collected.bytes.withLock { $0 }
        )
    }

    /// Expects that a request is answered with `status`.
    @discardableResult
    func expect(_ status: Int, _ ask: Ask, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Answer {
        let answer = try await send(ask)
        #expect(answer.status == status, "\(answer.text)", sourceLocation: sourceLocation)
        return answer
    }

    /// Another store on the same file, as another process has it.
    func another() async throws -> Store {
        try await Store.open(sqlite: path, access: .readWrite, clock: clock)
    }

    /// The audit rows that came after the seeded ones, the oldest first.
    func newRows() async throws -> [AuditEntry] {
        try await store.audit.oldest(1_000_000, after: Seed.auditRows)
    }

    /// The requests among them, as `GET /path 200`.
    func newRequests() async throws -> [String] {
        try await newRows().filter { $0.event.status != nil }.map { "\($0.event.action) \($0.event.status ?? 0)" }
    }
}

/// Runs `body` with the API on a store of its own.
func withAPI<Value>(
    _ settings: ServerSettings = ServerSettings(),
    certificate: TLSCertificate? = nil,
    _ body: (TestAPI) async throws -> Value
) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-api-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // A folder that can't be removed must not hide the outcome of the test.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await Seed.copy(into: folder)
    let clock = ManualClock(Seed.now)
    let opened = try await Store.open(sqlite: folder + "/mdw.sqlite", access: .readWrite, clock: clock)
    let engine = FaultyEngine(opened.engine)
    let store = Store(engine: engine, clock: clock)
    let log = KeptLog()
    var settings = settings
    settings.port = 0
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = APIServer(
        store: store,
        settings: settings,
        certificate: certificate,
        logger: log.logger,
        isSchedulerRunning: { true },
        onListening: { continuation.yield($0) }
    )
    let api = TestAPI(
        folder: folder,
        clock: clock,
        engine: engine,
        store: store,
        server: server,
        log: log,
        ports: ports
    )
    let value = try await body(api)
    try store.close()
    return value
}

/// An API that listens.
struct ListeningAPI: Sendable {
    let api: TestAPI
    let port: Int
    fileprivate let group: ServiceGroup

    /// Asks the server to end when it has answered what is under way.
    func shutDown() async { await group.triggerGracefulShutdown() }

    /// Expects that a request is answered with `status`.
    @discardableResult
    func expect(_ status: Int, _ ask: Ask, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Answer {
        let answer = try await send(ask)
        #expect(answer.status == status, "\(answer.text)", sourceLocation: sourceLocation)
        return answer
    }

    /// Sends one request over a connection of its own.
    func send(_ ask: Ask) async throws -> Answer {
        try await withConnection(to: port) { connection in
            try await connection.send(ask.wire)
            return try await connection.answer(to: ask.method)
        }
    }
}

/// Runs `body` while the API listens on a port of its own.
func withListeningAPI<Value: Sendable>(
    _ settings: ServerSettings = ServerSettings(),
    certificate: TLSCertificate? = nil,
    _ body: @Sendable (ListeningAPI) async throws -> Value
) async throws -> Value {
    try await withAPI(settings, certificate: certificate) { api in
        let group = ServiceGroup(
            services: [api.server],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var ports = api.ports.makeAsyncIterator()
            guard let port = await ports.next() else { preconditionFailure("the server does not listen") }
            do {
                let value = try await body(ListeningAPI(api: api, port: port, group: group))
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return value
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
        }
    }
}

/// Keeps the bytes of a body.
struct CollectedBody: ResponseBodyWriter {
    let bytes = LockedBox<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { $0 += buffer.readableBytesView }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
