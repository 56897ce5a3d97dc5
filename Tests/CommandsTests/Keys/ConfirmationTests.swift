import Testing

/// What is asked on a terminal before something that hurts.
@Suite struct ConfirmationTests {
    static let commands: [[String]] = [
        ["keys", "revoke", "admin"], ["keys", "rotate", "admin"], ["keys", "delete", "admin"],
    ]

    @Test(arguments: commands) func theTypedNameConfirms(_ command: [String]) async throws {
        let household = try await Household.ready()
        let desk = Desk(answers: ["admin"], in: household)
        #expect(await desk.run(command) == 0, "\(desk.errors.text)")
        #expect(desk.errors.text.contains("Type the name admin to go on: "))
        #expect(desk.errors.text.contains("the last usable admin key"))
    }

    @Test(arguments: commands, ["Admin", "", "y"]) func anythingElseDoesNot(
        _ command: [String],
        _ answer: String
    ) async throws {
        let household = try await Household.ready()
        let desk = Desk(answers: [answer], in: household)
        #expect(await desk.run(command) == 1)
        #expect(desk.errors.text.hasSuffix("mdw: not confirmed: nothing was changed\n"))
        #expect(desk.output.text.isEmpty)
        #expect(try await household.json("keys", "show", "1")["state"].text == "active")
    }

    @Test(arguments: commands) func aClosedTerminalDoesNot(_ command: [String]) async throws {
        let household = try await Household.ready()
        #expect(await Desk(answers: [], in: household).run(command) == 1)
        #expect(try await household.json("keys", "show", "1")["state"].text == "active")
    }

    @Test(arguments: commands) func yesNeedsNoAnswer(_ command: [String]) async throws {
        let household = try await Household.ready()
        #expect(try await household.mdw(command + ["--yes"]).code == 0)
    }

    @Test func anotherAdminKeyMakesItHarmless() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw("keys", "create", "second")
        #expect(try await household.mdw("keys", "revoke", "admin").code == 0)
    }

    @Test func theActorIsTheUserBehindTheConnection() async throws {
        let household = try await Household.ready()
        let desk = Desk(in: household, environment: ["SSH_CONNECTION": "203.0.113.7 50022 192.0.2.1 22"])
        #expect(await desk.run("keys", "create", "ci") == 0)
        let row = try await household.json("audit", "list", "--limit", "1")[0]
        #expect(row["actor"].text == "alice")
        #expect(row["address"].text == "203.0.113.7")
        #expect(row["source"].text == "cli")
    }
}
