import NIOCore
import Store
import Warehouse

/// Writes candles as JSON or CSV, one after the other.
///
/// Written by hand and not as a ``Shape``: an export has millions of them.
struct CandleEncoder: Sendable {
    private let symbol: TrackedSymbol
    private let timeframe: Timeframe
    private let isCSV: Bool
    /// What each candle repeats.
    private let constant: [UInt8]
    private var bytes: [UInt8] = []
    private var count: Int64 = 0
    private var last: Timestamp?

    init(symbol: TrackedSymbol, timeframe: Timeframe, format: CandleStream.Format) {
        self.symbol = symbol
        self.timeframe = timeframe
        self.isCSV = format == .csv
        // A symbol has no character that either format would have to escape.
        self.constant =
            isCSV
            ? Array(",\(symbol.symbol),\(timeframe.rawValue),".utf8)
            : Array("\",\"symbol\":\"\(symbol.symbol)\",\"timeframe\":\"\(timeframe.rawValue)\",\"open\":".utf8)
        bytes.reserveCapacity(1 << 20)
    }

    /// What was written since the last call.
    mutating func take() -> ByteBuffer {
        defer { bytes.removeAll(keepingCapacity: true) }
        return ByteBuffer(bytes: bytes)
    }

    /// What comes before the first candle.
    mutating func begin(days: (first: TradingDay, last: TradingDay)) {
        if isCSV {
            append(
                "time,symbol,timeframe,open,high,low,close,volume,source,validated,quality_score,validation_notes,"
                    + "gap_detected,volume_anomaly,fetched_at\r\n"
            )
        } else {
            append("{\"symbol\":\"\(symbol.symbol)\",\"timeframe\":\"\(timeframe.rawValue)\",")
            append("\"start_date\":\"\(days.first)\",\"end_date\":\"\(days.last)\",\"data\":[")
        }
    }

    /// What comes after the last candle.
    mutating func end(hasMore: Bool) {
        guard !isCSV else { return }
        append("],\"count\":\(count)")
        if hasMore, let last {
            append(",\"next_cursor\":\"")
            bytes.append(offsetTime: last)
            append("\"")
        }
        append("}")
    }

    func appending(_ page: ArraySlice<CandleStore.Stored>) -> CandleEncoder {
        var encoder = self
        for stored in page { encoder.append(stored) }
        return encoder
    }

    private mutating func append(_ stored: CandleStore.Stored) {
        if isCSV { appendCSV(stored) } else { appendJSON(stored) }
        count += 1
        last = stored.candle.time
    }

    private mutating func appendJSON(_ stored: CandleStore.Stored) {
        let candle = stored.candle
        append(count == 0 ? "{\"time\":\"" : ",{\"time\":\"")
        bytes.append(offsetTime: candle.time)
        bytes.append(contentsOf: constant)
        append(candle.open)
        append(",\"high\":")
        append(candle.high)
        append(",\"low\":")
        append(candle.low)
        append(",\"close\":")
        append(candle.close)
        append(",\"volume\":")
        append(candle.volume)
        append(",\"source\":\"")
        append(stored.source.rawValue)
        append("\",\"validated\":true,\"quality_score\":")
        append(quality(of: candle))
        append(",\"validation_notes\":")
        let notes = candle.flags.validationNotes
        append(notes.isEmpty ? "null" : "\"\(notes)\"")
        append(candle.flags.contains(.gap) ? ",\"gap_detected\":true" : ",\"gap_detected\":false")
        append(candle.flags.contains(.volumeAnomaly) ? ",\"volume_anomaly\":true" : ",\"volume_anomaly\":false")
        append(",\"fetched_at\":\"")
        bytes.append(offsetTime: stored.fetchedAt)
        append("\"}")
    }

    private mutating func appendCSV(_ stored: CandleStore.Stored) {
        let candle = stored.candle
        bytes.append(offsetTime: candle.time)
        bytes.append(contentsOf: constant)
        for value in [candle.open, candle.high, candle.low, candle.close, candle.volume] {
            append(value)
            append(",")
        }
        append(stored.source.rawValue)
        append(",true,")
        append(quality(of: candle))
        append(",")
        append(candle.flags.validationNotes)
        append(candle.flags.contains(.gap) ? ",true" : ",false")
        append(candle.flags.contains(.volumeAnomaly) ? ",true," : ",false,")
        bytes.append(offsetTime: stored.fetchedAt)
        append("\r\n")
    }

    private func quality(of candle: Candle) -> Double {
        candle.flags.qualityScore(assetClass: symbol.ticker.assetClass)
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
    private mutating func append(_ value: Double) { bytes.append(contentsOf: value.description.utf8) }
}
