import Store
import Testing
import Warehouse

/// Every answer to an administrator has its row in the audit log.
@Suite(.timeLimit(.minutes(2))) struct RequestRowsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let ask: Ask
        let status: Int
        /// The rows that the change itself leaves, before that of the request.
        var changes: [String] = []
    }

    static let cases = [
        Case(testDescription: "a list", ask: Ask("GET", "/api/v1/admin/symbols?x=1", key: .admin), status: 200),
        Case(testDescription: "a head", ask: Ask("HEAD", "/api/v1/admin/symbols", key: .admin), status: 200),
        Case(testDescription: "nothing", ask: Ask("GET", "/api/v1/admin/nothing", key: .admin), status: 404),
        Case(
            testDescription: "an unknown symbol",
            ask: Ask("GET", "/api/v1/admin/symbols/X", key: .admin),
            status: 404
        ),
        Case(testDescription: "a wrong method", ask: Ask("PATCH", "/api/v1/admin/symbols", key: .admin), status: 405),
        Case(
            testDescription: "a reading key",
            ask: Ask("DELETE", "/api/v1/admin/symbols/BTC", key: .reader),
            status: 403
        ),
        Case(
            testDescription: "a conflict",
            ask: Ask("PUT", "/api/v1/admin/api-keys/7", key: .admin, body: #"{"active":true}"#),
            status: 409
        ),
        Case(
            testDescription: "a fault",
            ask: Ask("POST", "/api/v1/admin/symbols", key: .admin, body: "{}"),
            status: 422
        ),
        Case(
            testDescription: "no JSON",
            ask: Ask("POST", "/api/v1/admin/symbols", key: .admin, body: "{"),
            status: 422
        ),
        Case(
            testDescription: "no media type",
            ask: Ask(
                "POST",
                "/api/v1/admin/symbols",
                key: .admin,
                headers: [("Content-Type", "text/plain")],
                body: "{}"
            ),
            status: 415
        ),
        Case(
            testDescription: "too much",
            ask: Ask("POST", "/api/v1/admin/symbols", key: .admin, headers: [("Content-Length", "99999999")]),
            status: 413
        ),
        Case(
            testDescription: "a symbol twice",
            ask: Ask("POST", "/api/v1/admin/symbols", key: .admin, body: #"{"symbol":"BTC"}"#),
            status: 400
        ),
        Case(
            testDescription: "a change",
            ask: Ask("POST", "/api/v1/admin/symbols", key: .admin, body: #"{"symbol":"MSFT"}"#),
            status: 200,
            changes: ["symbol.add"]
        ),
        Case(
            testDescription: "a change of nothing",
            ask: Ask("DELETE", "/api/v1/admin/symbols/OLD", key: .admin),
            status: 200
        ),
        Case(
            testDescription: "a key that deletes itself",
            ask: Ask("DELETE", "/api/v1/admin/api-keys/1", key: .admin),
            status: 200,
            changes: ["key.delete"]
        ),
        Case(
            testDescription: "a key that revokes itself",
            ask: Ask("PUT", "/api/v1/admin/api-keys/1", key: .admin, body: #"{"active":false}"#),
            status: 200,
            changes: ["key.revoke"]
        ),
        Case(
            testDescription: "a new key",
            ask: Ask("POST", "/api/v1/admin/api-keys", key: .admin, body: #"{"name":"a"}"#),
            status: 200,
            changes: ["key.create"]
        ),
        Case(
            testDescription: "a rotation",
            ask: Ask("PUT", "/api/v1/admin/api-keys/2", key: .admin, body: #"{"rotate":true}"#),
            status: 200,
            changes: ["key.rotate"]
        ),
        Case(
            testDescription: "a paused backfill",
            ask: Ask("PUT", "/api/v1/admin/backfills/1", key: .admin, body: #"{"action":"pause"}"#),
            status: 200,
            changes: ["backfill.pause"]
        ),
    ]

    @Test(arguments: cases) func `one row a request`(_ test: Case) async throws {
        try await withAPI { api in
            try await api.expect(test.status, test.ask)
            let rows = try await api.newRows()
            let key: TestKey = test.ask.headers[0].value == TestKey.reader.raw ? .reader : .admin
            let path = test.ask.target.split(separator: "?")[0]
            #expect(rows.dropLast().map(\.event.action) == test.changes)
            let row = try #require(rows.last)
            #expect(row.event.action == "\(test.ask.method) \(path)")
            #expect(row.event.status == test.status)
            #expect(row.event.keyID == KeyID(key.id) && row.event.keyName == key.rawValue)
            #expect(row.event.actor == Actor(source: .http, name: key.rawValue, address: "unknown"))
            #expect(row.event.duration != nil)
            #expect(try await api.store.audit.verify() == .intact(rows: row.sequence, head: api.store.audit.anchor()))
        }
    }

    @Test func `the address of a client is in its row`() async throws {
        try await withListeningAPI { listening in
            _ = try await listening.send(Ask("GET", "/api/v1/admin/symbols", key: .admin))
            #expect(try await listening.api.newRows().last?.event.actor.address == "127.0.0.1")
        }
    }

    @Test func `what is public leaves no row`() async throws {
        try await withAPI { api in
            for target in ["/", "/health", "/api/v1/status", "/metrics", "/nothing"] {
                _ = try await api.send(Ask("GET", target, key: .admin))
            }
            #expect(try await api.newRows().isEmpty)
        }
    }

    @Test func `usage moves with the row`() async throws {
        try await withAPI { api in
            api.clock.advance(by: .seconds(5))
            for _ in 1...3 { _ = try await api.send(Ask("GET", "/api/v1/admin/audit", key: .reader)) }
            _ = try await api.send(Ask("GET", "/api/v1/admin/nothing", key: .reader))
            let key = try await api.store.keys.find(KeyID(TestKey.reader.id))
            #expect(key.requestCount == 6)
            #expect(key.lastUsed == Seed.now + .seconds(5))
            #expect(key.lastUsedEndpoint == "GET /api/v1/admin/nothing")
            let total = try await api.store.audit.requests(of: key.id, limit: 1).total
            #expect(total == 6)
        }
    }

    @Test func `a key is never in a row`() async throws {
        try await withAPI { api in
            let raw = TestKey.admin.raw
            _ = try await api.send(Ask("GET", "/api/v1/admin/symbols?key=\(raw)", key: .admin))
            _ = try await api.send(Ask("POST", "/api/v1/admin/symbols", key: .admin, body: #"{"symbol":"\#(raw)"}"#))
            for row in try await api.newRows() { #expect(!"\(row)".contains(raw)) }
        }
    }
}
