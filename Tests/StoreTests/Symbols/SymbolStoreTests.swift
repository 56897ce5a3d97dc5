import Store
import Testing
import Warehouse

@Suite struct SymbolStoreTests {
    @Test func `adds a symbol`() async throws {
        try await withStore { test in
            let symbol = try await test.store.symbols.add(
                Ticker(typed: "brk.b", assetClass: .stock),
                timeframes: [.oneDay, .fiveMinutes, .oneDay],
                by: test.alice
            )
            #expect(
                symbol
                    == TrackedSymbol(
                        id: SymbolID(1),
                        ticker: Ticker(stored: "BRK.B", assetClass: .stock),
                        active: true,
                        timeframes: [.fiveMinutes, .oneDay],
                        dateAdded: TestStore.start,
                        lastBackfill: nil,
                        backfillStatus: .pending,
                        backfillError: nil
                    )
            )
            #expect(try await test.store.symbols.list() == [symbol])
            #expect(try await test.audited() == ["symbol.add | BRK.B stock 5m,1d"])
            #expect(try await test.addSymbol("AAPL").timeframes == [.oneHour, .oneDay])
        }
    }

    @Test func `a symbol is tracked once`() async throws {
        try await withStore { test in
            let symbol = try await test.addSymbol("AAPL")
            await expectRefusal(.alreadyTracked("AAPL", active: true)) { try await test.addSymbol("AAPL") }
            // Classes share the names.
            await expectRefusal(.alreadyTracked("AAPL", active: true)) { try await test.addSymbol("AAPL", .crypto) }
            _ = try await test.store.symbols.setActive(false, symbol: symbol.id, by: test.alice)
            await expectRefusal(.alreadyTracked("AAPL", active: false)) { try await test.addSymbol("AAPL") }
            #expect(try await test.store.symbols.count() == 1)
        }
    }

    @Test func `a symbol needs a timeframe`() async throws {
        try await withStore { test in
            let ticker = Ticker(stored: "AAPL", assetClass: .stock)
            await expectRefusal(.noTimeframes) {
                try await test.store.symbols.add(ticker, timeframes: [], by: test.alice)
            }
            let symbol = try await test.addSymbol()
            await expectRefusal(.noTimeframes) {
                try await test.store.symbols.setTimeframes([], symbol: symbol.id, by: test.alice)
            }
        }
    }

    @Test func `switching to what it is already changes and audits nothing`() async throws {
        try await withStore { test in
            let symbols = test.store.symbols
            let id = try await test.addSymbol().id
            let off = try await symbols.setActive(false, symbol: id, by: test.alice)
            #expect(!off.active)
            #expect(try await test.audited() == ["symbol.deactivate | AAPL"])
            #expect(
                try await symbols.setTimeframes([.oneWeek, .oneHour], symbol: id, by: test.alice).timeframes == [
                    .oneHour, .oneWeek,
                ]
            )
            #expect(try await test.audited() == ["symbol.timeframes | AAPL 1h,1d → 1h,1w"])
            let generations = try await test.store.generations()
            #expect(try await !symbols.setActive(false, symbol: id, by: test.alice).active)
            _ = try await symbols.setTimeframes([.oneWeek, .oneHour, .oneHour], symbol: id, by: test.alice)
            #expect(try await test.store.generations() == generations)
            #expect(try await test.store.audit.count() == 3)
            #expect(try await symbols.setActive(true, symbol: id, by: test.alice).active)
            #expect(try await test.audited() == ["symbol.activate | AAPL"])
            #expect(try await test.store.generations()[.symbols] > generations[.symbols])
        }
    }

    @Test func `what is not tracked is refused`() async throws {
        try await withStore { test async throws in
            let id = SymbolID(9)
            await expectRefusal(.unknownSymbol("#9")) {
                try await test.store.symbols.setActive(true, symbol: id, by: test.alice)
            }
            await expectRefusal(.unknownSymbol("#9")) {
                try await test.store.symbols.setTimeframes([.oneDay], symbol: id, by: test.alice)
            }
            #expect(try await test.store.symbols.overview(of: id) == nil)
        }
    }

    @Test(
        arguments: [
            ("AAPL", "AAPL"), ("aapl", "AAPL"), ("PEBpE", "PEBpE"), ("PEBPE", "PEBPE"), ("pebpe", nil),
            ("BRK.B", "BRK.B"),
            ("brk.b", "BRK.B"), ("brk_b", nil), ("", nil), ("AAP", nil), ("%", nil),
        ] as [(String, String?)]
    )
    func `the exact spelling comes first, then the only one that differs in case`(
        typed: String,
        found: String?
    ) async throws {
        try await withStore { test in
            for symbol in ["AAPL", "PEBpE", "PEBPE", "BRK.B"] { _ = try await test.addSymbol(symbol) }
            if let found {
                #expect(try await test.store.symbols.find(typed).symbol == found)
            } else {
                await expectRefusal(.unknownSymbol(typed)) { try await test.store.symbols.find(typed) }
            }
        }
    }

    @Test(
        arguments: [
            ([], ["AAPL", "BTC", "SPY"]), (["stock"], ["AAPL"]), (["CRYPTO"], ["BTC"]), (["inactive"], ["SPY"]),
            (["1h"], ["AAPL", "BTC", "SPY"]), (["pending", "btc"], ["BTC"]), (["%"], []),
        ] as [([String], [String])]
    )
    func `words stand in symbol, class, timeframes or status`(words: [String], found: [String]) async throws {
        try await withStore { test in
            _ = try await test.addSymbol("SPY", .etf)
            _ = try await test.addSymbol("BTC", .crypto)
            _ = try await test.addSymbol("AAPL")
            _ = try await test.store.symbols.setActive(false, symbol: SymbolID(1), by: test.alice)
            let query = SymbolStore.Query(filter: .words(words))
            #expect(try await test.store.symbols.list(query).map(\.symbol) == found)
            #expect(try await test.store.symbols.overview(query).map(\.symbol.symbol) == found)
            #expect(try await test.store.symbols.count(query) == Int64(found.count))
            #expect(try await test.store.symbols.count(SymbolStore.Query(activeOnly: true)) == 2)
            #expect(try await test.store.symbols.list(SymbolStore.Query(limit: 1, offset: 1)).map(\.symbol) == ["BTC"])
        }
    }

    @Test func `an overview adds up all timeframes`() async throws {
        try await withStore { test in
            let day = try await test.series("AAPL", .oneDay)
            let hour = CandleSeries(symbol: day.symbol, timeframe: .oneHour)
            let rejected = RejectedCandle(rule: .v02, time: nil, raw: "{}", reason: "why")
            _ = try await test.addSymbol("MSFT")
            try await test.write(.sample([.sample(0), .sample(1)], rejected: [rejected], source: .simulated), of: day)
            try await test.write(.sample([.sample(5)], source: .simulated), of: hour)
            let rows = try await test.store.symbols.overview()
            #expect(rows.map(\.symbol.symbol) == ["AAPL", "MSFT"])
            #expect(rows.map(\.candles) == [3, 0])
            #expect(rows.map(\.rejected) == [1, 0])
            #expect(rows.map(\.last) == [.sample(5), nil])
            #expect(rows.map(\.isSimulated) == [true, false])
            #expect(rows.map(\.validatedShare) == [0.75, nil])
            #expect(try await test.store.symbols.overview(of: day.symbol) == rows[0])
            #expect(rows[0].id == day.symbol)
        }
    }
}
