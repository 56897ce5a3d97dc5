import Foundation
import Store
import Testing
import VendorStub
import Warehouse

/// `mdw alerts`, and alerts of servers and workers as processes.
@Suite(.timeLimit(.minutes(3))) struct AlertsTests {
    @Test func `lists what is open, and all`() async throws {
        let household = try await Household.ready()
        #expect(try await household.mdw("alerts", "list").output == "no alert is open\n")
        #expect(try await household.json("alerts", "list").array?.isEmpty == true)
        try await household.failBackfill()
        try await household.withStore { store in
            _ = try await store.alerts.settle(
                by: AlertRules(),
                audit: .broken(at: 7, reason: "its content is not what was written"),
                channels: ["webhook"],
                actor: Actor(source: .worker, name: "alerts")
            )
            guard case .delivery(let delivery) = try await store.alerts.claim("webhook", by: "a", for: .seconds(60))
            else {
                return #expect(Bool(false))
            }
            try await store.alerts.postpone(delivery, for: .seconds(60), error: "HTTP 500")
        }
        let desk = Desk(in: household)
        let code = await desk.run("alerts", "list")
        #expect(code == 0)
        #expect(desk.output.text.contains("backfill.failed BTC 1d"))
        #expect(desk.output.text.contains("not webhook (HTTP 500)"))
        let alerts = try await household.json("alerts", "list", "--all")
        #expect(alerts[0]["condition"].text == "audit.broken")
        #expect(alerts[0]["severity"].text == "critical")
        #expect(alerts[1]["kind"].text == "backfill.failed")
        #expect(alerts[1]["subject"].text == "BTC 1d")
        #expect(alerts[1]["resolved_at"].isNull)
        #expect(alerts[1]["deliveries"][0]["channel"].text == "webhook")
        #expect(alerts[1]["deliveries"][0]["last_error"].text == "HTTP 500")
    }

    @Test func `without a channel the test says how to set one`() async throws {
        let household = try Household()
        let desk = Desk(in: household)
        let code = await desk.run("alerts", "test")
        #expect(code == 1)
        #expect(desk.errors.text.contains("set MDW_ALERT_WEBHOOK_URL"))
        #expect(desk.errors.text.contains("MDW_ALERT_MAIL_TO"))
    }

    @Test func `the test says of each channel whether it worked`() async throws {
        let household = try Household()
        try await household.installSendmail("cat > \"$HOME/mail\"")
        let answers = [StubAnswer(status: 200), StubAnswer(status: 500)]
        try await VendorStub.with(answers: answers) { stub in
            let environment = household.alertSettings(stub.url + "/t0ken").merging(
                ["MDW_ALERT_MAIL_TO": "ops@example.com", "MDW_ALERT_MAIL_FROM": "mdw@example.com"]
            ) { $1 }
            let fine = Desk(in: household, environment: environment)
            #expect(await fine.run("alerts", "test") == 0, "\(fine.errors.text)")
            #expect(fine.output.text.contains("webhook") && fine.output.text.contains("mail"))
            let request = await stub.requests[0]
            let payload = try JSON(String(decoding: request.body, as: UTF8.self))
            #expect(payload["kind"].text == "test")
            #expect(request.headers["X-MDW-Signature"].count == 1)
            let mail = try String(contentsOfFile: household.folder + "/mail", encoding: .utf8)
            #expect(mail.contains("Subject: [mdw] raised: test on "))

            let bad = Desk(in: household, environment: environment)
            #expect(await bad.run("alerts", "test", "--json") == 1)
            let results = try JSON(bad.output.text)
            #expect(results[0]["channel"].text == "webhook")
            #expect(results[0]["delivered"].flag == false)
            #expect(results[0]["error"].text == "\(stub.url): HTTP 500")
            #expect(results[1]["delivered"].flag == true)
            #expect(bad.errors.text.contains("webhook did not take the test alert"))
            let said = fine.output.text + fine.errors.text + bad.output.text + bad.errors.text
            #expect(!said.contains("t0ken") && !said.contains("s3cret"))
        }
    }

    @Test(arguments: [["worker", "--simulated"], ["serve", "--no-worker", "--port", "0"]])
    func `a process that runs tells of what went wrong`(_ command: [String]) async throws {
        let household = try await Household.ready()
        try await household.failBackfill()
        try await VendorStub.with(answers: [StubAnswer(status: 200)]) { stub in
            let settings = household.alertSettings(stub.url)
            let quiet = try household.start(command + ["--no-alerts"], with: settings)
            try await eventually { quiet.output.contains("\n") || !quiet.isRunning }
            let program = try household.start(command, with: settings)
            await stub.waitForRequests(1)
            try await eventually {
                try await household.json("alerts", "list")[0]["deliveries"].array?.allSatisfy {
                    !$0["delivered_at"].isNull
                } == true
            }
            for running in [quiet, program] {
                running.send(SIGTERM)
                #expect(await running.outcome().code == 0)
            }
            #expect(await stub.requests.count == 1)
            #expect(program.errors.contains("alert raised: backfill.failed BTC 1d"))
            #expect(!quiet.errors.contains("alert raised"))
        }
    }

    @Test func `killed between raising and sending, the next process sends it once`() async throws {
        let household = try await Household.ready()
        try await household.failBackfill()
        let gate = StubGate()
        // The first request is never answered: its process is killed while it waits.
        try await VendorStub.with(answers: [StubAnswer(status: 200).held(by: gate), StubAnswer(status: 200)]) { stub in
            let settings = household.alertSettings(stub.url)
            let first = try household.start(["worker", "--simulated"], with: settings)
            await stub.waitForRequests(1)
            first.send(SIGKILL)
            #expect(await first.outcome().code == -SIGKILL)
            // Its lease would run out in two minutes.
            try await household.withStore { store in
                try await store.engine.write { session -> Void in
                    try session.execute("UPDATE alert_deliveries SET lease_expires = 0 WHERE channel = 'webhook'", [])
                }
            }
            let second = try household.start(["worker", "--simulated"], with: settings)
            await stub.waitForRequests(2)
            try await eventually {
                try await household.json("alerts", "list")[0]["deliveries"].array?.allSatisfy {
                    !$0["delivered_at"].isNull
                } == true
            }
            second.send(SIGKILL)
            _ = await second.outcome()
            // The next one has looked at everything when it has found something else.
            try await household.failBackfill(of: "ETH")
            let third = try household.start(["worker", "--simulated"], with: settings)
            await stub.waitForRequests(3)
            third.send(SIGTERM)
            _ = await third.outcome()
            let told = try await stub.requests.map {
                try JSON(String(decoding: $0.body, as: UTF8.self))["condition"].text
            }
            #expect(told.prefix(2) == ["backfill.failed BTC 1d", "backfill.failed BTC 1d"])
            #expect(told.dropFirst(2).allSatisfy { $0 == "backfill.failed ETH 1d" })
            await gate.open()
        }
    }
}

extension Household {
    /// Lets a backfill of a symbol of the bootstrap fail.
    func failBackfill(of symbol: String = "BTC") async throws {
        try await withStore { store in
            let admin = Actor(source: .cli, name: "tester")
            let tracked = try #require(try await store.symbols.list().first { $0.symbol == symbol })
            _ = try await store.jobs.start(tracked, timeframe: .oneDay, from: nil, by: admin)
            let claim = try #require(try await store.leases.claim(by: "w", for: .seconds(30)))
            try await store.leases.fail(claim, error: "HTTP 500", source: .polygon, by: admin)
        }
    }

    func alertSettings(_ url: String) -> [String: String] {
        [
            "MDW_ALERT_WEBHOOK_URL": url, "MDW_ALERT_WEBHOOK_SECRET": "s3cret-s3cret-s3cret",
            "MDW_SENDMAIL": folder + "/sendmail",
        ]
    }

    /// Puts a script where `alertSettings` say that sendmail is.
    func installSendmail(_ script: String) async throws {
        try "#!/bin/sh\n\(script)\n".write(toFile: folder + "/sendmail.txt", atomically: true, encoding: .utf8)
        // By another program: a file that this process has written can't be run while a child of it holds the descriptor.
        #expect(try await shell("install -m 700 sendmail.txt sendmail").code == 0)
    }
}
