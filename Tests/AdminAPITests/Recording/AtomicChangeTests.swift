import Store
import Testing
import Warehouse

/// A change and its rows are one transaction, and no answer leaves before its row is on disk.
@Suite(.timeLimit(.minutes(2))) struct AtomicChangeTests {
    static let changes = [
        Ask("POST", "/api/v1/admin/symbols", key: .admin, body: #"{"symbol":"MSFT"}"#),
        Ask("PUT", "/api/v1/admin/symbols/AAPL?active=false", key: .admin),
        Ask("PUT", "/api/v1/admin/symbols/AAPL/timeframes", key: .admin, body: #"{"timeframes":["5m"]}"#),
        Ask("DELETE", "/api/v1/admin/symbols/BTC", key: .admin),
        Ask("POST", "/api/v1/admin/api-keys", key: .admin, body: #"{"name":"a"}"#),
        Ask("PUT", "/api/v1/admin/api-keys/2", key: .admin, body: #"{"active":false}"#),
        Ask("PUT", "/api/v1/admin/api-keys/2", key: .admin, body: #"{"rotate":true}"#),
        Ask("DELETE", "/api/v1/admin/api-keys/2", key: .admin),
        Ask("POST", "/api/v1/admin/backfills", key: .admin, body: #"{"symbol":"BTC"}"#),
        Ask("PUT", "/api/v1/admin/backfills/1", key: .admin, body: #"{"action":"cancel"}"#),
    ]

    @Test(arguments: changes.indices, [true, false])
    func `a change that can't be written leaves nothing behind`(index: Int, afterBody: Bool) async throws {
        try await withAPI { api in
            let before = try await api.content()
            api.engine.fail(.write(.full, afterBody: afterBody))
            let answer = try await api.send(Self.changes[index])
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "60")
            #expect(
                try answer.json() == ["detail": "The disk is full: nothing was changed; make room and try again"]
            )
            api.engine.fail(nil)
            #expect(try await api.content() == before)
            try await api.expect(200, Self.changes[index])
        }
    }

    @Test(arguments: changes.indices) func `a change is one transaction with its request`(index: Int) async throws {
        try await withAPI { api in
            let writes = api.engine.writeCount
            try await api.expect(200, Self.changes[index])
            #expect(api.engine.writeCount == writes + 1)
        }
    }

    @Test func `a look whose row can't be written is not answered`() async throws {
        try await withAPI { api in
            api.engine.fail(.write(.full, afterBody: false))
            let answer = try await api.send(Ask("GET", "/api/v1/admin/symbols", key: .admin))
            #expect(answer.status == 503)
            #expect(!answer.text.contains("AAPL"))
            try await api.expect(200, Ask("GET", "/api/v1/status"))
        }
    }

    @Test func `health tells why, and that it is over`() async throws {
        try await withAPI { api in
            try await api.expect(200, Ask("GET", "/health"))
            api.engine.fail(.write(.full, afterBody: false))
            _ = try await api.send(Self.changes[0])
            let answer = try await api.send(Ask("GET", "/health"))
            #expect(answer.status == 503)
            #expect(try answer.json()["status"] == "unhealthy")
            #expect(try answer.json()["reason"].text?.contains("disk is full") == true)
            api.engine.fail(nil)
            try await api.expect(200, Ask("GET", "/health"))
            try await api.expect(200, Self.changes[0])
        }
    }

    @Test func `health tells that the store can't be read`() async throws {
        try await withAPI { api in
            api.engine.fail(.read(.damaged("a page is torn")))
            let answer = try await api.send(Ask("GET", "/health"))
            #expect(answer.status == 503)
            #expect(try answer.json()["reason"].text?.contains("a page is torn") == true)
            try await api.expect(503, Ask("GET", "/api/v1/status"))
            try await api.expect(503, Ask("GET", "/metrics"))
        }
    }

    @Test func `many requests share commits, and none is lost`() async throws {
        try await withAPI { api in
            let writes = api.engine.writeCount
            try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 1...200 {
                    tasks.addTask { try await api.send(Ask("GET", "/api/v1/admin/audit?limit=1", key: .reader)).status }
                }
                for try await status in tasks { #expect(status == 200) }
            }
            #expect(try await api.newRequests().count == 200)
            #expect(api.engine.writeCount - writes < 200)
            #expect(try await api.store.keys.find(KeyID(TestKey.reader.id)).requestCount == 202)
        }
    }

    @Test func `the last admin key stays`() async throws {
        try await withAPI { api in
            for id in [5, 6, 9] {
                try await api.expect(200, Ask("DELETE", "/api/v1/admin/api-keys/\(id)", key: .admin))
            }
            for ask in [
                Ask("DELETE", "/api/v1/admin/api-keys/1", key: .admin),
                Ask("PUT", "/api/v1/admin/api-keys/1", key: .admin, body: #"{"active":false}"#),
            ] { try await api.expect(409, ask) }
            try await api.expect(200, Ask("GET", "/api/v1/admin/symbols", key: .admin))
        }
    }
}

extension TestAPI {
    /// Every row of every table, as text: equal contents, equal stores.
    fileprivate func content() async throws -> [String] {
        try await store.engine.read { session in
            try session.tableNames().flatMap { table -> [String] in
                let columns = try session.rows("SELECT name FROM pragma_table_info(?)", [.text(table)]) { $0.text() }
                let values = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
                return try session.rows("SELECT \(values) FROM \(table) ORDER BY 1") { "\(table): \($0.text())" }
            }
        }
    }
}
