import Store
import Testing
import Warehouse

@Suite struct BootstrapTests {
    private func bootstrap(_ store: Store, seed: UInt64 = 1) async throws -> Store.BootstrapResult {
        var generator = SeededGenerator(seed: seed)
        return try await store.bootstrap(by: TestStore.alice, using: &generator)
    }

    @Test func `a new store gets its first key and the core symbols`() async throws {
        try await withStore { test in
            let result = try await bootstrap(test.store)
            #expect(!result.changedNothing)
            #expect(result.problems.isEmpty)
            let first = try #require(result.firstKey)
            #expect(try await test.store.keys.find(hash: first.raw.hash)?.scope == .admin)
            #expect(
                result.addedSymbols.map(\.symbol) == [
                    "AAPL", "MSFT", "GOOGL", "AMZN", "TSLA", "META", "NVDA", "AMD", "INTC", "QCOM", "SPY", "QQQ", "IWM",
                    "BTC", "ETH",
                ]
            )
            #expect(result.addedSymbols.map(\.ticker.assetClass).suffix(5) == [.etf, .etf, .etf, .crypto, .crypto])
            #expect(try await test.store.audit.count() == 16)
        }
    }

    @Test func `a second time changes nothing`() async throws {
        try await withStore { test in
            _ = try await bootstrap(test.store)
            let before = try await test.content()
            let counter = try test.store.changeCounter()
            let again = try await bootstrap(test.store, seed: 2)
            #expect(again.changedNothing)
            #expect(again.problems.isEmpty)
            #expect(try await test.content() == before)
            #expect(try await test.store.audit.count() == 16)
            #expect(try test.store.changeCounter() == counter)
        }
    }

    @Test func `a store with symbols of its own keeps them`() async throws {
        try await withStore { test in
            _ = try await test.addSymbol("TSLA")
            #expect(try await bootstrap(test.store).addedSymbols.isEmpty)
            #expect(try await test.store.symbols.count() == 1)
        }
    }

    @Test func `the core symbols come together or not at all`() async throws {
        try await withStore { test in
            try await test.tamper(
                """
                CREATE TRIGGER no_spy BEFORE INSERT ON tracked_symbols WHEN NEW.symbol = 'SPY'
                BEGIN SELECT RAISE(ABORT, 'no'); END
                """
            )
            await #expect(throws: StoreError.self) { try await bootstrap(test.store) }
            #expect(try await test.store.symbols.count() == 0)
            try await test.tamper("DROP TRIGGER no_spy")
            #expect(try await bootstrap(test.store, seed: 2).addedSymbols.count == 15)
        }
    }

    @Test func `several at once make one key and one list`() async throws {
        try await withStore { test in
            let other = try await test.another()
            let keys = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<4 {
                    let store = index.isMultiple(of: 2) ? test.store : other
                    group.addTask { try await bootstrap(store, seed: UInt64(index)).firstKey == nil ? 0 : 1 }
                }
                return try await group.reduce(0, +)
            }
            #expect(keys == 1)
            #expect(try await test.store.keys.count() == 1)
            #expect(try await test.store.symbols.count() == 15)
            try other.close()
        }
    }

    @Test func `problems are told`() async throws {
        try await withStore { test in
            #expect(
                try await test.store.problems() == ["no API key is usable: create one with 'mdw keys create'"]
            )
            _ = try await test.createKey()
            #expect(try await test.store.problems().isEmpty)
            try await test.tamper("UPDATE api_key_audit SET actor = 'mallory'")
            #expect(
                try await test.store.problems()
                    == ["the audit log is broken at row 1: its content is not what was written"]
            )
        }
    }
}
