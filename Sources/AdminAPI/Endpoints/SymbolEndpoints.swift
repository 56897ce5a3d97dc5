import HTTPTypes
import Hummingbird
import Store
import Warehouse

/// The tracked symbols, for administrators.
enum SymbolEndpoints {
    static let all: [Endpoint] = [add, list, show, activate, setTimeframes, deactivate]

    private static let path = Input.path("symbol", .free(), "The symbol; its case matters only where two differ in it")
    private static let symbol = Input.body("symbol", .text(1...20), "As the vendor spells it")
    private static let assetClass = Input.body(
        "asset_class",
        InputKind<AssetClass>.choice,
        default: .stock,
        "What it is"
    )
    private static let wantedTimeframes = Input.body(
        "timeframes",
        InputKind<[Timeframe]>.timeframes,
        default: SymbolStore.defaultTimeframes,
        "Which candles to keep; 1h and 1d when nothing is said"
    )
    private static let timeframes = Input.body("timeframes", InputKind<[Timeframe]>.timeframes, "Which candles to keep")
    private static let activeOnly = Input.query("active_only", .flag, default: true, "Leaves out inactive symbols")
    private static let includeStats = Input.query(
        "include_stats",
        .flag,
        default: false,
        "Adds statistics to each symbol"
    )
    private static let active = Input.query("active", .flag, "Whether the symbol is to be kept up to date")

    private static let add = Endpoint(
        .post,
        "/api/v1/admin/symbols",
        .administrators,
        "Starts tracking a symbol",
        inputs: [symbol.described, assetClass.described, wantedTimeframes.described],
        answers: [.json(shape.schema, "The symbol"), .refusal(.badRequest, "It is tracked already")]
    ) { call in
        let (text, assetClass, timeframes) = try call.read(symbol, assetClass, wantedTimeframes)
        let ticker: Ticker
        do {
            ticker = try Ticker(typed: text, assetClass: assetClass)
        } catch {
            throw ValidationFailure(symbol, .value("\(error)"), .text(text))
        }
        let added = try await call.store.symbols.add(ticker, timeframes: timeframes, by: call.actor)
        return .json(Listed(symbol: added), as: shape)
    }

    private static let list = Endpoint(
        .get,
        "/api/v1/admin/symbols",
        .administrators,
        "The tracked symbols, by symbol",
        inputs: [activeOnly.described, includeStats.described],
        answers: [.json(.list(of: shape.schema), "The symbols")]
    ) { call in
        let (activeOnly, includeStats) = try call.read(activeOnly, includeStats)
        let query = SymbolStore.Query(activeOnly: activeOnly, limit: .max)
        guard includeStats else {
            return .json(try await call.store.symbols.list(query).map { Listed(symbol: $0) }, as: shape)
        }
        return .json(try await call.store.symbols.overview(query).map { Listed(overview: $0) }, as: shape)
    }

    private static let show = Endpoint(
        .get,
        "/api/v1/admin/symbols/{symbol}",
        .administrators,
        "A tracked symbol with its statistics",
        inputs: [path.described],
        answers: [.json(shape.schema, "The symbol"), notFound]
    ) { call in
        let symbol = try await call.store.symbols.find(try call.read(path))
        let overview = try await call.store.symbols.overview(of: symbol.id)
        return .json(overview.map { Listed(overview: $0) } ?? Listed(symbol: symbol), as: shape)
    }

    private static let activate = Endpoint(
        .put,
        "/api/v1/admin/symbols/{symbol}",
        .administrators,
        "Switches a symbol on or off; its candles stay",
        inputs: [path.described, active.described],
        answers: [.json(shape.schema, "The symbol as it is now"), notFound]
    ) { call in
        let (name, active) = try call.read(path, active)
        let symbol = try await call.store.symbols.find(name)
        let changed = try await call.store.symbols.setActive(active, symbol: symbol.id, by: call.actor)
        return .json(Listed(symbol: changed), as: shape)
    }

    private static let setTimeframes = Endpoint(
        .put,
        "/api/v1/admin/symbols/{symbol}/timeframes",
        .administrators,
        "Says which candles are kept from now on",
        inputs: [path.described, timeframes.described],
        answers: [.json(shape.schema, "The symbol as it is now"), notFound]
    ) { call in
        let (name, timeframes) = try call.read(path, timeframes)
        let symbol = try await call.store.symbols.find(name)
        let changed = try await call.store.symbols.setTimeframes(timeframes, symbol: symbol.id, by: call.actor)
        return .json(Listed(symbol: changed), as: shape)
    }

    private static let deactivate = Endpoint(
        .delete,
        "/api/v1/admin/symbols/{symbol}",
        .administrators,
        "Stops tracking a symbol; its candles stay",
        inputs: [path.described],
        answers: [.json(deactivatedShape.schema, "It is inactive"), notFound]
    ) { call in
        let symbol = try await call.store.symbols.find(try call.read(path))
        let changed = try await call.store.symbols.setActive(false, symbol: symbol.id, by: call.actor)
        return .json(changed, as: deactivatedShape)
    }

    private static let notFound = DescribedAnswer.refusal(.notFound, "It is not tracked")

    /// A symbol, with statistics where they were asked for.
    private struct Listed: Sendable {
        let symbol: TrackedSymbol
        let statistics: SymbolOverview?

        init(symbol: TrackedSymbol) {
            self.symbol = symbol
            self.statistics = nil
        }

        init(overview: SymbolOverview) {
            self.symbol = overview.symbol
            self.statistics = overview
        }
    }

    private static let shape = Shape<Listed>(
        "TrackedSymbol",
        [
            .integer("id") { $0.symbol.id.rawValue },
            .text("symbol") { $0.symbol.symbol },
            .text("asset_class", .text(AssetClass.allCases.map(\.rawValue))) { $0.symbol.ticker.assetClass.rawValue },
            .flag("active") { $0.symbol.active },
            .texts("timeframes", .text(Timeframe.allCases.map(\.rawValue))) { $0.symbol.timeframes.map(\.rawValue) },
            .time("date_added") { $0.symbol.dateAdded },
            .optionalTime("last_backfill") { $0.symbol.lastBackfill },
            .text("backfill_status", .text(BackfillStatus.allCases.map(\.rawValue))) {
                $0.symbol.backfillStatus.rawValue
            },
            .optionalText("backfill_error") { $0.symbol.backfillError },
            .presentObject("stats", statisticsShape) { $0.statistics },
        ]
    )

    private static let statisticsShape = Shape<SymbolOverview>(
        "SymbolStatistics",
        [
            .integer("record_count") { $0.candles },
            .object("date_range", rangeShape) { $0 },
            .real("validation_rate") { ($0.validatedShare ?? 0).percentage },
            .integer("gaps_detected") { $0.gaps },
        ]
    )

    private static let rangeShape = Shape<SymbolOverview>(
        "DateRange",
        [.optionalTime("start") { $0.first }, .optionalTime("end") { $0.last }]
    )

    private static let deactivatedShape = Shape<TrackedSymbol>(
        "SymbolDeactivated",
        [
            .text("status", .text(["success"])) { _ in "success" },
            .text("message") { "Symbol \($0.symbol) deactivated" },
            .flag("data_retained") { _ in true },
        ]
    )
}
