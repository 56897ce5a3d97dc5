import Store
import Testing
import Warehouse

@Suite struct WorkerStoreTests {
    @Test func `a worker lives while it beats`() async throws {
        try await withStore { test in
            let workers = test.store.workers
            try await workers.beat("host:1:a", feed: .polygon, trouble: nil)
            test.clock.advance(by: .seconds(10))
            try await workers.beat("host:1:a", feed: .polygon, trouble: "no plan\n")
            let worker = try #require(try await workers.list().first)
            #expect(worker.id == "host:1:a" && worker.feed == .polygon)
            #expect(worker.startedAt == TestStore.start)
            #expect(worker.heartbeatAt == TestStore.start + .seconds(10))
            #expect(worker.trouble == "no plan\u{FFFD}")
            #expect(worker.isAlive(at: TestStore.start + .seconds(40) - .microseconds(1)))
            #expect(!worker.isAlive(at: TestStore.start + .seconds(40)))
        }
    }

    @Test func `only news raise the generation`() async throws {
        try await withStore { test async throws in
            let workers = test.store.workers
            func raised(by beat: () async throws -> Void) async throws -> Bool {
                let before = try await test.store.generations()[.workers]
                try await beat()
                return try await test.store.generations()[.workers] > before
            }
            let long = String(repeating: "x", count: 600)
            #expect(try await raised { try await workers.beat("a", feed: .polygon, trouble: nil) })
            #expect(try await !raised { try await workers.beat("a", feed: .polygon, trouble: nil) })
            #expect(try await raised { try await workers.beat("a", feed: .polygon, trouble: long) })
            #expect(try await !raised { try await workers.beat("a", feed: .polygon, trouble: long) })
            #expect(try await raised { try await workers.beat("a", feed: .polygon, trouble: nil) })
            #expect(try await raised { try await workers.remove("a") })
        }
    }

    @Test func `who ends is taken off the list, and who has been silent for an hour`() async throws {
        try await withStore { test in
            let workers = test.store.workers
            try await workers.beat("silent", feed: .polygon, trouble: nil)
            test.clock.advance(by: .seconds(1))
            try await workers.beat("quiet", feed: .polygon, trouble: nil)
            test.clock.advance(by: .seconds(3600))
            try await workers.beat("living", feed: .simulated, trouble: nil)
            try await workers.beat("ended", feed: .polygon, trouble: nil)
            try await workers.remove("ended")
            #expect(try await workers.list().map(\.id) == ["living", "quiet"])
        }
    }

    @Test func `workers are held and let go`() async throws {
        try await withStore { test in
            let workers = test.store.workers
            #expect(try await !workers.isPaused())
            try await workers.setPaused(true, by: test.alice)
            #expect(try await workers.isPaused())
            #expect(try await test.audited() == ["worker.pause"])
            try await workers.setPaused(false, by: test.alice)
            #expect(try await !workers.isPaused())
            #expect(try await test.audited() == ["worker.resume"])
        }
    }
}
