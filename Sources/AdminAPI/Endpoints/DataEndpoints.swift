import HTTPTypes
import Hummingbird
import Store
import Warehouse

/// The candles, for programs that read them.
enum DataEndpoints {
    static let all: [Endpoint] = [symbols, detailed, historical]

    private static let symbols = Endpoint(
        .get,
        "/api/v1/symbols",
        .data,
        "How many symbols have data",
        answers: [.json(symbolsShape.schema, "The number of symbols, and the newest candle")]
    ) { call in .json(try await call.store.dataSummary(), as: symbolsShape) }

    private static let symbolsShape = Shape<DataSummary>(
        "Symbols",
        [
            .integer("symbols_available") { $0.symbols },
            .optionalTime("latest_data") { $0.latest },
            .text("note") { _ in "Use /api/v1/symbols/detailed for each symbol" },
        ]
    )

    private static let detailed = Endpoint(
        .get,
        "/api/v1/symbols/detailed",
        .data,
        "The symbols that have data, and how fresh and good it is",
        answers: [.json(detailedShape.schema, "One entry a symbol")]
    ) { call in
        let overview = try await call.store.symbols.overview(SymbolStore.Query(limit: .max))
        let symbols = overview.filter { $0.candles > 0 }.map { Freshness(symbol: $0, now: call.now) }
        return .json(Detailed(timestamp: call.now, symbols: symbols), as: detailedShape)
    }

    private struct Detailed: Sendable {
        let timestamp: Timestamp
        let symbols: [Freshness]
    }

    private static let detailedShape = Shape<Detailed>(
        "DetailedSymbols",
        [
            .integer("count") { Int64($0.symbols.count) },
            .time("timestamp") { $0.timestamp },
            .list("symbols", freshnessShape) { $0.symbols },
        ]
    )

    /// How fresh and good the data of a symbol is.
    private struct Freshness: Sendable {
        let symbol: SymbolOverview
        let now: Timestamp

        var ageInHours: Double? { symbol.last.map { ((now - $0).inSeconds / 36).rounded() / 100 } }

        var status: String {
            let age = ageInHours ?? .infinity
            let rate = (symbol.validatedShare ?? 0) * 100
            if age > 72 || rate < 85 { return "stale" }
            return age > 24 || rate < 95 ? "warning" : "healthy"
        }
    }

    private static let freshnessShape = Shape<Freshness>(
        "SymbolFreshness",
        [
            .text("symbol") { $0.symbol.symbol.symbol },
            .integer("records") { $0.symbol.candles },
            .real("validation_rate") { ($0.symbol.validatedShare ?? 0).percentage },
            .optionalTime("latest_data") { $0.symbol.last },
            .optionalReal("data_age_hours") { $0.ageInHours },
            .text("status", .text(["healthy", "warning", "stale"])) { $0.status },
        ]
    )

    // MARK: - Candles

    private static let symbol = Input.path(
        "symbol",
        .free(),
        "The symbol; its case matters only where two differ in it"
    )
    private static let timeframe = Input.query(
        "timeframe",
        .free(.text(Timeframe.allCases.map(\.rawValue))),
        default: Timeframe.oneDay.rawValue,
        "Which candles"
    )
    private static let start = Input.query("start", .free(.day), "The first day, as the exchange counts days")
    private static let end = Input.query("end", .free(.day), "The last day, which is included")
    private static let validatedOnly = Input.query(
        "validated_only",
        .flag,
        default: true,
        "Of no effect: what validation refused is never among the candles"
    )
    private static let minimumQuality = Input.query(
        "min_quality",
        .real(0...1),
        default: 0.85,
        "Leaves out candles with a lower quality score"
    )
    private static let limit = Input<Int64?>.optionalQuery(
        "limit",
        .integer(1...Int64.max),
        "At most so many candles; then the answer's next_cursor leads to the rest"
    )
    private static let cursor = Input<Timestamp?>.optionalQuery(
        "cursor",
        .time,
        "Goes on behind the candle that starts at this time"
    )

    private static let historical = Endpoint(
        .get,
        "/api/v1/historical/{symbol}",
        .data,
        "The candles of a symbol, the oldest first; as CSV for Accept: text/csv",
        inputs: [
            symbol.described, timeframe.described, start.described, end.described, validatedOnly.described,
            minimumQuality.described, limit.described, cursor.described,
        ],
        answers: [
            .json(CandleStream.schema, "The candles").adding("text/csv", .text),
            .notModified(),
            .refusal(.badRequest, "A timeframe or a day that is none"),
            .refusal(.notFound, "There are no such candles"),
        ]
    ) { call in
        let (name, timeframe, start, end, _, quality, limit, cursor) = try call.read(
            symbol,
            timeframe,
            start,
            end,
            validatedOnly,
            minimumQuality,
            limit,
            cursor
        )
        guard let timeframe = Timeframe(rawValue: timeframe) else {
            let allowed = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.badRequest, "Invalid timeframe: \(timeframe.sanitized(limit: 20)). Allowed: \(allowed)")
        }
        guard let first = TradingDay(iso: start), let last = TradingDay(iso: end) else {
            throw Refusal(.badRequest, "Invalid date format. Use YYYY-MM-DD")
        }
        guard first <= last else { throw Refusal(.badRequest, "The start \(first) comes after the end \(last)") }
        let nothing = Refusal(.notFound, "No data found for \(name.sanitized(limit: 40))")
        guard let tracked = try await call.store.symbols.findIfTracked(name) else { throw nothing }
        let calendar = TradingCalendar(for: tracked.ticker.assetClass)
        let range = calendar.start(of: first)..<calendar.start(of: last.advanced(by: 1))
        let stream = CandleStream(
            store: call.store,
            symbol: tracked,
            timeframe: timeframe,
            days: (first, last),
            range: max(range.lowerBound, cursor.map { $0 + .microseconds(1) } ?? range.lowerBound)..<range.upperBound,
            minimumQuality: quality,
            limit: limit ?? .max,
            format: call.prefers("text/csv") ? .csv : .json
        )
        let tag = try await stream.tag()
        guard !call.holds(tag) else { return Response(status: .notModified, headers: [.eTag: tag]) }
        guard let response = try await stream.response(tag: tag) else { throw nothing }
        return response
    }
}
