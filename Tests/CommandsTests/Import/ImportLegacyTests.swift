import Foundation
import Store
import Testing
import Warehouse

/// `mdw import-legacy` as an administrator runs it.
@Suite struct ImportLegacyTests {
    @Test func everyTableIsTakenOver() async throws {
        let household = try Household()
        let outcome = try await household.importLegacy(LegacyDumpSample.fixture)
        // Rows were refused.
        #expect(outcome.code == 1)
        #expect(outcome.errors.isEmpty)
        let report = try JSON(outcome.output)
        #expect(report["changed"].flag == true)
        let counts = try #require(report["tables"].array).map { table in
            ["read", "imported", "already_there", "refused", "rejected"].compactMap { table[$0].integer }
        }
        #expect(counts == [[5, 4, 0, 1, 0], [4, 3, 0, 1, 0], [7, 6, 0, 1, 0], [3, 2, 0, 1, 0], [17, 8, 0, 3, 6]])
        #expect(report["rejected_candles"]["V01"].integer == 3)
        #expect(["V02", "V03", "V04"].allSatisfy { report["rejected_candles"][$0].integer == 1 })
        let refused = try #require(report["refused_rows"].array).compactMap { $0["reason"].text }
        #expect(refused.count == 7)
        #expect(refused.contains("the line has 3 fields and should have 16"))
        #expect(report["ignored_tables"][0].text == "alembic_version")
        #expect(report["ignored_columns"][0].text == "api_keys.notes")
        let symbols = try #require(try await household.json("symbols", "list").array)
        #expect(symbols.compactMap { $0["symbol"].text } == ["AAPL", "NFLX", "SOL", "YELLOW", "ZVZZT"])
        #expect(symbols.compactMap { $0["id"].integer } == [1, 3, 20, 21, 23])
        #expect(symbols.compactMap { $0["active"].flag } == [true, true, false, false, false])
        #expect(try await household.mdw("backfill", "history").output.contains("HTTP 429:\u{FFFD}slow down"))
        let doctor = try await household.mdw("doctor")
        #expect(doctor.code == 0, "\(doctor.output)")
    }

    @Test func keysKeepWorking() async throws {
        let household = try Household()
        _ = try await household.importLegacy(LegacyDumpSample.fixture)
        let raw = try #require(RawKey(presented: LegacyDumpSample.rawKey))
        try await household.withStore { store in
            let key = try #require(try await store.keys.find(hash: raw.hash))
            #expect(key.id == KeyID(1) && key.name == "ops" && key.scope == .admin && key.requestCount == 2)
            #expect(key.state(at: .now) == .active && key.createdBy == "legacy import")
            #expect(key.createdAt.description == "2024-01-01T08:00:00Z")
        }
        let keys = try #require(try await household.json("keys", "list").array)
        #expect(keys.compactMap { $0["state"].text } == ["active", "revoked", "active"])
        let made = try await household.json("keys", "create", "new")
        #expect(made["id"].integer == 9)
    }

    @Test func theAuditIsChained() async throws {
        let household = try Household()
        _ = try await household.importLegacy(LegacyDumpSample.fixture)
        let rows = try await household.mdw("audit", "export", "--format", "jsonl").lines.map { try JSON(String($0)) }
        #expect(rows.compactMap { $0["action"].text }.first == "POST /api/v1/admin/symbols")
        #expect(rows.prefix(6).compactMap { $0["api_key_id"].integer } == [1, 2, 1, 5, 7])
        #expect(rows.compactMap { $0["detail"].text }.first == "imported from the old service, row 1")
        #expect(rows.last?["action"].text == "legacy.import")
        #expect(rows.count == 7)
        #expect(try await household.mdw("audit", "verify").code == 0)
    }

    @Test func candlesKeepTheirFlagsAndFractions() async throws {
        let household = try Household()
        _ = try await household.importLegacy(LegacyDumpSample.fixture)
        try await household.withStore { store in
            let apple = try await store.symbols.find("AAPL")
            let series = CandleSeries(symbol: apple.id, timeframe: .oneDay)
            let stored = try await store.candles.list(series, in: .distantPast..<(.distantFuture), limit: 100)
            #expect(stored.map(\.candle.volume) == [82_488_674.5, 58_414_460, 71_983_570, 0])
            #expect(stored.map(\.candle.flags) == [[], .gap, .volumeAnomaly, .zeroVolume])
            let statistics = try #require(try await store.candles.statistics(of: apple.id).first)
            #expect(statistics.candles == 4 && statistics.rejected == 5 && statistics.gaps == 1)
            let rejected = try await store.candles.rejected(of: apple.id, limit: 10)
            #expect(
                rejected.contains {
                    $0.candle.rule == .v02 && $0.candle.raw.contains("id=4 time=2024-01-05 05:00:00+00")
                }
            )
            #expect(try await store.candles.coverage(of: series).isEmpty)
        }
    }

    @Test func aSecondTimeChangesNothing() async throws {
        let household = try Household()
        _ = try await household.importLegacy(LegacyDumpSample.fixture)
        let before = try await household.content()
        let outcome = try await household.mdw("import-legacy", "--dump", LegacyDumpSample.fixture)
        #expect(outcome.output.contains("nothing to do: nothing in the dump is new, and nothing was changed"))
        #expect(try await household.content() == before)
        #expect(before.contains("legacy.import"))
    }

    @Test func standardInputIsRead() async throws {
        let household = try await Household.ready()
        let fixture = try LegacyDumpSample.fixture
        let outcome = try await household.shell("cat '\(fixture)' | $MDW import-legacy --dump - --json")
        #expect(try JSON(outcome.output)["tables"][4]["imported"].integer == 8)
        let files = try FileManager.default.contentsOfDirectory(atPath: household.folder + "/data/mdw")
        #expect(files.allSatisfy { $0.hasPrefix("mdw.sqlite") }, "\(files)")
    }

    @Test func aWarehouseInUseKeepsWhatItHas() async throws {
        let household = try await Household.ready()
        let bootstrapped = try await household.json("symbols", "list")
        let outcome = try await household.importLegacy(LegacyDumpSample.fixture)
        let report = try JSON(outcome.output)
        // Key 1 is the warehouse's own admin.
        #expect(report["renumbered_keys"].array?.count == 1)
        #expect(report["renumbered_keys"][0]["old_id"].integer == 1)
        #expect(report["renumbered_keys"][0]["name"].text == "ops")
        let id = try #require(report["renumbered_keys"][0]["id"].integer)
        #expect(id == 9)
        let raw = try #require(RawKey(presented: LegacyDumpSample.rawKey))
        try await household.withStore { store in
            #expect(try await store.keys.find(hash: raw.hash)?.id == KeyID(Int64(id)))
            #expect(try await store.keys.find(KeyID(1)).name == "admin")
            let rows = try await store.audit.newest(10, matching: AuditLog.Filter(key: KeyID(Int64(id))))
            #expect(rows.count == 2)
        }
        let symbols = try #require(try await household.json("symbols", "list").array)
        #expect(symbols.first?["symbol"].text == "AAPL")
        #expect(symbols.first?["timeframes"][0].text == bootstrapped[0]["timeframes"][0].text)
        let netflix = try #require(symbols.first { $0["symbol"].text == "NFLX" })
        #expect(netflix["id"].integer == 23)
        let notes = try #require(report["notes"].array).compactMap(\.text)
        #expect(notes.contains("key 1 'ops' of the old service is key 9 here"))
        #expect(notes.contains("tracked here already, with their rows and ids as they are: AAPL"))
        #expect(notes.contains("symbols with another id than they had: NFLX 3 → 23"))
        #expect(try await household.mdw("audit", "verify").code == 0)
        let before = try await household.content()
        _ = try await household.importLegacy(LegacyDumpSample.fixture)
        #expect(try await household.content() == before)
    }

    @Test func hashesAreNeverShown() async throws {
        let household = try Household()
        let outcome = try await household.mdw("import-legacy", "--dump", LegacyDumpSample.fixture)
        let hash = try #require(RawKey(presented: LegacyDumpSample.rawKey)).hash.hex
        #expect(!outcome.output.contains(hash) && !outcome.output.contains("5e884898da28047151d0e56f8dc62927"))
        #expect(outcome.output.allSatisfy { $0 == "\n" || !$0.unicodeScalars.contains(where: \.isUnsafeToShow) })
    }

    @Test(arguments: [
        ("PGDMP\u{1}\u{E}", "the dump is in pg_dump's custom format: use the plain one, 'pg_dump --data-only', or "),
        (
            "INSERT INTO public.api_keys VALUES (1);\n",
            "line 1: the dump holds the rows of api_keys as INSERT statements: dump with "
        ),
        (
            "COPY public.api_keys (id, name) FROM stdin;\n\\.\n",
            "line 1: api_keys has no column key_hash: dump the whole table with "
        ),
        ("hello\n", "the dump holds no table of the old service: dump its database with 'pg_dump --data-only'"),
        ("", "is empty: dump with 'pg_dump --data-only'"),
    ])
    func whatIsNoDumpMakesNothing(content: String, error: String) async throws {
        let household = try Household()
        let path = household.folder + "/dump.sql"
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        let outcome = try await household.mdw("import-legacy", "--dump", path)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(error), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: household.database))
    }

    @Test func aMissingDumpIsNamed() async throws {
        let household = try Household()
        let outcome = try await household.mdw("import-legacy", "--dump", "/nowhere.sql")
        #expect(outcome.code == 1)
        #expect(outcome.errors == "mdw: the dump /nowhere.sql can't be read: No such file or directory\n")
    }

    @Test func aTruncatedDumpKeepsWhatIsComplete() async throws {
        let household = try Household()
        let text = try String(contentsOfFile: LegacyDumpSample.fixture, encoding: .utf8)
        let cut = try #require(text.range(of: "\tZVZZT")).lowerBound
        let path = household.folder + "/dump.sql"
        try text[..<cut].write(toFile: path, atomically: true, encoding: .utf8)
        let outcome = try await household.mdw("import-legacy", "--dump", path)
        #expect(outcome.code == 1)
        #expect(
            outcome.errors.hasPrefix("mdw: line 82: the dump ends within market_data: what is complete was taken over")
        )
        let symbols = try #require(try await household.json("symbols", "list").array)
        #expect(symbols.compactMap { $0["symbol"].text } == ["AAPL", "NFLX", "SOL"])
        #expect(try await household.mdw("audit", "list").output.contains("the dump was not complete"))
        #expect(symbols.compactMap { $0["active"].flag } == [false, false, false])
        // The whole dump adds the rest.
        let report = try JSON(try await household.importLegacy(LegacyDumpSample.fixture).output)
        #expect(report["tables"][4]["imported"].integer == 2)
        #expect(report["tables"][2]["imported"].integer == 0)
        #expect(report["tables"][0]["imported"].integer == 4)
        let apple = try await household.json("symbols", "show", "AAPL")
        #expect(apple["active"].flag == true && apple["backfill_status"].text == "completed")
    }
}

extension Household {
    /// Imports a dump and reports as machines read it.
    func importLegacy(_ dump: String) async throws -> Outcome {
        try await mdw("import-legacy", "--dump", dump, "--json")
    }

    /// All rows of all tables.
    func content() async throws -> String {
        try await shell("sqlite3 '\(database)' .dump").output
    }
}

extension Timestamp {
    static let distantPast = Timestamp(microseconds: .min)
    static let distantFuture = Timestamp(microseconds: .max)
}
