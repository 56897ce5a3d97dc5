import Store
import Testing
import Warehouse

@Suite(.timeLimit(.minutes(3))) struct ConcurrencyTests {
    @Test func `many writers in several stores lose nothing`() async throws {
        try await withStore { test in
            let stores = [test.store, try await test.another(), try await test.another()]
            let symbols = try await ["A", "B", "C"].asyncMap { try await test.addSymbol($0).id }
            let rows = try await test.store.audit.count()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<12 {
                    let store = stores[writer % 3]
                    let series = CandleSeries(symbol: symbols[writer % 3], timeframe: .oneDay)
                    group.addTask {
                        var generator = SeededGenerator(seed: UInt64(writer))
                        for round in 0..<10 {
                            switch writer % 4 {
                            case 0:
                                _ = try await store.keys.create(
                                    try KeyName("key \(writer) \(round)"),
                                    scope: .read,
                                    by: TestStore.alice,
                                    using: &generator
                                )
                            case 1:
                                try await store.audit.append(AuditEvent("test.\(writer).\(round)", by: TestStore.alice))
                            case 2:
                                let day = writer * 100 + round * 10
                                let candles = (day..<(day + 10)).map { Candle.sample($0) }
                                try await test.write(.sample(candles), of: series, in: store)
                            default:
                                // Readers see whole transactions only.
                                let summary = try await store.summary()
                                #expect(summary.candles.isMultiple(of: 10))
                                #expect(try await store.keys.list().allSatisfy { $0.createdBy == "alice" })
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for store in stores {
                #expect(try await store.keys.count() == 30)
                #expect(try await store.summary().candles == 300)
                let anchor = try await store.audit.anchor()
                #expect(anchor.sequence == rows + 60)
                #expect(try await store.audit.verify(against: anchor) == .intact(rows: rows + 60, head: anchor))
                #expect(try await store.engine.integrityProblems().isEmpty)
            }
            #expect(try await test.count("SELECT COUNT(*) FROM candles") == 300)
            #expect(Set(try await test.store.keys.list().map(\.id)).count == 30)
            for store in stores.dropFirst() { try store.close() }
        }
    }

    @Test func `what one store commits the others see at once`() async throws {
        try await withStore { test in
            let other = try await test.another()
            let raw = try await test.createKey("ops", scope: .read).raw
            for _ in 0..<20 {
                let known = try await other.generations()
                let counter = try other.changeCounter()
                let id = try #require(try await other.keys.find(hash: raw.hash)).id
                let revoked = try await test.store.keys.revoke(id, by: test.alice)
                #expect(try other.changeCounter() != counter)
                #expect(try await other.generations()[.keys] != known[.keys])
                #expect(try await other.keys.find(hash: raw.hash) == revoked)
                _ = try await other.keys.restore(id, by: test.alice)
                #expect(try await test.store.keys.find(id).state(at: test.clock.now) == .active)
            }
            try other.close()
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
