import Store
import Testing
import Warehouse

@testable import AdminAPI

/// How many clients are served, for how long, and how the server ends.
@Suite(.timeLimit(.minutes(3))) struct ServerLimitsTests {
    private static func settings(_ change: (inout ServerSettings) -> Void) -> ServerSettings {
        var settings = ServerSettings()
        change(&settings)
        return settings
    }

    @Test func `who comes beyond the limit waits until another goes`() async throws {
        try await withListeningAPI(Self.settings { $0.connectionLimit = 1 }) { listening in
            let events = LockedBox<[String]>([])
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                try await withConnection(to: listening.port) { first in
                    try await first.send(Ask("GET", "/health").wire)
                    _ = try await first.answer()
                    tasks.addTask {
                        _ = try await listening.send(Ask("GET", "/health"))
                        events.withLock { $0.append("the second is answered") }
                    }
                    for _ in 0..<50 {
                        try await first.send(Ask("GET", "/api/v1/symbols").wire)
                        _ = try await first.answer()
                    }
                    events.withLock { $0.append("the first goes") }
                }
                try await tasks.waitForAll()
            }
            #expect(events.withLock { $0 } == ["the first goes", "the second is answered"])
        }
    }

    @Test func `who takes nothing of its answer is dropped`() async throws {
        let settings = Self.settings {
            $0.connectionLimit = 1
            $0.writeTimeout = .milliseconds(300)
        }
        try await withListeningAPI(settings) { listening in
            _ = try await listening.api.fill(
                "BTC",
                .fiveMinutes,
                from: "2026-01-01T00:00:00Z",
                count: 20_000,
                step: 300
            )
            let ask = Ask("GET", "/api/v1/historical/BTC?timeframe=5m&start=2026-01-01&end=2026-12-31")
            try await withConnection(to: listening.port) { slow in
                // It is the one that the server has accepted before the other comes.
                try await slow.send(Ask("GET", "/health").wire)
                _ = try await slow.answer()
                // More than all buffers on the way hold.
                for _ in 0..<12 { try await slow.send(ask.wire) }
                // The one connection is free again only when the slow client is gone.
                try await listening.expect(200, Ask("GET", "/health"))
                let taken = try await slow.rest()
                #expect(String(decoding: taken.suffix(10), as: UTF8.self).hasSuffix("0\r\n\r\n") == false)
            }
        }
    }

    @Test func `a connection that does nothing ends`() async throws {
        try await withListeningAPI(Self.settings { $0.idleTimeout = .seconds(2) }) { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(Ask("GET", "/health").wire)
                _ = try await connection.answer()
                let rest = try await connection.rest()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `a server that ends answers what is under way, and takes nothing new`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { running in
                listening.api.engine.hold()
                try await running.send(Ask("DELETE", "/api/v1/admin/symbols/AAPL", key: .admin).wire)
                try await eventually { listening.api.engine.held > 0 }
                await listening.shutDown()
                try await eventually("new connections are taken") {
                    do {
                        try await listening.expect(200, Ask("GET", "/health"))
                        return false
                    } catch {
                        return true
                    }
                }
                listening.api.engine.release()
                let answer = try await running.answer()
                #expect(answer.status == 200)
                let rest = try await running.rest()
                #expect(rest.isEmpty)
            }
            let rows = try await listening.api.newRequests()
            #expect(rows == ["DELETE /api/v1/admin/symbols/AAPL 200"])
        }
    }

    @Test func `a server that ends lets go of connections that do nothing`() async throws {
        try await withListeningAPI { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(Ask("GET", "/health").wire)
                _ = try await connection.answer()
                await listening.shutDown()
                let rest = try await connection.rest()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `a client that goes before its answer harms nobody`() async throws {
        try await withListeningAPI { listening in
            listening.api.engine.hold()
            try await withConnection(to: listening.port) { connection in
                try await connection.send(Ask("DELETE", "/api/v1/admin/symbols/AAPL", key: .admin).wire)
                try await eventually { listening.api.engine.held > 0 }
            }
            listening.api.engine.release()
            try await eventually { try await listening.api.newRequests().count == 1 }
            try await listening.expect(200, Ask("GET", "/health"))
        }
    }
}
