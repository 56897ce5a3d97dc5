import Foundation
import TestPrograms
import Testing

/// The main job in a real terminal: an administrator opens the console, revokes a key, and watches a backfill.
@Suite(.serialized) struct MainJobTests {
    @Test(arguments: [(80, 24), (120, 40)])
    func anAdministratorDoesIt(width: Int, height: Int) async throws {
        let console = try TmuxConsole(width: width, height: height)
        defer { console.close() }
        try console.open()

        let first = try await console.wait(for: "here is its first admin key")
        #expect(first.contains { $0.firstMatch(of: /mdw_[0-9A-Za-z]{49}/) != nil })
        try await console.wait(for: "SIMULATED DATA")
        try console.press("s")
        try await console.wait(for: "symbol.add")

        // A key is created and seen once.
        try console.press("2", "c")
        try await console.wait(for: "Create an API key")
        try console.type("ci-bot")
        try console.press("Enter", "Enter", "Enter")
        let shown = try await console.wait(for: "It is shown this one time only")
        let raw = try #require(shown.joined().firstMatch(of: /mdw_[0-9A-Za-z]{49}/)?.output)
        try console.press("Escape", "q", "Enter")
        try await console.wait(for: "Press s when the key is stored")
        try console.press("s")
        try await console.waitUntilGone("It is shown this one time only")
        let created = try await console.wait(for: "key.create")
        #expect(!created.joined().contains(raw))
        #expect(created.contains { $0.contains("ci-bot") && $0.contains("active") })

        // It is revoked by typing its name.
        try console.press("r")
        try await console.wait(for: "Type the key's name to confirm: ci-bot")
        try console.type("ci-bot")
        try console.press("Enter")
        try console.type("left the team")
        try console.press("Enter")
        let revoked = try await console.wait(for: "key.revoke")
        #expect(revoked.contains { $0.contains("ci-bot") && $0.contains("revoked") })

        // And restored.
        try console.press("R")
        let restored = try await console.wait(for: "key.restore")
        #expect(restored.contains { $0.contains("ci-bot") && $0.contains("active") })

        // A symbol is added, and its candles are fetched.
        try console.press("1", "a")
        try await console.wait(for: "Track symbols")
        try console.type("SOL")
        try console.press("Enter", "c", "Enter", "Enter")
        try await console.wait(for: "added SOL")
        try console.press("b")
        try await console.wait(for: "Fetch candles of SOL")
        try console.press("Enter")
        try console.type("2025-01-01")
        try console.press("Enter")
        try console.type("2025-12-31")
        try console.press("Enter")
        try await console.wait(for: "backfill.start")
        let done = try await console.wait(for: "100.0 %")
        #expect(done.contains { $0.contains("SOL") && $0.contains("365") })
        try await console.wait(for: "backfill.complete")

        // Everything is in the log, and the log is intact.
        try console.press("q")
        try await console.wait(for: "ENDED 0")
        let environment = ["HOME": console.folder.path, "MDW_DATABASE": console.database]
        let audit = try Program.run(Program.path, ["audit", "list", "--json"], environment: environment)
        for action in ["key.create", "key.revoke", "key.restore", "symbol.add", "backfill.start", "backfill.completed"]
        {
            #expect(audit.output.contains("\"\(action)\""), "\(action) is not in the log")
        }
        #expect(!audit.output.contains(raw))
        #expect(try Program.run(Program.path, ["audit", "verify"], environment: environment).code == 0)
    }

    @Test func readOnlyChangesNothing() async throws {
        let console = try TmuxConsole(width: 100, height: 30)
        defer { console.close() }
        let environment = ["HOME": console.folder.path, "MDW_DATABASE": console.database]
        let keyFile = console.folder.appendingPathComponent("key").path
        #expect(
            try Program.run(Program.path, ["bootstrap", "--key-file", keyFile], environment: environment).code == 0
        )
        try console.open("--read-only")
        try await console.wait(for: "[RO]")
        try console.press("2", "r")
        try await console.wait(for: "read-only: take the key out of use is not available")
        try console.press("q")
        try await console.wait(for: "ENDED 0")
    }
}
