import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Warehouse

/// The candles of a series on their way to a client, a page of the store at a time: a million of them need no more memory
/// than a thousand.
struct CandleStream: Sendable {
    enum Format: String, Sendable {
        case json
        case csv
    }

    let store: Store
    let symbol: TrackedSymbol
    let timeframe: Timeframe
    let days: (first: TradingDay, last: TradingDay)
    /// Start times of the candles.
    let range: Range<Timestamp>
    let minimumQuality: Double
    let limit: Int64
    let format: Format

    private static let pageSize = 5000

    private var series: CandleSeries { CandleSeries(symbol: symbol.id, timeframe: timeframe) }

    /// Changes with every candle of the series that is added or revised.
    func tag() async throws -> String {
        let known = try await store.candles.statistics(of: symbol.id).first { $0.series == series }
        return
            "W/\"\(symbol.id.rawValue)-\(timeframe.rawValue)-\(known?.candles ?? 0)-\(known?.revisions ?? 0)-\(format.rawValue)\""
    }

    /// The answer, whose body is written as the client takes it; `nil` when there is no candle.
    func response(tag: String) async throws -> Response? {
        var start = range.lowerBound
        let page = try await nextPage(from: &start)
        guard !page.isEmpty else { return nil }
        let position = start
        return Response(
            status: .ok,
            headers: [
                .contentType: format == .csv ? "text/csv; charset=utf-8" : "application/json",
                .eTag: tag,
                .cacheControl: "no-cache",
                .vary: "Accept",
            ],
            body: ResponseBody { writer in
                var encoder = CandleEncoder(symbol: symbol, timeframe: timeframe, format: format)
                encoder.begin(days: days)
                var page = page
                var position = position
                var left = limit
                var hasMore = false
                while !page.isEmpty {
                    let wanted = page.prefix(Int(clamping: left))
                    left -= Int64(wanted.count)
                    encoder = try await EventLoopExecutor.elsewhere { [encoder] in encoder.appending(wanted) }
                    try await writer.write(encoder.take())
                    hasMore = wanted.count < page.count
                    page = hasMore ? [] : try await nextPage(from: &position)
                    if left == 0, !page.isEmpty {
                        hasMore = true
                        page = []
                    }
                }
                encoder.end(hasMore: hasMore)
                try await writer.write(encoder.take())
                try await writer.finish(nil)
            }
        )
    }

    /// The next candles that are good enough; none at the end.
    ///
    /// Moves `start` behind what was looked at.
    private func nextPage(from start: inout Timestamp) async throws -> [CandleStore.Stored] {
        while start < range.upperBound {
            // As many as are wanted, and one page at most: most candles pass the quality filter.
            let count = Int(min(Int64(Self.pageSize), max(limit, 100)))
            let page = try await store.candles.list(series, in: start..<range.upperBound, limit: count)
            guard let last = page.last else { return [] }
            start = last.candle.time + .microseconds(1)
            let good = page.filter {
                $0.candle.flags.qualityScore(assetClass: symbol.ticker.assetClass) >= minimumQuality
            }
            if !good.isEmpty { return good }
        }
        return []
    }

    /// What ``CandleEncoder`` writes as JSON.
    static var schema: Schema {
        var schema = Schema(["$ref": "#/components/schemas/Candles"])
        let nullableText: JSONValue = ["type": ["string", "null"]]
        let number: JSONValue = ["type": "number"]
        let flag: JSONValue = ["type": "boolean"]
        let text: JSONValue = ["type": "string"]
        let time: JSONValue = ["type": "string", "format": "date-time"]
        let candle: [JSONValue.Member] = [
            .init("time", time), .init("symbol", text), .init("timeframe", text), .init("open", number),
            .init("high", number), .init("low", number), .init("close", number), .init("volume", number),
            .init("source", text), .init("validated", flag), .init("quality_score", number),
            .init("validation_notes", nullableText), .init("gap_detected", flag), .init("volume_anomaly", flag),
            .init("fetched_at", time),
        ]
        schema.components["Candle"] = [
            "type": "object",
            "properties": .object(candle),
            "required": .array(candle.map { .text($0.key) }),
            "additionalProperties": false,
        ]
        schema.components["Candles"] = [
            "type": "object",
            "properties": [
                "symbol": text,
                "timeframe": text,
                "start_date": ["type": "string", "format": "date"],
                "end_date": ["type": "string", "format": "date"],
                "data": ["type": "array", "items": ["$ref": "#/components/schemas/Candle"]],
                "count": ["type": "integer"],
                "next_cursor": time,
            ],
            "required": ["symbol", "timeframe", "start_date", "end_date", "data", "count"],
            "additionalProperties": false,
        ]
        return schema
    }
}
