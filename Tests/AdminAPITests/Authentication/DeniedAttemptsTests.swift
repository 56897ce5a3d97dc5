import ServiceLifecycle
import Store
import Testing
import Warehouse

@testable import AdminAPI

/// How denied attempts come into the audit log.
@Suite(.timeLimit(.minutes(2))) struct DeniedAttemptsTests {
    private static let first = ClientAddress(text: "192.0.2.1")
    private static let second = ClientAddress(text: "192.0.2.2")

    @Test func `the first of an address is written at once, the rest of the minute in one row`() async throws {
        try await withAttempts { api, attempts in
            attempts.note(.unknown, from: Self.first)
            attempts.note(.missing, from: Self.second)
            for _ in 1...1200 { attempts.note(.unknown, from: Self.first) }
            attempts.note(.expired, from: Self.first)
            try await Self.wake(api)
            try await eventually { try await Self.rows(api).count == 2 }
            #expect(
                try await Self.rows(api) == ["192.0.2.1 denied: unknown key", "192.0.2.2 denied: no key"]
            )
            try await Self.wake(api, .seconds(60))
            try await eventually { try await Self.rows(api).count == 3 }
            #expect(
                try await Self.rows(api).last
                    == "192.0.2.1 1,201 more denied in that minute: 1 expired key, 1,200 unknown key"
            )
            let row = try #require(try await api.newRows().last)
            #expect(row.event.status == 401 && row.event.keyID == nil)
            #expect(row.event.actor.name == "anonymous" && row.event.actor.source == .http)
        }
    }

    @Test func `a new minute begins a new count`() async throws {
        try await withAttempts { api, attempts in
            attempts.note(.revoked, from: Self.first)
            attempts.note(.malformed, from: Self.first)
            api.clock.advance(by: .seconds(60))
            attempts.note(.revoked, from: Self.first)
            try await Self.wake(api)
            try await eventually { try await Self.rows(api).count == 3 }
            #expect(
                try await Self.rows(api) == [
                    "192.0.2.1 denied: revoked key", "192.0.2.1 1 more denied in that minute: 1 malformed key",
                    "192.0.2.1 denied: revoked key",
                ]
            )
        }
    }

    @Test func `what was counted is written at the end`() async throws {
        let rows = try await withAPI { api in
            try await Self.run(api) { attempts in
                for _ in 1...3 { attempts.note(.unknown, from: Self.first) }
            }
            return try await Self.rows(api)
        }
        #expect(
            rows == ["192.0.2.1 denied: unknown key", "192.0.2.1 2 more denied in that minute: 2 unknown key"]
        )
    }

    @Test func `addresses beyond a thousand are one`() async throws {
        let rows = try await withAPI { api in
            try await Self.run(api) { attempts in
                for number in 1...1500 { attempts.note(.unknown, from: ClientAddress(text: "client \(number)")) }
                attempts.note(.unknown, from: ClientAddress(text: "client 7"))
            }
            return try await Self.rows(api)
        }
        #expect(rows.count == 1003)
        #expect(rows.filter { $0.hasPrefix("other addresses") }.count == 2)
        #expect(rows.contains("other addresses 499 more denied in that minute: 499 unknown key"))
        #expect(rows.contains("client 7 1 more denied in that minute: 1 unknown key"))
    }

    @Test func `rows that can't be written are kept and tried again`() async throws {
        try await withAttempts { api, attempts in
            api.engine.fail(.write(.full, afterBody: false))
            attempts.note(.unknown, from: Self.first)
            let writes = api.engine.writeCount
            try await Self.wake(api)
            try await eventually { api.engine.writeCount > writes }
            attempts.note(.unknown, from: Self.second)
            api.engine.fail(nil)
            try await Self.wake(api)
            try await eventually { try await Self.rows(api).count == 2 }
            #expect(
                try await Self.rows(api) == ["192.0.2.1 denied: unknown key", "192.0.2.2 denied: unknown key"]
            )
        }
    }

    @Test func `a full disk does not fill the memory`() async throws {
        let rows = try await withAPI { api in
            try await Self.run(api) { attempts in
                api.engine.fail(.write(.full, afterBody: false))
                for minute in 1...4 {
                    for number in 1...1001 { attempts.note(.unknown, from: ClientAddress(text: "\(minute) \(number)")) }
                    let writes = api.engine.writeCount
                    try await Self.wake(api, .seconds(60))
                    try await eventually { api.engine.writeCount > writes }
                }
                api.engine.fail(nil)
            }
            return try await Self.rows(api)
        }
        #expect(rows.count == 2000)
    }

    @Test func `a denied request is one row with its address`() async throws {
        try await withListeningAPI { listening in
            for _ in 1...3 {
                try await listening.expect(401, Ask("GET", "/api/v1/admin/symbols", key: .unknown))
            }
            try await eventually {
                // Others sleep too: until the one that is meant has woken.
                listening.api.clock.advance(by: .seconds(1))
                return try await !Self.rows(listening.api).isEmpty
            }
            #expect(try await Self.rows(listening.api).first == "127.0.0.1 denied: unknown key")
        }
    }

    @Test func `a server that ends writes what its last requests left`() async throws {
        try await withListeningAPI { listening in
            for _ in 1...3 { try await listening.expect(401, Ask("GET", "/api/v1/admin/symbols")) }
            await listening.shutDown()
            try await eventually { try await Self.rows(listening.api).count == 2 }
            #expect(
                try await Self.rows(listening.api) == [
                    "127.0.0.1 denied: no key", "127.0.0.1 2 more denied in that minute: 2 no key",
                ]
            )
        }
    }

    // MARK: - How the tests look

    /// What the new rows say, behind their addresses.
    private static func rows(_ api: TestAPI) async throws -> [String] {
        try await api.newRows().filter { $0.event.action == "auth.denied" }.map {
            "\($0.event.actor.address ?? "") \($0.event.detail ?? "")"
        }
    }

    /// Lets the service look whether there is something to write.
    private static func wake(_ api: TestAPI, _ duration: Duration = .seconds(1)) async throws {
        try await eventually { api.clock.sleeping > 0 }
        api.clock.advance(by: duration)
    }

    /// Runs the service while `body` runs, and ends it as a server does.
    private static func run(_ api: TestAPI, _ body: (DeniedAttempts) async throws -> Void) async throws {
        let attempts = DeniedAttempts(store: api.store, logger: api.log.logger)
        let group = ServiceGroup(services: [attempts], logger: api.log.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await eventually { api.clock.sleeping > 0 }
            try await body(attempts)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func withAttempts(_ body: (TestAPI, DeniedAttempts) async throws -> Void) async throws {
        try await withAPI { api in
            try await Self.run(api) { attempts in try await body(api, attempts) }
        }
    }
}
