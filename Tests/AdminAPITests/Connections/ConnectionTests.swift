import Store
import Testing

@testable import AdminAPI

/// The manners of HTTP/1.1 on one connection.
@Suite(.timeLimit(.minutes(2))) struct ConnectionTests {
    private static var impatient: ServerSettings {
        var settings = ServerSettings()
        settings.requestTimeout = .milliseconds(300)
        return settings
    }

    private static var strict: ServerSettings {
        var settings = ServerSettings()
        settings.headerLimit = 2048
        return settings
    }

    @Test(
        arguments: [
            ("nothing", ""), ("half of a line", "GET /hea"), ("half of a header", "GET /health HTTP/1.1\r\nHost: loc"),
            ("a header without its end", "GET /health HTTP/1.1\r\nHost: localhost\r\n"),
            (
                "half of a body",
                "POST /api/v1/admin/symbols HTTP/1.1\r\nHost: localhost\r\nX-API-Key: \(TestKey.admin.raw)\r\n"
                    + "Content-Length: 20\r\n\r\n{\"symbol\""
            ),
            (
                "a body without its last chunk",
                "POST /api/v1/admin/symbols HTTP/1.1\r\nHost: localhost\r\nX-API-Key: \(TestKey.admin.raw)\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
            ),
        ]
    )
    func `who sends too slowly is told so`(name: String, sent: String) async throws {
        try await withListeningAPI(Self.impatient) { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(sent)
                let answer = try await connection.answer()
                #expect(answer.status == 408)
                #expect(try answer.json() == ["detail": "The request did not arrive in time"])
                #expect(answer["Connection"] == "close" && answer["X-Request-ID"] != nil)
                let rest = try await connection.rest()
                #expect(rest.isEmpty)
            }
            let changes = try await listening.api.store.symbols.list().count
            #expect(changes == 3)
        }
    }

    @Test(
        arguments: [
            (
                "a long header",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "x", count: 3000))\r\n\r\n"
            ),
            (
                "a long list",
                "GET /health HTTP/1.1\r\nHost: localhost\r\n"
                    + (0..<60).map { "X\($0): \(String(repeating: "x", count: 40))\r\n" }.joined() + "\r\n"
            ),
            (
                "many headers",
                "GET /health HTTP/1.1\r\nHost: localhost\r\n" + (0..<101).map { "X\($0): 1\r\n" }.joined() + "\r\n"
            ),
            ("a header without an end", "GET /health HTTP/1.1\r\nX: \(String(repeating: "x", count: 9000))"),
        ]
    )
    func `headers have a limit`(name: String, sent: String) async throws {
        try await withListeningAPI(Self.strict) { listening in
            try await Self.expectRefusal(431, "Request header is too large", sent, listening)
        }
    }

    @Test(
        arguments: [
            ("no HTTP", "HELLO\r\n\r\n"), ("no version", "GET /health\r\n\r\n"),
            ("a version that is none", "GET /health HTTP/x\r\n\r\n"),
            ("a header without a colon", "GET /health HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n"),
            ("a header with a space before its colon", "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n"),
            ("a length that is none", "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"),
            ("a negative length", "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"),
            (
                "two lengths",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"
            ),
            (
                "a length and chunks",
                "POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            ),
            ("TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}"), ("a null byte", "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ]
    )
    func `what is no HTTP is refused`(name: String, sent: String) async throws {
        try await withListeningAPI(Self.strict) { listening in
            try await Self.expectRefusal(400, "Malformed HTTP request", sent, listening)
        }
    }

    @Test func `a client may ask before it sends its body`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                let body = #"{"symbol":"MSFT"}"#
                try await connection.send(
                    "POST /api/v1/admin/symbols HTTP/1.1\r\nHost: localhost\r\nX-API-Key: \(TestKey.admin.raw)\r\n"
                        + "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                )
                let invitation = try await connection.head()
                #expect(invitation.status == 100)
                try await connection.send(body)
                let answer = try await connection.answer()
                #expect(answer.status == 200)
            }
        }
    }

    @Test func `requests that come together are answered in their order`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                let targets = ["/docs", "/api/v1/admin/symbols", "/nothing", "/health", "/api/v1/admin/audit"]
                let asks = targets.enumerated().map {
                    Ask("GET", $0.element, key: .admin, headers: [("X-Request-ID", "\($0.offset)")])
                }
                try await connection.send(asks.map(\.wire).joined())
                var answers: [String] = []
                for _ in asks {
                    let answer = try await connection.answer()
                    answers.append("\(answer["X-Request-ID"] ?? "") \(answer.status)")
                }
                #expect(answers == ["0 200", "1 200", "2 404", "3 200", "4 200"])
            }
        }
    }

    @Test func `nonsense behind a request ends the connection and nothing else`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(Ask("GET", "/health").wire + "NONSENSE\r\n\r\n")
                let rest = String(decoding: try await connection.rest(), as: UTF8.self)
                #expect(rest.isEmpty || rest.hasPrefix("HTTP/1.1 200") || rest.hasPrefix("HTTP/1.1 400"))
            }
            try await listening.expect(200, Ask("GET", "/health"))
        }
    }

    @Test(
        arguments: [
            ("without a host", "GET /health HTTP/1.0\r\n\r\n", 200),
            ("with a host", "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n", 200),
            ("with a host that is none", "GET /health HTTP/1.0\r\nHost: a?b\r\n\r\n", 400),
            ("guarded", "GET /api/v1/admin/api-keys HTTP/1.0\r\n\r\n", 401),
        ]
    )
    func `HTTP/1.0 is understood, and ends the connection`(name: String, sent: String, status: Int) async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(sent)
                let answer = try await connection.answer()
                #expect(answer.status == status)
                let rest = try await connection.rest()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `candles for HTTP/1.0 come without chunks`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(
                    "GET /api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31 HTTP/1.0\r\n\r\n"
                )
                let answer = try await connection.answer()
                #expect(answer["Transfer-Encoding"] == nil && answer["Connection"] == "close")
                #expect(try answer.json()["count"] == 19)
            }
        }
    }

    @Test func `a client that wants to close is let go`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(Ask("GET", "/health", headers: [("Connection", "close")]).wire)
                let answer = try await connection.answer()
                #expect(answer.status == 200)
                let rest = try await connection.rest()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `a body over 1 MiB in chunks is refused when it is too much`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(
                    "POST /api/v1/admin/symbols HTTP/1.1\r\nHost: localhost\r\nX-API-Key: \(TestKey.admin.raw)\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                )
                let chunk = "10000\r\n" + String(repeating: " ", count: 65_536) + "\r\n"
                for _ in 0..<16 { try await connection.send(chunk) }
                try await connection.send("1\r\n \r\n")
                let answer = try await connection.answer()
                #expect(answer.status == 413)
                #expect(answer["Connection"] == "close")
            }
            let rows = try await listening.api.newRequests()
            #expect(rows == ["POST /api/v1/admin/symbols 413"])
        }
    }

    private static func expectRefusal(
        _ status: Int,
        _ detail: String,
        _ sent: String,
        _ listening: ListeningAPI
    ) async throws {
        try await withConnection(to: listening.port) { connection in
            try await connection.send(sent)
            let answer = try await connection.answer()
            #expect(answer.status == status)
            #expect(try answer.json() == ["detail": .text(detail)])
            #expect(answer["Connection"] == "close")
            let rest = try await connection.rest()
            #expect(rest.isEmpty)
        }
        // The others are served as before.
        try await listening.expect(200, Ask("GET", "/health"))
    }
}
