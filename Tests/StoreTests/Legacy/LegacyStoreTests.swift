import Store
import Testing
import Warehouse

@Suite struct LegacyStoreTests {
    static func key(_ id: Int64, _ name: String = "ops", secret: String? = nil, active: Bool = true) -> LegacyKey {
        LegacyKey(id: id, hash: SHA256Digest(of: (secret ?? "secret \(id)").utf8), name: name, active: active)
    }

    static func symbol(_ id: Int64, _ symbol: String, _ assetClass: AssetClass = .stock) -> LegacySymbol {
        LegacySymbol(id: id, spelling: symbol, ticker: Ticker(stored: symbol, assetClass: assetClass))
    }

    static func request(_ id: Int64, key: Int64?, action: String = "GET /x") -> LegacyRequest {
        LegacyRequest(id: id, keyID: key, action: action, status: 200, time: Timestamp(seconds: 1_700_000_000 + id))
    }

    @Test func `keys keep their hashes and ids`() async throws {
        try await withStore { test in
            let legacy = test.store.legacy
            try await legacy.reserveKeyIDs(upTo: 40)
            #expect(
                try await legacy.addKeys([Self.key(40), Self.key(7, "old", active: false)]) == [.added(40), .added(7)]
            )
            let key = try #require(try await test.store.keys.find(hash: Self.key(40).hash))
            #expect(key.id == KeyID(40) && key.scope == .admin && key.createdBy == "legacy import")
            #expect(key.state(at: TestStore.start) == .active)
            #expect(try await test.store.keys.find(KeyID(7)).state(at: TestStore.start) == .revoked)
            // Later ids never collide.
            #expect(try await test.createKey().key.id == KeyID(41))
        }
    }

    @Test func `a key whose id is taken gets a new one, and one that is here stays`() async throws {
        try await withStore { test in
            let admin = try await test.createKey("admin")
            let gone = try await test.createKey("gone").key
            try await test.store.keys.delete(gone.id, lastAdmin: .confirmed, by: test.alice)
            let legacy = test.store.legacy
            try await legacy.reserveKeyIDs(upTo: 9)
            let same = LegacyKey(id: 9, hash: admin.raw.hash, name: "same")
            let outcomes = try await legacy.addKeys([Self.key(1), Self.key(2), same])
            // Id 2 named a key that was deleted: its audit rows must not seem to be this one's.
            #expect(outcomes == [.added(10), .added(11), .known(admin.key.id.rawValue)])
            #expect(try await test.store.keys.find(admin.key.id).name == "admin")
            #expect(try await legacy.addKeys([Self.key(1), Self.key(2), same]).map(\.id) == [10, 11, 1])
        }
    }

    @Test func `a key that was deleted here stays deleted`() async throws {
        try await withStore { test in
            _ = try await test.store.legacy.addKeys([Self.key(5)])
            try await test.store.keys.delete(KeyID(5), lastAdmin: .confirmed, by: test.alice)
            let before = try await test.content()
            #expect(try await test.store.legacy.addKeys([Self.key(5)]) == [.deleted(5)])
            #expect(try await test.content() == before)
        }
    }

    @Test func `symbols keep their ids where they are free`() async throws {
        try await withStore { test in
            let apple = try await test.addSymbol("AAPL")
            let legacy = test.store.legacy
            try await legacy.reserveSymbolIDs(upTo: 30)
            let rows = [Self.symbol(1, "NFLX"), Self.symbol(30, "SPY", .etf), Self.symbol(2, "AAPL", .etf)]
            let added = try await legacy.addSymbols(rows)
            #expect(added.map(\.outcome) == [.added(31), .added(30), .known(apple.id.rawValue)])
            #expect(added[2].symbol == apple)
            #expect(try await test.addSymbol("MSFT").id == SymbolID(32))
            let untracked = try await legacy.addUntracked(Ticker(stored: "ZVZZT", assetClass: .stock))
            #expect(!untracked.symbol.active)
            #expect(
                try await legacy.addUntracked(untracked.symbol.ticker).outcome == .known(untracked.symbol.id.rawValue)
            )
        }
    }

    @Test func `a symbol that was added without its row gets it from a later dump`() async throws {
        try await withStore { test in
            let legacy = test.store.legacy
            let found = try await legacy.addUntracked(Ticker(stored: "SPY", assetClass: .stock)).symbol
            var row = Self.symbol(7, "SPY", .etf)
            row.timeframes = [.oneWeek]
            let completed = try await legacy.addSymbols([row])
            #expect(completed[0].outcome == .added(found.id.rawValue))
            #expect(completed[0].symbol.ticker.assetClass == .etf && completed[0].symbol.active)
            #expect(completed[0].symbol.timeframes == [.oneWeek])
            // Once only: from now on it is the administrator's.
            _ = try await test.store.symbols.setActive(false, symbol: found.id, by: test.alice)
            #expect(try await legacy.addSymbols([row])[0].outcome == .known(found.id.rawValue))
        }
    }

    @Test func `requests are chained in the order of their old ids`() async throws {
        try await withStore { test in
            let legacy = test.store.legacy
            let admin = try await test.createKey("admin").key
            #expect(
                try await legacy.stage([Self.request(3, key: 1), Self.request(1, key: 1), Self.request(2, key: 8)]) == 0
            )
            try await legacy.reserveStagedKeyIDs()
            let keys = [Int64(1): LegacyStore.KeyIdentity(id: KeyID(20), name: "ops")]
            #expect(try await legacy.chain(2, keys: keys).count == 2)
            #expect(try await legacy.stage([Self.request(1, key: 1), Self.request(3, key: 1)]) == 1)
            let rest = try await legacy.chain(10, keys: keys)
            #expect(rest.count == 1)
            #expect(try await legacy.chain(10, keys: keys).count == 0)
            let entries = try await test.store.audit.oldest(10, after: 1)
            #expect(entries.map(\.event.keyID) == [KeyID(20), KeyID(8), KeyID(20)])
            #expect(entries.map(\.event.actor.name) == ["ops", "deleted key 8", "ops"])
            #expect(entries.map(\.time.seconds) == [1_700_000_001, 1_700_000_002, 1_700_000_003])
            #expect(entries.map(\.event.detail) == [1, 2, 3].map { "imported from the old service, row \($0)" })
            #expect(entries.allSatisfy { $0.event.actor.source == .http && $0.event.status == 200 })
            guard case .intact(4, _) = try await test.store.audit.verify() else {
                Issue.record("the chain is broken")
                return
            }
            // The id that only the audit knows is not given out any more.
            #expect(admin.id == KeyID(1))
            #expect(try await test.createKey().key.id == KeyID(9))
        }
    }

    @Test func `requests of a missing key never seem to be another key's`() async throws {
        try await withStore { test in
            let admin = try await test.createKey("admin").key
            let legacy = test.store.legacy
            _ = try await legacy.stage([Self.request(1, key: 1)])
            try await legacy.reserveStagedKeyIDs()
            let missing = try await legacy.chain(10, keys: [:]).missingKeys
            #expect(missing == [1: KeyID(2)])
            let entries = try await test.store.audit.newest(10, matching: AuditLog.Filter(key: admin.id))
            #expect(entries.map(\.event.action) == ["key.create"])
            // The key itself comes with a later dump: under the id that its requests have.
            #expect(try await legacy.addKeys([Self.key(1)]) == [.added(2)])
        }
    }

    @Test func `the same row of two old databases is two rows`() async throws {
        try await withStore { test in
            let legacy = test.store.legacy
            _ = try await legacy.stage([Self.request(1, key: nil)])
            _ = try await legacy.stage([Self.request(1, key: nil, action: "PUT /y")])
            #expect(try await legacy.chain(10, keys: [:]).count == 2)
        }
    }

    @Test func `runs become history without a job`() async throws {
        try await withStore { test in
            let symbol = try await test.addSymbol()
            let run = LegacyRun(
                id: 12,
                timeframe: .oneDay,
                range: .sample(0)..<(.sample(3)),
                isOfDays: false,
                candles: 3,
                success: false,
                error: "HTTP 429",
                startedAt: .sample(4),
                finishedAt: .sample(5)
            )
            let rows = [LegacyStore.Run(run: run, symbol: symbol.id, spelling: symbol.symbol)]
            try await test.store.legacy.reserveRunIDs(upTo: 12)
            #expect(try await test.store.legacy.addRuns(rows) == [.added(12)])
            #expect(try await test.store.legacy.addRuns(rows) == [.known(12)])
            let history = try await test.store.jobs.history(limit: 10)
            #expect(history.count == 1)
            #expect(history[0].outcome == .failed && history[0].error == "HTTP 429" && history[0].candles == 3)
            #expect(history[0].finishedAt == .sample(5) && history[0].source == nil)
        }
    }

    @Test func `what an import did is audited once, and nothing is not`() async throws {
        try await withStore { test in
            let legacy = test.store.legacy
            #expect(try await legacy.finish(by: test.alice) == nil)
            #expect(try await test.audited().isEmpty)
            _ = try await legacy.addKeys([Self.key(1), Self.key(2)])
            // As after a crash: another run ends what this one began.
            let again = try await test.another()
            let totals = try #require(try await again.legacy.finish(note: "the dump was not complete", by: test.alice))
            #expect(totals.keys == 2)
            #expect(
                try await test.audited() == [
                    "legacy.import | from the old service: 0 symbols, 2 keys, 0 audit rows, 0 backfill runs, 0 candles, "
                        + "0 rejected candles; the dump was not complete"
                ]
            )
            #expect(try await legacy.finish(by: test.alice) == nil)
        }
    }
}
