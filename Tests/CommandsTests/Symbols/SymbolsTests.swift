import Testing

/// `mdw symbols`: what administrators do with symbols.
@Suite struct SymbolsTests {
    @Test func theListHasTheCoreSymbols() async throws {
        let household = try await Household.ready()
        let table = try await household.mdw("symbols", "list")
        #expect(
            table.lines.first
                == "SYMBOL  CLASS   ACTIVE  TIMEFRAMES  LAST BACKFILL  BACKFILL  CANDLES  LATEST  VALIDATED"
        )
        #expect(table.lines.count == 16)
        let list = try #require(try await household.json("symbols", "list").array)
        #expect(
            list.map { $0["symbol"].text } == [
                "AAPL", "AMD", "AMZN", "BTC", "ETH", "GOOGL", "INTC", "IWM", "META", "MSFT", "NVDA", "QCOM", "QQQ",
                "SPY", "TSLA",
            ]
        )
        #expect(
            list[0].keys == [
                "id", "symbol", "asset_class", "active", "timeframes", "date_added", "last_backfill",
                "backfill_status", "backfill_error", "simulated", "stats",
            ]
        )
        #expect(list[0]["stats"].keys == ["record_count", "date_range", "validation_rate", "gaps_detected"])
        #expect(list[0]["timeframes"].array?.map(\.text) == ["1h", "1d"])
    }

    @Test func addShowDeactivateActivate() async throws {
        let household = try await Household.ready()
        let added = try await household.mdw(
            "symbols",
            "add",
            "sol",
            "X:DOGEUSD",
            "--class",
            "crypto",
            "--timeframes",
            "1d,5m,1d"
        )
        #expect(added.code == 0)
        #expect(added.output == "SOL (crypto) is tracked: 5m,1d\nDOGE (crypto) is tracked: 5m,1d\n")
        let shown = try await household.json("symbols", "show", "sol")
        #expect(shown["symbol"].text == "SOL")
        #expect(shown["asset_class"].text == "crypto")
        #expect(shown["active"].flag == true)

        #expect(try await household.mdw("symbols", "deactivate", "SOL").output == "SOL is inactive: its candles stay\n")
        #expect(try await household.json("symbols", "list", "--active").array?.count == 16)
        let again = try await household.mdw("symbols", "add", "SOL", "--class", "crypto")
        #expect(again.code == 1)
        #expect(again.errors == "mdw: SOL is already tracked, but inactive: activate it instead\n")
        #expect(try await household.mdw("symbols", "activate", "SOL").output == "SOL is active\n")
        let changed = try await household.json("symbols", "timeframes", "SOL", "1w,1h")
        #expect(changed["timeframes"].array?.map(\.text) == ["1h", "1w"])
    }

    @Test func oneRefusalDoesNotStopTheOthers() async throws {
        let household = try await Household.ready()
        let outcome = try await household.mdw("symbols", "add", "AAPL", "IBM", "--json")
        #expect(outcome.code == 1)
        #expect(outcome.errors == "mdw: AAPL is already tracked\n")
        #expect(try JSON(outcome.output).array?.map { $0["symbol"].text } == ["IBM"])
    }

    @Test func aSlipOfTheFingersAddsNothing() async throws {
        let household = try await Household.ready()
        let outcome = try await household.mdw("symbols", "add", "IBM", "a b")
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(try await household.mdw("symbols", "show", "IBM").code == 1)
    }

    @Test(
        arguments: [
            ("unknown", ["symbols", "show", "NOPE"], 1, "the symbol 'NOPE' is not tracked: add it first"),
            ("empty", ["symbols", "add", ""], 1, "is not a symbol"),
            ("an override", ["symbols", "add", "A\u{202E}B"], 1, "'A\u{FFFD}B' is not a symbol"),
            ("too long", ["symbols", "add", String(repeating: "A", count: 10_000)], 1, "AAAA…' is not a symbol"),
            ("no symbol", ["symbols", "add"], 2, "Missing expected argument"),
            ("an unknown class", ["symbols", "add", "X", "--class", "banana"], 2, "'banana' is invalid"),
            ("an unknown timeframe", ["symbols", "add", "X", "--timeframes", "1h,2h"], 2, "'1h,2h' is invalid"),
            ("no timeframe", ["symbols", "timeframes", "AAPL", ""], 2, "'' is invalid"),
            ("show what is no symbol", ["symbols", "show", "\u{1B}]0;x\u{7}"], 1, "is not tracked"),
            ("deactivate unknown", ["symbols", "deactivate", "NOPE"], 1, "is not tracked"),
        ] as [(String, [String], Int32, String)]
    )
    func refusals(_ name: String, _ arguments: [String], _ code: Int32, _ expected: String) async throws {
        let household = try await Household.ready()
        let outcome = try await household.mdw(arguments)
        #expect(outcome.code == code)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(expected), "\(outcome.errors)")
        #expect(!outcome.errors.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        #expect(outcome.errors.utf8.count < 2000)
    }
}
