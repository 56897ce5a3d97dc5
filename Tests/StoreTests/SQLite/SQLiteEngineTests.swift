import Foundation
import Testing
import Warehouse

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct SQLiteEngineTests {
    @Test(
        arguments: [
            // 2 is FULL: a commit is on disk when it returns.
            ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"),
        ]
    )
    func `the writer is set up as promised`(pragma: String, value: String) async throws {
        try await withStore { test in
            let set = try await test.engine.write { session in
                try session.row("SELECT CAST(\(pragma) AS TEXT) FROM pragma_\(pragma)") { $0.text() }
            }
            #expect(set == value)
        }
    }

    @Test func `closing leaves the write-ahead log, because a checkpoint belongs inside the gate`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            let clock = ManualClock(TestStore.start)
            let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: clock)
            _ = try await store.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: TestStore.alice)
            let file = bytes(of: path)
            let log = bytes(of: path + "-wal")
            try #require(!log.isEmpty)
            try store.close()
            #expect(bytes(of: path) == file)
            #expect(bytes(of: path + "-wal") == log)
            let again = try await Store.open(sqlite: path, access: .readWrite, clock: clock)
            #expect(try await again.symbols.list().map(\.symbol) == ["AAPL"])
            try again.close()
        }
    }

    @Test func `a transaction that throws leaves no trace`() async throws {
        try await withStore { test in
            let before = try await test.store.generations()
            await #expect(throws: StoreError.emptyRange) {
                try await test.engine.write { session in
                    try session.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')")
                    try session.raise(.keys)
                    throw StoreError.emptyRange
                }
            }
            #expect(try await test.count("SELECT COUNT(*) FROM settings") == 0)
            #expect(try await test.store.generations() == before)
        }
    }

    @Test func `a cancelled writer leaves no trace`() async throws {
        try await withStore { test in
            let engine = test.engine
            let task = Task {
                try await engine.write { session in
                    try session.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')")
                    withUnsafeCurrentTask { $0?.cancel() }
                    try session.execute("INSERT INTO settings (name, value) VALUES ('c', 'd')")
                }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await test.count("SELECT COUNT(*) FROM settings") == 0)
            // The connection is well afterwards.
            _ = try await test.addSymbol()
        }
    }

    @Test func `the change counter moves with every commit of any store and with nothing else`() async throws {
        try await withStore { test in
            let other = try await test.another()
            let start = try test.store.changeCounter()
            _ = try await test.store.keys.list()
            #expect(try test.store.changeCounter() == start)
            _ = try await test.addSymbol("AAPL")
            let own = try test.store.changeCounter()
            #expect(own != start)
            _ = try await other.symbols.add(Ticker(stored: "MSFT", assetClass: .stock), by: test.alice)
            #expect(try test.store.changeCounter() != own)
            try other.close()
        }
    }

    @Test func `every commit writes one of the files that tell of commits, also behind a symbolic link`() async throws {
        try await withFolder { folder in
            let clock = ManualClock(TestStore.start)
            try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: false)
            let path = folder + "/data/mdw.sqlite"
            try await Store.open(sqlite: path, access: .createAndMigrate, clock: clock).close()
            try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: path)
            let store = try await Store.open(sqlite: folder + "/link", access: .readWrite, clock: clock)
            func times() throws -> [Date?] {
                try store.commitFiles.map {
                    try FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date
                }
            }
            for symbol in ["AAPL", "MSFT", "NVDA"] {
                let before = try times()
                try await Task.sleep(for: .milliseconds(20))
                _ = try await store.symbols.add(Ticker(stored: symbol, assetClass: .stock), by: TestStore.alice)
                #expect(try times() != before)
            }
            try store.close()
        }
    }

    @Test func `a full disk is told and nothing is lost`() async throws {
        try await withStore { test in
            let series = try await test.series()
            let first = CandleBatch.sample((0..<100).map { .sample($0) })
            _ = try await test.engine.write { try $0.store(first, of: series) }
            // As many pages as there are: the next one does not fit.
            try await test.engine.write { session in
                let pages = try session.count("PRAGMA page_count")
                try session.execute("PRAGMA max_page_count = \(pages)")
            }
            let auditRows = try await test.store.audit.count()
            await expectRefusal(.full) {
                try await test.engine.write { session in
                    try session.store(.sample((100..<5000).map { .sample($0) }), of: series)
                    try session.append(AuditEvent("candles.import", by: test.alice), at: test.clock.now)
                }
            }
            #expect(try await test.count("SELECT COUNT(*) FROM candles") == 100)
            #expect(try await test.store.candles.statistics().first?.candles == 100)
            #expect(try await test.store.audit.count() == auditRows)
            #expect(try await test.engine.integrityProblems().isEmpty)
            // Room again, and all is well.
            _ = try await test.engine.write { try $0.execute("PRAGMA max_page_count = 1000000") }
            _ = try await test.engine.write { try $0.store(.sample((100..<5000).map { .sample($0) }), of: series) }
            #expect(try await test.count("SELECT COUNT(*) FROM candles") == 5000)
        }
    }

    @Test func `a damaged page is told`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            let clock = ManualClock(TestStore.start)
            let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: clock)
            let symbol = try await store.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: TestStore.alice)
            let series = CandleSeries(symbol: symbol.id, timeframe: .oneDay)
            _ = try await store.engine.write { try $0.store(.sample((0..<2000).map { .sample($0) }), of: series) }
            let page = try await store.engine.read { session in
                try session.count("SELECT rootpage FROM sqlite_schema WHERE name = 'candles'")
            }
            try store.close()
            try ChildProcess.sqlite(path, "PRAGMA wal_checkpoint(TRUNCATE)")
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: UInt64(page - 1) * 4096)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
            try file.close()

            let damaged = try await Store.open(sqlite: path, access: .readWrite, clock: clock)
            let error = await #expect(throws: StoreError.self) {
                try await damaged.candles.list(series, in: .sample(0)..<(.sample(10)), limit: 10)
            }
            #expect(error?.description.hasPrefix("the database is damaged: ") == true)
            #expect(error?.isUnavailable == true)
            let problems = try await damaged.problems()
            #expect(problems.first?.hasPrefix("the database's structure: ") == true)
            // What is on other pages can still be read.
            #expect(try await damaged.symbols.list().map(\.symbol) == ["AAPL"])
            try damaged.close()
        }
    }

    @Test func `a closed store says so`() async throws {
        try await withFolder { folder in
            let clock = ManualClock(TestStore.start)
            let store = try await Store.open(sqlite: folder + "/mdw.sqlite", access: .createAndMigrate, clock: clock)
            try store.close()
            await #expect(throws: StoreError.self) { try await store.keys.count() }
            await #expect(throws: StoreError.self) { try await store.engine.write { _ in } }
            await #expect(throws: StoreError.self) { try await store.engine.integrityProblems() }
            #expect(throws: StoreError.self) { try store.changeCounter() }
        }
    }

    /// A value of another type, which only somebody else can have written, is told and neither guessed nor a crash.
    @Test(
        arguments: [
            ("NULL", "whole number"), ("'200 OK'", "whole number"), ("2.5", "whole number"), ("x'31'", "whole number"),
            ("NULL", "number"), ("'2.5'", "number"), ("NULL", "text"), ("1", "text"), ("x'61'", "text"),
            ("CAST(x'C328' AS TEXT)", "text"),
        ]
    )
    func `a value of another type is damage`(value: String, kind: String) async throws {
        try await withStore { test in
            await expectRefusal(.damaged("column 2 of a row holds no \(kind)")) {
                try await test.engine.read { session in
                    try session.row("SELECT 1, \(value)") { row in
                        _ = row.integer()
                        switch kind {
                        case "text": _ = row.text()
                        case "number": _ = row.real()
                        default: _ = row.time()
                        }
                    }
                }
            }
        }
    }

    @Test func `a text ends where it ends, not at its first NUL`() async throws {
        try await withStore { test async throws in
            #expect(try await test.text("SELECT 'bob' || char(0) || 'x'") == "bob\u{0}x")
        }
    }

    @Test func `a range that ends before it starts is damage`() async throws {
        try await withStore { test in
            let series = try await test.series()
            try await test.tamper(
                "INSERT INTO coverage VALUES (\(series.symbol.rawValue), '1d', 2000000, 1000000, 'had')"
            )
            await expectRefusal(
                .damaged("the range 1970-01-01T00:00:02Z to 1970-01-01T00:00:01Z ends before it starts")
            ) { try await test.store.candles.coverage(of: series) }
        }
    }

    @Test func `values go in and come out as they are`() async throws {
        try await withStore { test in
            let values: [SQLValue] = [
                .null, .integer(Int64.min), .real(-0.5), .text("Ünïcode ✓"), .boolean(true), .real(nil as Double?),
            ]
            let read = try await test.engine.read { try $0.texts(of: values) }
            #expect(read == ["nil", "-9223372036854775808", "-0.5", "Ünïcode ✓", "true", "nil"])
        }
    }
}

extension StoreSession {
    fileprivate func texts(of values: [SQLValue]) throws -> [String] {
        try row("SELECT ?, ?, ?, ?, ?, ?", values) { row in
            [
                row.optionalText() ?? "nil", "\(row.integer())", "\(row.real())", row.text(), "\(row.boolean())",
                row.optionalReal().map { "\($0)" } ?? "nil",
            ]
        } ?? []
    }
}
