import Foundation
import Testing

/// Several shells that change one database at the same time.
///
/// `MDW_CONCURRENT_ROUNDS` says how many changes each of them makes.
@Suite struct ConcurrentCommandsTests {
    private static let rounds = Int(ProcessInfo.processInfo.environment["MDW_CONCURRENT_ROUNDS"] ?? "") ?? 20

    @Test func nothingIsLockedAndNothingIsLost() async throws {
        let household = try await Household.ready()
        let rounds = Self.rounds
        try await withThrowingTaskGroup { group in
            for shell in 1...3 {
                group.addTask {
                    for round in 1...rounds {
                        let name = "shell\(shell)-\(round)"
                        let created = try await household.mdw("keys", "create", name)
                        #expect(created.code == 0, "\(created.errors)")
                        let revoked = try await household.mdw("keys", "revoke", name)
                        #expect(revoked.code == 0, "\(revoked.errors)")
                    }
                }
            }
            group.addTask {
                for _ in 1...rounds {
                    let waited = try await household.mdw("backfill", "start", "AAPL", "--wait", "--simulated")
                    #expect(waited.code == 0, "\(waited.errors)")
                    let verified = try await household.mdw("audit", "verify")
                    #expect(verified.code == 0, "\(verified.errors)")
                }
            }
            try await group.waitForAll()
        }
        let keys = try #require(try await household.json("keys", "list").array)
        #expect(keys.count == 1 + 3 * rounds)
        #expect(Set(keys.map { $0["id"].integer }).count == keys.count)
        #expect(keys.filter { $0["state"].text == "revoked" }.count == 3 * rounds)
        let audit = try await household.mdw("audit", "export")
        for action in ["key.create", "key.revoke"] {
            let rows = audit.lines.filter { $0.contains("\"\(action)\"") && $0.contains("shell") }
            #expect(rows.count == 3 * rounds, "\(action)")
        }
        #expect(try await household.json("audit", "verify")["rows"].integer == audit.lines.count)
        #expect(try await household.mdw("doctor").code == 0)
    }
}
