import Store
import Testing
import Warehouse

@testable import AdminAPI

/// A key that is revoked by another process while it is in use everywhere.
@Suite(.timeLimit(.minutes(3))) struct RevocationTests {
    private struct Round {
        var isRevoked = false
        var isOver = false
        var accepted = 0
        /// Requests that began after the revoking call had returned, and were let in.
        var late = 0
        var refused = 0
    }

    private static let connections = 16

    @Test func `no request is let in that begins after the revocation`() async throws {
        try await withListeningAPI { listening in
            let other = try await listening.api.another()
            let key = KeyID(TestKey.reader.id)
            for number in 0..<10 {
                let round = LockedBox(Round())
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for _ in 0..<Self.connections { tasks.addTask { try await Self.hammer(listening, round) } }
                    try await eventually { round.withLock { $0.accepted } >= Self.connections }
                    _ = try await other.keys.revoke(key, by: Seed.alice)
                    round.withLock { $0.isRevoked = true }
                    try await eventually { round.withLock { $0.refused } >= Self.connections }
                    round.withLock { $0.isOver = true }
                    try await tasks.waitForAll()
                }
                #expect(round.withLock { $0.late } == 0, "round \(number)")
                _ = try await other.keys.restore(key, by: Seed.alice)
            }
            let answered = try await listening.api.newRequests().filter { $0 == "GET /api/v1/admin/symbols 200" }.count
            #expect(try await listening.api.store.keys.find(key).requestCount == Int64(answered + 2))
            try other.close()
        }
    }

    /// Asks over one connection, again and again.
    private static func hammer(_ listening: ListeningAPI, _ round: LockedBox<Round>) async throws {
        try await withConnection(to: listening.port) { connection in
            while !round.withLock({ $0.isOver }) {
                let beganRevoked = round.withLock { $0.isRevoked }
                try await connection.send(Ask("GET", "/api/v1/admin/symbols", key: .reader).wire)
                let status = try await connection.answer().status
                round.withLock { round in
                    if status == 200 { round.accepted += 1 } else { round.refused += 1 }
                    if status == 200, beganRevoked { round.late += 1 }
                }
            }
        }
    }
}
