package import Warehouse

/// Reads rows of `tracked_symbols`.
package struct SymbolRows {
    private let id, symbol, assetClass, active, dateAdded, lastBackfill, status, error, timeframes: Column

    package init(columns: [String]) {
        id = Column("id", in: columns)
        symbol = Column("symbol", in: columns)
        assetClass = Column("asset_class", in: columns)
        active = Column("active", in: columns)
        dateAdded = Column("date_added", in: columns)
        lastBackfill = Column("last_backfill", in: columns)
        status = Column("backfill_status", in: columns)
        error = Column("backfill_error", in: columns)
        timeframes = Column("timeframes", in: columns)
    }

    /// The id alone.
    package func id(of row: CopyRow) throws(RowFault) -> Int64 { try row.id(id) }

    /// The symbol, and what of it mdw does not know.
    package func symbol(of row: CopyRow) throws(RowFault) -> (symbol: LegacySymbol, notes: [String]) {
        guard let spelling = try row.text(symbol) else { throw RowFault("symbol is missing") }
        var notes: [String] = []
        let name = spelling.sanitized(limit: 40)
        var active = try row.isActive(active)
        var known = AssetClass.guessed(of: spelling)
        if let text = try row.text(assetClass) {
            if let stated = AssetClass(rawValue: text.lowercased()) {
                known = stated
            } else {
                // The old service took any class.
                active = false
                notes.append(
                    "\(name): the class '\(text.sanitized(limit: 40))' is unknown: added as \(known.rawValue), inactive"
                )
            }
        }
        let ticker = try Ticker(legacy: spelling, assetClass: known)
        let (timeframes, unknown) = try timeframes(of: row)
        if !unknown.isEmpty { notes.append("\(name): timeframes that mdw lacks: \(unknown.joined(separator: ", "))") }
        let symbol = LegacySymbol(
            id: try row.id(id),
            spelling: spelling,
            ticker: ticker,
            active: active,
            timeframes: timeframes,
            dateAdded: try row.instant(dateAdded),
            lastBackfill: try row.instant(lastBackfill),
            status: try status(of: row),
            error: try row.text(error)?.taken(limit: 300)
        )
        return (symbol, notes)
    }

    private func timeframes(of row: CopyRow) throws(RowFault) -> (known: [Timeframe], unknown: [String]) {
        guard let text = try row.text(timeframes) else { return ([.oneHour, .oneDay], []) }
        guard let elements = PostgresArray.elements(text) else {
            throw .value(text, of: timeframes.name, isNot: "an array such as {1h,1d}")
        }
        let names = elements.compactMap { $0 }
        let known = Set(names.compactMap { Timeframe(rawValue: $0) }).sorted()
        let unknown = names.filter { Timeframe(rawValue: $0) == nil }.map { $0.sanitized(limit: 20) }
        return (known.isEmpty ? [.oneHour, .oneDay] : known, unknown)
    }

    /// What the old service was fetching, nobody fetches any more.
    private func status(of row: CopyRow) throws(RowFault) -> BackfillStatus {
        let status = try row.text(status).flatMap { BackfillStatus(rawValue: $0.lowercased()) } ?? .pending
        return status == .inProgress ? .pending : status
    }
}

extension AssetClass {
    /// What a symbol is when nobody says: crypto when it is spelled as the vendor spells crypto, else a stock.
    package static func guessed(of spelling: String) -> AssetClass {
        spelling.uppercased().hasPrefix("X:") ? .crypto : .stock
    }
}

extension Ticker {
    /// The symbol that the old service spelled so.
    /// - Throws: ``RowFault`` for what can't be a symbol.
    package init(legacy spelling: String, assetClass: AssetClass) throws(RowFault) {
        do {
            try self.init(typed: spelling, assetClass: assetClass)
        } catch {
            throw RowFault("\(error)")
        }
    }
}
