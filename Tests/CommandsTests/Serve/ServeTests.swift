import Foundation
import Store
import Testing
import Warehouse

/// `mdw serve`, as an administrator runs it.
@Suite(.timeLimit(.minutes(3))) struct ServeTests {
    @Test(arguments: [SIGTERM, SIGINT]) func `says where it listens, answers, and ends on a signal`(signal: Int32)
        async throws
    {
        let household = try await Household.ready()
        let server = try await RunningServer.start(in: household)
        #expect(server.address.hasPrefix("http://127.0.0.1:"))
        #expect(await server.answer("/health")?.status == 200)
        #expect(await server.answer("/api/v1/admin/symbols")?.status == 401)
        let symbols = await server.answer("/api/v1/admin/symbols", key: try household.adminKey)
        #expect(symbols?.status == 200)
        let outcome = await server.end(signal)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.lines.count == 1)
        #expect(await server.answer("/health") == nil)
    }

    @Test func `answers what is under way when it ends, and each answer has its row`() async throws {
        let household = try await Household.ready()
        let key = try household.adminKey
        let server = try await RunningServer.start(in: household)
        let answered = try await withThrowingTaskGroup(of: Int.self) { tasks in
            for _ in 0..<4 {
                tasks.addTask {
                    var count = 0
                    while let answer = await server.answer("/api/v1/admin/api-keys", key: key) {
                        #expect(answer.status == 200 || answer.status == 503, "\(answer.text)")
                        if answer.status == 200 { count += 1 }
                    }
                    return count
                }
            }
            try await eventually {
                try await household.withStore { try await $0.audit.count(matching: .requests) } >= 40
            }
            #expect(await server.end().code == 0)
            return try await tasks.reduce(0, +)
        }
        #expect(answered >= 40)
        let rows = try await household.withStore { try await $0.audit.count(matching: .requests) }
        #expect(rows >= answered)
        #expect(try await household.mdw("audit", "verify").code == 0)
    }

    @Test func `a key that is revoked by a command is refused with the next request`() async throws {
        let household = try await Household.ready()
        let server = try await RunningServer.start(in: household)
        let made = try await household.json("keys", "create", "reader", "--scope", "read")
        let key = try #require(made["api_key"].text ?? made["key"].text, "\(made.keys)")
        #expect(await server.answer("/api/v1/admin/symbols", key: key)?.status == 200)
        #expect(try await household.mdw("keys", "revoke", "reader").code == 0)
        #expect(await server.answer("/api/v1/admin/symbols", key: key)?.status == 401)
        #expect(await server.end().code == 0)
        let rows = try await household.withStore { try await $0.audit.newest(5).map(\.event.action) }
        #expect(rows.contains("auth.denied"))
    }

    @Test func `a port that is taken is told in one sentence`() async throws {
        let household = try await Household.ready()
        let server = try await RunningServer.start(in: household)
        let port = String(server.address.split(separator: ":").last ?? "")
        let outcome = try await household.mdw("serve", "--no-worker", "--port", port)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        let sentence = "mdw: the server can't listen on 127.0.0.1:\(port): it is in use: choose another --port"
        #expect(outcome.errors.split(separator: "\n").last.map { String($0) } == sentence, "\(outcome.errors)")
        let elsewhere = try await household.mdw("serve", "--no-worker", "--host", "192.0.2.1", "--port", port)
        #expect(elsewhere.code == 1)
        #expect(elsewhere.errors.contains("mdw: the server can't listen on 192.0.2.1:\(port): "), "\(elsewhere.errors)")
        let nowhere = try await household.mdw("serve", "--no-worker", "--host", "no.such.host.invalid")
        #expect(nowhere.code == 1)
        #expect(
            nowhere.errors.contains("mdw: the server can't listen on no.such.host.invalid:8000: "),
            "\(nowhere.errors)"
        )
        #expect(await server.end().code == 0)
    }

    @Test func `works on backfills beside the answers`() async throws {
        let household = try await Household.ready()
        let program = try household.start(["serve", "--port", "0", "--simulated"])
        let server = try await RunningServer(household: household, program: program)
        let body = #"{"symbol":"AAPL","timeframe":"1d","start":"2024-01-01","end":"2024-03-31"}"#
        let started = await server.answer("/api/v1/admin/backfills", "POST", key: try household.adminKey, body: body)
        #expect(started?.status == 200, "\(started?.text ?? "")")
        try await eventually {
            await server.answer("/api/v1/historical/AAPL?start=2024-01-01&end=2024-03-31&min_quality=0")?.status == 200
        }
        #expect(await server.end().code == 0)
    }

    @Test func `log lines in JSON hold no key`() async throws {
        let household = try await Household.ready()
        let key = try household.adminKey
        let server = try await RunningServer.start(in: household, ["--log-format", "json", "--log-level", "trace"])
        for path in ["/health", "/api/v1/admin/symbols", "/api/v1/admin/symbols?key=\(key)", "/nothing/\(key)"] {
            _ = await server.answer(path, key: key)
        }
        _ = await server.answer("/api/v1/admin/api-keys", "POST", key: key, body: #"{"name":"x"}"#)
        _ = await server.answer("/api/v1/admin/symbols", key: String(key.dropLast()) + "_")
        let outcome = await server.end()
        #expect(outcome.code == 0)
        let lines = outcome.errors.split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let json = try JSON(String(line))
            #expect(json["time"].text != nil && json["level"].text != nil && json["message"].text != nil, "\(line)")
        }
        #expect(!outcome.errors.contains(key) && !outcome.errors.contains(key.dropLast()))
    }

    @Test func `a TLS certificate is shown, and a new one after HUP`() async throws {
        let household = try await Household.ready()
        func make(_ name: String) async throws {
            let made = try await household.shell(
                """
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=\(name) \
                -keyout new.key -out new.pem && mv new.key tls.key && mv new.pem tls.pem
                """
            )
            #expect(made.code == 0, "\(made.errors)")
        }
        try await make("first")
        let server = try await RunningServer.start(
            in: household,
            ["--tls-certificate", household.folder + "/tls.pem", "--tls-key", household.folder + "/tls.key"]
        )
        #expect(server.address.hasPrefix("https://127.0.0.1:"))
        let target = server.address.replacing("https://", with: "")
        func subject() async throws -> String {
            try await household.shell("openssl s_client -connect \(target) </dev/null | openssl x509 -noout -subject")
                .output
        }
        #expect(try await subject().contains("first"))
        try await make("second")
        server.program.send(SIGHUP)
        try await eventually { try await subject().contains("second") }
        #expect(await server.end().code == 0)
    }
}

extension AuditLog.Filter {
    /// Requests over HTTP with a key.
    fileprivate static var requests: AuditLog.Filter {
        var filter = AuditLog.Filter(source: .http)
        filter.status = 200
        return filter
    }
}
