import Feeds
import Store
import Warehouse

/// The symbols whose rows of a file are taken.
struct ImportTargets: Sendable {
    let symbols: [TrackedSymbol]
    /// Whether one was asked for by name: then a file need not name any.
    let isNamed: Bool

    /// The symbol that was asked for, or all that are tracked.
    ///
    /// A symbol that is not tracked is tracked from now on when its class is given.
    static func find(_ symbol: String?, _ assetClass: AssetClass?, in session: CommandSession) async throws
        -> ImportTargets
    {
        guard let symbol else {
            let all = try await session.store.symbols.list(SymbolStore.Query(limit: .max))
                .filter { assetClass == nil || $0.ticker.assetClass == assetClass }
            guard !all.isEmpty else { throw Refusal("no symbol is tracked: add it first, or name it with --symbol") }
            return ImportTargets(symbols: all, isNamed: false)
        }
        let spelled = try assetClass.map { try Ticker(typed: symbol, assetClass: $0).symbol } ?? symbol
        if let tracked = try await session.store.symbols.findIfTracked(spelled) {
            guard assetClass == nil || tracked.ticker.assetClass == assetClass else {
                throw Refusal("\(tracked.symbol) is tracked as \(tracked.ticker.assetClass.rawValue)")
            }
            return ImportTargets(symbols: [tracked], isNamed: true)
        }
        guard let assetClass else {
            throw Refusal("the symbol '\(symbol.sanitized(limit: 40))' is not tracked: add --class to track it")
        }
        let added = try await session.store.symbols.add(
            try Ticker(typed: symbol, assetClass: assetClass),
            by: session.actor
        )
        session.surroundings.note("\(added.symbol) (\(assetClass.rawValue)) is tracked from now on")
        return ImportTargets(symbols: [added], isNamed: true)
    }

    /// The market that all of them are traded at; `nil` when there are two.
    var calendar: TradingCalendar? {
        let calendars = Set(symbols.map { TradingCalendar(for: $0.ticker.assetClass) })
        return calendars.count == 1 ? calendars.first : nil
    }

    /// Which rows are taken of a file with these columns.
    ///
    /// A column named `ticker` holds the vendor's names, so that `BTC` there is the ETF and never the coin.
    func filter(_ columns: CandleColumns) -> TickerFilter {
        guard columns.hasTicker else { return TickerFilter() }
        var wanted: [String: Int] = [:]
        for (index, symbol) in symbols.enumerated() {
            wanted[symbol.ticker.vendorTicker] = index
            if !columns.namesVendorTickers { wanted[symbol.symbol] = index }
        }
        return TickerFilter(wanted)
    }
}
