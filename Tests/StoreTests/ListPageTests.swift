import Store
import Testing
import Warehouse

/// Lists by filter, order and place.
@Suite struct ListPageTests {
    @Test(
        arguments: [
            ("class:crypto", ["BTC"]), ("class:c", ["BTC"]), ("!class:crypto", ["AAPL", "SPY"]), ("active:no", ["SPY"]),
            ("active:yes !symbol:b", ["AAPL"]), ("status:pending", ["AAPL", "BTC", "SPY"]), ("symbol:a", ["AAPL"]),
            ("!a", ["BTC", "SPY"]), ("symbol:PL", []), ("class:%", []),
        ] as [(String, [String])]
    )
    func `symbols by field`(filter: String, found: [String]) async throws {
        try await withStore { test in
            _ = try await test.addSymbol("SPY", .etf)
            _ = try await test.addSymbol("BTC", .crypto)
            _ = try await test.addSymbol("AAPL")
            _ = try await test.store.symbols.setActive(false, symbol: SymbolID(1), by: test.alice)
            let query = SymbolStore.Query(filter: ListFilter(filter, fields: SymbolStore.Query.filterFields))
            let page = try await test.store.symbols.page(query)
            // "!a" looks at all of the text, in which 'active' stands too.
            #expect(page.rows.map(\.symbol.symbol) == (filter == "!a" ? [] : found))
            #expect(page.total == page.rows.count)
        }
    }

    @Test func `symbols by every column, both ways`() async throws {
        try await withStore { test in
            for symbol in ["B", "A", "C"] { _ = try await test.addSymbol(symbol) }
            for column in SymbolStore.Column.allCases {
                for isDescending in [false, true] {
                    let order = ListOrder(column, isDescending: isDescending)
                    let page = try await test.store.symbols.page(SymbolStore.Query(order: order))
                    #expect(page.rows.count == 3, "\(column)")
                }
            }
            let descending = SymbolStore.Query(order: ListOrder(.symbol, isDescending: true), limit: 2, offset: 1)
            let page = try await test.store.symbols.page(descending)
            #expect(page.rows.map(\.symbol.symbol) == ["B", "A"])
            #expect(page.start == 1 && page.total == 3)
        }
    }

    @Test func `keys by every column, and around one of them`() async throws {
        try await withStore { test in
            for name in ["delta", "alpha", "Charlie", "bravo"] { _ = try await test.createKey(name) }
            for column in KeyStore.Column.allCases {
                let page = try await test.store.keys.page(KeyStore.Query(order: ListOrder(column)))
                #expect(page.rows.count == 4, "\(column)")
            }
            let names = try await test.store.keys.list(KeyStore.Query(order: ListOrder(.name))).map(\.name)
            #expect(names == ["alpha", "bravo", "Charlie", "delta"])
            let around = try await test.store.keys.page(
                KeyStore.Query(order: ListOrder(.name), limit: 2, offset: 0, around: KeyID(1))
            )
            #expect(around.rows.map(\.name) == ["Charlie", "delta"])
            #expect(around.start == 2 && around.total == 4)
            // Who is gone leaves the place that was asked for.
            let gone = try await test.store.keys.page(
                KeyStore.Query(order: ListOrder(.name), limit: 2, offset: 1, around: KeyID(99))
            )
            #expect(gone.start == 1)
        }
    }

    @Test func `keys by state`() async throws {
        try await withStore { test in
            let revoked = try await test.createKey("one").key.id
            _ = try await test.createKey("two")
            _ = try await test.store.keys.revoke(revoked, by: test.alice)
            func found(_ text: String) async throws -> [String] {
                let filter = ListFilter(text, fields: KeyStore.Query.filterFields)
                return try await test.store.keys.list(KeyStore.Query(filter: filter)).map(\.name)
            }
            #expect(try await found("state:revoked") == ["one"])
            #expect(try await found("!state:revoked") == ["two"])
            #expect(try await found("name:t") == ["two"])
            let byState = KeyStore.Query(order: ListOrder(.state, isDescending: true))
            #expect(try await test.store.keys.list(byState).map(\.name) == ["one", "two"])
        }
    }

    @Test func `jobs by field and by every column`() async throws {
        try await withStore { test in
            let series = try await test.series()
            for day in 0..<3 {
                _ = try await test.store.jobs.enqueue(
                    series,
                    range: .sample(day * 2)..<(.sample(day * 2 + 1)),
                    expectedUnits: 1,
                    by: test.alice
                )
            }
            _ = try await test.store.jobs.pause(JobID(2), by: test.alice)
            for column in JobStore.Column.allCases {
                let page = try await test.store.jobs.page(JobStore.Query(order: ListOrder(column, isDescending: true)))
                #expect(page.rows.count == 3, "\(column)")
            }
            let filter = ListFilter("state:paused", fields: JobStore.Query.filterFields)
            #expect(try await test.store.jobs.page(JobStore.Query(filter: filter)).rows.map(\.id) == [JobID(2)])
            #expect(try await test.store.jobs.list().map(\.id.rawValue) == [3, 1, 2])
        }
    }

    @Test func `a job list of any length is read in the order of its index`() async throws {
        try await withStore { test in
            let plan = try await test.store.engine.read { session in
                try session.rows(
                    """
                    EXPLAIN QUERY PLAN SELECT j.id FROM backfill_jobs j
                    ORDER BY (CASE j.state WHEN 'running' THEN 0 WHEN 'queued' THEN 1 WHEN 'paused' THEN 2 ELSE 3 END),
                             j.id DESC
                    """
                ) { row in
                    _ = (row.integer(), row.integer(), row.integer())
                    return row.text()
                }
            }
            #expect(plan.contains { $0.contains("backfill_jobs_in_order") })
            #expect(!plan.contains { $0.contains("TEMP B-TREE") })
        }
    }
}

/// The audit log in parts, as the console reads it.
@Suite struct AuditPartTests {
    /// A hundred rows, every tenth by bob.
    private func filled(_ test: TestStore) async throws {
        for number in 1...100 {
            let actor = number % 10 == 0 ? Actor(source: .http, name: "bob") : test.alice
            _ = try await test.store.audit.append(AuditEvent("step \(number)", by: actor))
        }
    }

    private let bob = AuditLog.Filter(text: ListFilter("actor:bob", fields: AuditLog.Filter.filterFields))

    @Test func `a search is bounded, and goes on where it stopped`() async throws {
        try await withStore { test in
            try await filled(test)
            let first = try await test.store.audit.part(limit: 50, span: 25, matching: bob)
            #expect(first.entries.map(\.sequence) == [80, 90, 100])
            #expect(first.from == 76 && first.through == 100 && !first.reachesStart)
            let second = try await test.store.audit.part(before: first.from, limit: 50, span: 75, matching: bob)
            #expect(second.entries.map(\.sequence) == [10, 20, 30, 40, 50, 60, 70])
            #expect(second.from == 1 && second.reachesStart)
            let limited = try await test.store.audit.part(limit: 2, span: 1000, matching: bob)
            #expect(limited.entries.map(\.sequence) == [90, 100])
            #expect(limited.from == 90 && !limited.reachesStart)
        }
    }

    @Test func `what came after a row`() async throws {
        try await withStore { test in
            try await filled(test)
            let next = try await test.store.audit.part(after: 95, limit: 3)
            #expect(next.entries.map(\.sequence) == [96, 97, 98])
            #expect(next.through == 98)
            let newest = try await test.store.audit.part(newestAfter: 10, limit: 3)
            #expect(newest.entries.map(\.sequence) == [98, 99, 100])
            #expect(newest.from == 98 && newest.through == 100)
            let all = try await test.store.audit.part(newestAfter: 98, limit: 3)
            #expect(all.from == 99)
            let arrivals = try await test.store.audit.arrivals(after: 75, matching: bob)
            #expect(arrivals.count == 3 && arrivals.through == 100)
            let nothing = try await test.store.audit.part(newestAfter: 100, limit: 3)
            #expect(nothing.entries.isEmpty && nothing.through == 100)
        }
    }

    @Test func `an empty log has reached its start`() async throws {
        try await withStore { test in
            let part = try await test.store.audit.part(limit: 10, span: 10)
            #expect(part.entries.isEmpty && part.reachesStart)
        }
    }

    @Test func `requests are counted by the hour`() async throws {
        try await withStore { test in
            let key = try await test.createKey("ci").key
            func request() -> AuditEvent {
                var event = AuditEvent("GET /", by: Actor(source: .http, name: "ci"), key: (key.id, key.name))
                event.status = 200
                return event
            }
            _ = try await test.store.audit.append([request(), request()])
            test.clock.advance(by: .seconds(2 * 3600))
            _ = try await test.store.audit.append([request()])
            #expect(try await test.store.audit.requestsByHour(of: key.id, hours: 4) == [0, 2, 0, 1])
            #expect(try await test.store.audit.requestsByHour(of: KeyID(99), hours: 2) == [0, 0])
        }
    }
}
