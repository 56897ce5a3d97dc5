import Store
import Testing
import Warehouse

/// The list of keys, which is kept for as long as nothing changes.
@Suite struct KeyListTests {
    private static let list = Ask("GET", "/api/v1/admin/api-keys", key: .admin)

    @Test func `shows every change at once`() async throws {
        try await withAPI { api in
            #expect(try await api.send(Self.list).json().array?.count == 8)
            let other = try await api.another()
            var generator = TestKey.unknown.generator
            _ = try await other.keys.create(try KeyName("new"), scope: .read, by: Seed.alice, using: &generator)
            let keys = try await api.send(Self.list).json()
            #expect(keys.array?.count == 9 && keys["0.name"] == "new")
            try other.close()
        }
    }

    @Test func `shows its own use`() async throws {
        try await withAPI { api in
            for count in 0..<3 {
                let keys = try await api.send(Self.list).json()
                #expect(keys["7.request_count"].integer == Int64(count))
            }
        }
    }

    @Test func `a look that fails is not kept`() async throws {
        try await withAPI { api in
            try await api.expect(200, Self.list)
            api.engine.fail(.look(.busy(detail: "for a moment")))
            try await api.expect(503, Self.list)
            api.engine.fail(nil)
            try await api.expect(200, Self.list)
        }
    }

    @Test func `each query has its own answer`() async throws {
        try await withAPI { api in
            try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for number in 0..<60 {
                    tasks.addTask {
                        let ask = Ask("GET", "/api/v1/admin/api-keys?limit=\(number % 3 + 1)", key: .admin)
                        return try await api.send(ask).json().array?.count == number % 3 + 1
                    }
                }
                for try await isRight in tasks { #expect(isRight) }
            }
        }
    }
}
