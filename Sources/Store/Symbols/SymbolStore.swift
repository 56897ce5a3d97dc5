package import Warehouse

/// The tracked symbols.
package struct SymbolStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// What a symbol gets when nobody says.
    package static let defaultTimeframes: [Timeframe] = [.oneHour, .oneDay]

    /// Which symbols, and in which order.
    package struct Query: Hashable, Sendable {
        package var activeOnly = false
        package var filter = ListFilter()
        package var order = ListOrder(Column.symbol)
        package var limit = 10_000
        package var offset = 0
        /// A symbol that a page must hold, wherever it stands now.
        package var around: SymbolID?

        package init(
            activeOnly: Bool = false,
            filter: ListFilter = ListFilter(),
            order: ListOrder<Column> = ListOrder(.symbol),
            limit: Int = 10_000,
            offset: Int = 0,
            around: SymbolID? = nil
        ) {
            self.activeOnly = activeOnly
            self.filter = filter
            self.order = order
            self.limit = limit
            self.offset = offset
            self.around = around
        }
    }

    /// What symbols are listed by.
    package enum Column: String, CaseIterable, Sendable {
        case symbol
        case assetClass = "class"
        case active
        case timeframes
        case status
        case candles
        case last
        case validated
    }

    package func list(_ query: Query = Query()) async throws -> [TrackedSymbol] {
        try await engine.read { session in
            try session.rows(
                of: ListedTable(source: Self.source, id: "s.id", select: "SELECT \(Self.columns) FROM \(Self.source)"),
                where: query.condition,
                order: query.orderTerms,
                in: query.window,
                Self.decode
            )
        }
    }

    /// How many symbols match, whatever the limit.
    package func count(_ query: Query = Query()) async throws -> Int64 {
        try await engine.read { session in
            let condition = query.condition
            return try session.count("SELECT COUNT(*) FROM \(Self.source) WHERE \(condition.sql)", condition.arguments)
        }
    }

    /// The symbol that is spelled so; otherwise the one tracked symbol that differs only in case.
    /// - Throws: ``StoreError/unknownSymbol(_:)``.
    package func find(_ symbol: String) async throws -> TrackedSymbol {
        try await engine.read { try $0.symbol(spelled: symbol) }
    }

    /// The same; `nil` when there is none.
    package func findIfTracked(_ symbol: String) async throws -> TrackedSymbol? {
        do {
            return try await find(symbol)
        } catch StoreError.unknownSymbol {
            return nil
        }
    }

    /// Starts tracking a symbol.
    /// - Throws: ``StoreError/alreadyTracked(_:active:)``.
    package func add(
        _ ticker: Ticker,
        timeframes: [Timeframe] = defaultTimeframes,
        by actor: Actor
    ) async throws -> TrackedSymbol {
        let timeframes = Set(timeframes).sorted()
        guard !timeframes.isEmpty else { throw StoreError.noTimeframes }
        return try await engine.write { [clock] session in
            if let tracked = try session.row(
                "SELECT \(Self.columns) FROM \(Self.source) WHERE s.symbol = ?",
                [.text(ticker.symbol)],
                Self.decode
            ) {
                throw StoreError.alreadyTracked(ticker.symbol, active: tracked.active)
            }
            return try session.track(ticker, timeframes: timeframes, by: actor, at: clock.now)
        }
    }

    /// Starts tracking all of `tickers` in one transaction, when the store tracks no symbol yet; returns what it added.
    func addFirst(_ tickers: [Ticker], by actor: Actor) async throws -> [TrackedSymbol] {
        try await engine.write { [clock] session in
            guard try session.count("SELECT COUNT(*) FROM tracked_symbols") == 0 else { return [] }
            return try tickers.map {
                try session.track($0, timeframes: Self.defaultTimeframes, by: actor, at: clock.now)
            }
        }
    }

    /// Switches a symbol on or off; its candles stay.
    ///
    /// Nothing changes, and nothing is audited, when it is so already.
    package func setActive(_ active: Bool, symbol id: SymbolID, by actor: Actor) async throws -> TrackedSymbol {
        try await change(id, by: actor, action: active ? "symbol.activate" : "symbol.deactivate") { session, symbol in
            guard symbol.active != active else { return nil }
            try session.execute("UPDATE tracked_symbols SET active = ? WHERE id = ?", [.boolean(active), .id(id)])
            return symbol.symbol
        }
    }

    /// Says which timeframes are kept from now on; candles of others stay.
    package func setTimeframes(
        _ timeframes: [Timeframe],
        symbol id: SymbolID,
        by actor: Actor
    ) async throws -> TrackedSymbol {
        let timeframes = Set(timeframes).sorted()
        guard !timeframes.isEmpty else { throw StoreError.noTimeframes }
        return try await change(id, by: actor, action: "symbol.timeframes") { session, symbol in
            guard symbol.timeframes != timeframes else { return nil }
            try session.execute(
                "UPDATE tracked_symbols SET timeframes = ? WHERE id = ?",
                [.text(timeframes.joined), .id(id)]
            )
            return "\(symbol.symbol) \(symbol.timeframes.joined) → \(timeframes.joined)"
        }
    }

    private func change(
        _ id: SymbolID,
        by actor: Actor,
        action: String,
        _ body: @escaping @Sendable (any StoreSession, TrackedSymbol) throws -> String?
    ) async throws -> TrackedSymbol {
        try await engine.write { [clock] session in
            if let detail = try body(session, try session.symbol(id)) {
                try session.raise(.symbols)
                try session.append(AuditEvent(action, by: actor, detail: detail), at: clock.now)
            }
            return try session.symbol(id)
        }
    }

    static let source = "tracked_symbols s"
    static let columns = """
        s.id, s.symbol, s.asset_class, s.active, s.timeframes, s.date_added, s.last_backfill, s.backfill_status,
        s.backfill_error
        """

    @Sendable
    static func decode(_ row: inout RowReader) throws -> TrackedSymbol {
        TrackedSymbol(
            id: SymbolID(row.integer()),
            ticker: Ticker(stored: row.text(), assetClass: try row.value()),
            active: row.boolean(),
            timeframes: row.text().split(separator: ",").compactMap { Timeframe(rawValue: String($0)) },
            dateAdded: row.time(),
            lastBackfill: row.optionalTime(),
            backfillStatus: try row.value(),
            backfillError: row.optionalText()
        )
    }
}

extension SymbolStore.Query {
    /// The fields that a filter can name.
    package static let filterFields: [String] = search.fields.keys.sorted()

    private static let search = SearchColumns(
        text: SQLFragment(
            "s.symbol || ' ' || s.asset_class || ' ' || s.timeframes || ' ' || s.backfill_status || ' ' || \(activity)"
        ),
        fields: [
            "symbol": SQLFragment("s.symbol"),
            "class": SQLFragment("s.asset_class"),
            "active": SQLFragment("CASE WHEN s.active THEN 'yes' ELSE 'no' END"),
            "timeframe": SQLFragment("s.timeframes"),
            "status": SQLFragment("s.backfill_status"),
        ]
    )
    private static let activity = "CASE WHEN s.active THEN 'active' ELSE 'inactive' END"

    var window: ListWindow { ListWindow(offset: offset, limit: limit, around: around?.rawValue) }

    var condition: SQLFragment {
        let active = activeOnly ? [SQLFragment("s.active = ?", [.boolean(true)])] : []
        return .all(active + Self.search.conditions(of: filter))
    }

    var orderTerms: String {
        let direction = order.isDescending ? "DESC" : "ASC"
        guard order.column != .symbol else { return "s.symbol \(direction)" }
        return "\(order.column.sql) \(direction), s.symbol"
    }
}

extension SymbolStore.Column {
    /// What the rows are sorted by; symbols without candles come as those with the fewest and oldest.
    fileprivate var sql: String {
        func statistics(_ expression: String) -> String {
            "COALESCE((SELECT \(expression) FROM symbol_stats t WHERE t.symbol_id = s.id), 0)"
        }
        return switch self {
        case .symbol: "s.symbol"
        case .assetClass: "s.asset_class"
        case .active: "s.active"
        case .timeframes: "s.timeframes"
        case .status: "s.backfill_status"
        case .candles: statistics("SUM(candles)")
        case .last: statistics("MAX(last_time)")
        case .validated: statistics("SUM(candles) * 1.0 / NULLIF(SUM(candles) + SUM(rejected), 0)")
        }
    }
}

extension [Timeframe] {
    /// `5m,1h,1d`: as the store keeps them, and as people read them.
    package var joined: String { map(\.rawValue).joined(separator: ",") }
}

extension StoreSession {
    fileprivate func track(
        _ ticker: Ticker,
        timeframes: [Timeframe],
        by actor: Actor,
        at now: Timestamp
    ) throws -> TrackedSymbol {
        let id = SymbolID(try nextID(of: "tracked_symbols"))
        try execute(
            """
            INSERT INTO tracked_symbols (id, symbol, asset_class, active, timeframes, date_added, backfill_status)
            VALUES (?, ?, ?, ?, ?, ?, 'pending')
            """,
            [
                .id(id), .text(ticker.symbol), .text(ticker.assetClass), .boolean(true), .text(timeframes.joined),
                .time(now),
            ]
        )
        try raise(.symbols)
        try append(
            AuditEvent(
                "symbol.add",
                by: actor,
                detail: "\(ticker.symbol) \(ticker.assetClass.rawValue) \(timeframes.joined)"
            ),
            at: now
        )
        return try symbol(id)
    }

    /// - Throws: ``StoreError/unknownSymbol(_:)``.
    func symbol(_ id: SymbolID) throws -> TrackedSymbol {
        guard
            let symbol = try row(
                "SELECT \(SymbolStore.columns) FROM \(SymbolStore.source) WHERE s.id = ?",
                [.id(id)],
                SymbolStore.decode
            )
        else { throw StoreError.unknownSymbol("#\(id.rawValue)") }
        return symbol
    }

    /// - Throws: ``StoreError/unknownSymbol(_:)``.
    func symbol(spelled symbol: String) throws -> TrackedSymbol {
        let exact = try row(
            "SELECT \(SymbolStore.columns) FROM \(SymbolStore.source) WHERE s.symbol = ?",
            [.text(symbol)],
            SymbolStore.decode
        )
        if let exact { return exact }
        let alike = try rows(
            "SELECT \(SymbolStore.columns) FROM \(SymbolStore.source) WHERE LOWER(s.symbol) = LOWER(?) LIMIT 2",
            [.text(symbol)],
            SymbolStore.decode
        )
        guard alike.count == 1 else { throw StoreError.unknownSymbol(symbol) }
        return alike[0]
    }
}
