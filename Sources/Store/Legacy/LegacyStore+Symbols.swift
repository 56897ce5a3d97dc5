package import Warehouse

extension LegacyStore {
    /// Keeps the ids up to `id` for the old service's symbols.
    package func reserveSymbolIDs(upTo id: Int64) async throws {
        try await reserve("tracked_symbols", upTo: id)
    }

    func reserve(_ table: String, upTo id: Int64) async throws {
        let last = try await engine.read { session in
            try session.count("SELECT last_id FROM id_sequences WHERE name = ?", [.text(table)])
        }
        guard last < id else { return }
        try await engine.write { try $0.reserveIDs(of: table, upTo: id) }
    }

    /// Tracks symbols under their old ids, in their order.
    ///
    /// A symbol that is tracked already keeps its row and id, but one that was added without its row, and is inactive still,
    /// gets it now: its row was missing in a dump that was cut off. A symbol whose id is another symbol's gets a new id. The
    /// ids must have been reserved.
    package func addSymbols(_ symbols: [LegacySymbol]) async throws -> [(outcome: Outcome, symbol: TrackedSymbol)] {
        try await write(symbols) { session, now in
            var totals = Totals()
            let outcomes = try symbols.map { symbol -> (outcome: Outcome, symbol: TrackedSymbol) in
                if let tracked = try session.tracked(symbol.ticker.symbol) {
                    guard try session.completes(symbol, tracked) else { return (.known(tracked.id.rawValue), tracked) }
                    totals.symbols += 1
                    return (.added(tracked.id.rawValue), try session.complete(tracked.id, by: symbol))
                }
                totals.symbols += 1
                let tracked = try session.insert(symbol, at: now)
                return (.added(tracked.id.rawValue), tracked)
            }
            if totals.symbols > 0 { try session.raise(.symbols) }
            try session.tally(totals, at: now)
            return outcomes
        }
    }

    /// The symbol that candles or runs name and the old service did not track: as it is tracked here, or inactive.
    package func addUntracked(_ ticker: Ticker) async throws -> (outcome: Outcome, symbol: TrackedSymbol) {
        if let tracked = try await engine.read({ try $0.tracked(ticker.symbol) }) {
            return (.known(tracked.id.rawValue), tracked)
        }
        let symbol = LegacySymbol(id: 0, spelling: ticker.symbol, ticker: ticker, active: false)
        return try await addSymbols([symbol])[0]
    }

    /// One transaction on `rows`.
    func write<Row: Sendable, Value: Sendable>(
        _ rows: [Row],
        _ body: @escaping @Sendable (any StoreSession, Timestamp) throws -> [Value]
    ) async throws -> [Value] {
        guard !rows.isEmpty else { return [] }
        return try await engine.write { [clock] session in try body(session, clock.now) }
    }
}

extension StoreSession {
    func tracked(_ spelling: String) throws -> TrackedSymbol? {
        try row(
            "SELECT \(SymbolStore.columns) FROM \(SymbolStore.source) WHERE s.symbol = ?",
            [.text(spelling)],
            SymbolStore.decode
        )
    }

    fileprivate func insert(_ symbol: LegacySymbol, at now: Timestamp) throws -> TrackedSymbol {
        let isFree =
            try symbol.id > 0
            && count("SELECT COUNT(*) FROM tracked_symbols WHERE id = ?", [.integer(symbol.id)]) == 0
        let id = SymbolID(isFree ? symbol.id : try nextID(of: "tracked_symbols"))
        try execute(
            """
            INSERT INTO tracked_symbols (id, symbol, asset_class, active, timeframes, date_added, last_backfill,
                                         backfill_status, backfill_error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(id), .text(symbol.ticker.symbol), .text(symbol.ticker.assetClass), .boolean(symbol.active),
                .text(symbol.timeframes.joined), .time(symbol.dateAdded ?? now), .time(symbol.lastBackfill),
                .text(symbol.status), .text(symbol.error),
            ]
        )
        if symbol.id == 0 { try remember(LegacyRowID(.symbols, id.rawValue, digest: 0), as: id.rawValue) }
        return try self.symbol(id)
    }

    /// Whether `symbol` is the row of one that was added without it.
    fileprivate func completes(_ symbol: LegacySymbol, _ tracked: TrackedSymbol) throws -> Bool {
        guard symbol.id > 0, !tracked.active else { return false }
        return try takenOver(LegacyRowID(.symbols, tracked.id.rawValue, digest: 0)) != nil
    }

    fileprivate func complete(_ id: SymbolID, by symbol: LegacySymbol) throws -> TrackedSymbol {
        try execute(
            """
            UPDATE tracked_symbols SET asset_class = ?, active = ?, timeframes = ?, date_added = COALESCE(?, date_added),
                                       last_backfill = ?, backfill_status = ?, backfill_error = ? WHERE id = ?
            """,
            [
                .text(symbol.ticker.assetClass), .boolean(symbol.active), .text(symbol.timeframes.joined),
                .time(symbol.dateAdded), .time(symbol.lastBackfill), .text(symbol.status), .text(symbol.error), .id(id),
            ]
        )
        try forget(LegacyRowID(.symbols, id.rawValue, digest: 0))
        return try self.symbol(id)
    }
}
