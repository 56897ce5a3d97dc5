import ServiceLifecycle
import Store
import Testing
import Warehouse

@testable import AdminAPI

/// The heads of the audit chain that the server's log keeps.
@Suite(.timeLimit(.minutes(2))) struct AnchorLogTests {
    private static func anchors(_ api: TestAPI) -> [String] {
        api.log.lines.filter { $0.contains("audit anchor") }
    }

    private static func run(_ api: TestAPI, _ body: () async throws -> Void) async throws {
        let group = ServiceGroup(
            services: [AnchorLog(store: api.store, logger: api.log.logger)],
            logger: api.log.logger
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await eventually { api.clock.sleeping > 0 }
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Lets the log look again, and waits until it has.
    private static func look(_ api: TestAPI, after duration: Duration) async throws {
        api.clock.advance(by: duration)
        try await eventually { api.clock.sleeping > 0 }
    }

    @Test func `the head at the start, then each hour`() async throws {
        try await withAPI { api in
            try await Self.run(api) {
                let head = try await api.store.audit.anchor()
                #expect(Self.anchors(api).count == 1)
                #expect(Self.anchors(api).first?.contains("\(head)") == true)
                try await Self.look(api, after: .seconds(10))
                try await Self.look(api, after: .seconds(3580))
                #expect(Self.anchors(api).count == 1)
                try await Self.look(api, after: .seconds(10))
                #expect(Self.anchors(api).count == 2)
            }
        }
    }

    @Test func `and after ten thousand rows`() async throws {
        try await withAPI { api in
            try await Self.run(api) {
                try await api.store.audit.append((1...9999).map { AuditEvent("row \($0)", by: Seed.alice) })
                try await Self.look(api, after: .seconds(10))
                #expect(Self.anchors(api).count == 1)
                try await api.store.audit.append(AuditEvent("one more", by: Seed.alice))
                try await Self.look(api, after: .seconds(10))
                let head = try await api.store.audit.anchor()
                #expect(Self.anchors(api).count == 2)
                #expect(Self.anchors(api).last?.contains("\(head)") == true)
            }
        }
    }

    @Test func `a store that can't be read is told, and looked at again`() async throws {
        try await withAPI { api in
            api.engine.fail(.read(.damaged("a page is torn")))
            try await Self.run(api) {
                #expect(Self.anchors(api).isEmpty)
                #expect(api.log.lines.contains { $0.contains("the audit log can't be read") })
                api.engine.fail(nil)
                try await Self.look(api, after: .seconds(10))
                #expect(Self.anchors(api).count == 1)
            }
        }
    }
}
