import Store
import Testing
import Warehouse

@testable import AdminAPI

/// The audit log as it grows, over a real connection.
@Suite(.timeLimit(.minutes(2))) struct AuditStreamTests {
    private static let path = "/api/v1/admin/audit/stream"

    /// Opens a stream and runs `body` with it.
    private static func withStream<Value: Sendable>(
        _ listening: ListeningAPI,
        _ ask: Ask,
        _ body: (EventReader) async throws -> Value
    ) async throws -> Value {
        try await withConnection(to: listening.port) { connection in
            try await connection.send(ask.wire)
            let head = try await connection.head()
            #expect(head.status == 200)
            #expect(head["Content-Type"] == "text/event-stream; charset=utf-8")
            #expect(head["Cache-Control"] == "no-store")
            return try await body(EventReader(connection))
        }
    }

    private static func note(_ text: String, in api: TestAPI) async throws {
        try await api.store.audit.append(AuditEvent(text, by: Seed.alice))
    }

    @Test func `rows arrive as they are written, in their order and with all that they hold`() async throws {
        try await withListeningAPI { listening in
            let api = listening.api
            try await Self.withStream(listening, Ask("GET", Self.path, key: .admin)) { events in
                // Its own request comes after it was let in.
                let own = try #require(try await events.next())
                #expect(own.data["action"].text == "GET \(Self.path)" && own.id == Seed.auditRows + 1)
                #expect(own.name == "audit")
                for number in 1...3 {
                    try await Self.note("note \(number)", in: api)
                    let event = try #require(try await events.next())
                    #expect(event.data["action"].text == "note \(number)")
                    #expect(event.id == own.id + Int64(number) && event.data["id"].integer == event.id)
                }
                let listed = try await api.send(Ask("GET", "/api/v1/admin/audit?limit=1", key: .admin)).json()
                try await Self.note("note 4", in: api)
                _ = try await events.next()
                let last = try #require(try await events.next())
                #expect(last.data["action"].text == "note 4")
                #expect(Set(last.data.object?.keys ?? [:].keys) == Set(listed["entries.0"].object?.keys ?? [:].keys))
            }
        }
    }

    @Test func `another process's rows arrive too`() async throws {
        try await withListeningAPI { listening in
            try await Self.withStream(listening, Ask("GET", Self.path, key: .reader)) { events in
                _ = try await events.next()
                let other = try await listening.api.another()
                _ = try await other.audit.append(AuditEvent("elsewhere", by: Seed.alice))
                #expect(try await events.next()?.data["action"] == "elsewhere")
                try other.close()
            }
        }
    }

    @Test func `goes on behind the last event that a client has seen`() async throws {
        try await withListeningAPI { listening in
            let api = listening.api
            var seen: [Int64] = []
            for round in 0..<3 {
                let ask = Ask("GET", Self.path, key: .admin, headers: [("Last-Event-ID", "\(seen.last ?? 0)")])
                seen += try await Self.withStream(listening, ask) { events in
                    var ids: [Int64] = []
                    for _ in 0..<9 {
                        let event = try #require(try await events.next())
                        ids.append(event.id)
                    }
                    return ids
                }
                for number in 1...3 { try await Self.note("gap \(round) \(number)", in: api) }
            }
            #expect(seen == Array(1...27))
        }
    }

    @Test(arguments: [
        ("?after=19", [20, 21]), ("?after=0&key=8", [10, 11, 12, 13, 14]), ("?after=0&source=http", [11, 12, 13]),
    ])
    func `begins where it is asked to, and leaves out the rest`(query: String, ids: [Int64]) async throws {
        try await withListeningAPI { listening in
            try await Self.withStream(listening, Ask("GET", Self.path + query, key: .admin)) { events in
                for id in ids {
                    let event = try await events.next()
                    #expect(event?.id == id)
                }
            }
        }
    }

    @Test func `what a client has seen counts more than the query`() async throws {
        try await withListeningAPI { listening in
            let ask = Ask("GET", Self.path + "?after=0", key: .admin, headers: [("Last-Event-ID", "20")])
            try await Self.withStream(listening, ask) { events in
                let event = try await events.next()
                #expect(event?.id == 21)
            }
        }
    }

    @Test func `many rows arrive without loss`() async throws {
        try await withListeningAPI { listening in
            let api = listening.api
            try await api.store.audit.append((1...1300).map { AuditEvent("row \($0)", by: Seed.alice) })
            try await Self.withStream(listening, Ask("GET", Self.path + "?after=21", key: .admin)) { events in
                for number in 1...1300 {
                    let event = try #require(try await events.next())
                    #expect(event.data["action"].text == "row \(number)")
                }
            }
        }
    }

    @Test func `ends when its key is revoked`() async throws {
        try await withListeningAPI { listening in
            try await Self.withStream(listening, Ask("GET", Self.path, key: .reader)) { events in
                _ = try await events.next()
                let other = try await listening.api.another()
                _ = try await other.keys.revoke(KeyID(TestKey.reader.id), by: Seed.alice)
                try await Self.readToEnd(events)
                try other.close()
            }
        }
    }

    @Test func `ends when its key expires`() async throws {
        try await withListeningAPI { listening in
            try await Self.withStream(listening, Ask("GET", Self.path, key: .rotating)) { events in
                _ = try await events.next()
                listening.api.clock.set(Seed.time("2026-06-05T00:00:00Z"))
                try await Self.readToEnd(events)
            }
        }
    }

    @Test func `ends when the server does`() async throws {
        try await withListeningAPI { listening in
            try await Self.withStream(listening, Ask("GET", Self.path, key: .admin)) { events in
                _ = try await events.next()
                await listening.shutDown()
                try await Self.readToEnd(events)
            }
        }
    }

    @Test func `needs a key`() async throws {
        try await withListeningAPI { listening in
            try await listening.expect(401, Ask("GET", Self.path))
            try await listening.expect(401, Ask("GET", Self.path, key: .revoked))
        }
    }

    /// Reads what is still there, until the server has ended the stream in good order.
    private static func readToEnd(_ events: EventReader) async throws {
        while try await events.next() != nil {}
    }
}
