package import Warehouse

/// Reads rows of `market_data`.
package struct CandleRows {
    private let time, timeframe, open, high, low, close, volume, vwap, trades: Column
    private let source, validated, gap, anomaly, fetchedAt: Column
    private let columns: [String]
    private var symbols: SymbolColumns
    private var lastSource: (bytes: [UInt8], source: CandleSource)?
    /// Sources that mdw does not know, at most ten.
    package private(set) var unknownSources: Set<String> = []

    package init(columns: [String]) {
        self.columns = columns
        symbols = SymbolColumns(in: columns)
        time = Column("time", in: columns)
        timeframe = Column("timeframe", in: columns)
        open = Column("open", in: columns)
        high = Column("high", in: columns)
        low = Column("low", in: columns)
        close = Column("close", in: columns)
        volume = Column("volume", in: columns)
        vwap = Column("vwap", in: columns)
        trades = Column("trades", in: columns)
        source = Column("source", in: columns)
        validated = Column("validated", in: columns)
        gap = Column("gap_detected", in: columns)
        anomaly = Column("volume_anomaly", in: columns)
        fetchedAt = Column("fetched_at", in: columns)
    }

    /// The candle and its symbol.
    ///
    /// Values that can't be read are left to the rules, so that they are kept with what was refused.
    package mutating func candle(
        of row: CopyRow
    ) throws(RowFault) -> (candle: LegacyCandle, symbol: SymbolReference) {
        let symbol = try symbols.reference(of: row)
        var flags: CandleFlags = []
        if try row.boolean(gap) ?? false { flags.insert(.gap) }
        if try row.boolean(anomaly) ?? false { flags.insert(.volumeAnomaly) }
        let candle = LegacyCandle(
            timeframe: try timeframe(of: row),
            time: row.place(time).flatMap { row.withBytes($0) { PostgresTime($0)?.timestamp } },
            bar: RawBar(
                time: nil,
                open: row.real(open),
                high: row.real(high),
                low: row.real(low),
                close: row.real(close),
                volume: row.real(volume),
                vwap: row.place(vwap) == nil ? nil : row.real(vwap),
                trades: try row.integer(trades)
            ),
            flags: flags,
            source: try source(of: row),
            fetchedAt: try row.instant(fetchedAt),
            validated: try row.boolean(validated)
        )
        return (candle, symbol)
    }

    /// The row for people, `time=… open=…`, to be kept beside the reason why it was refused.
    package func rawText(of row: CopyRow) -> String {
        columns.indices.map { index in
            let value = row.isNull(index) ? "NULL" : row.text(index)?.sanitized(limit: 200) ?? "?"
            return "\(columns[index].sanitized(limit: 40))=\(value)"
        }.joined(separator: " ")
    }

    private func timeframe(of row: CopyRow) throws(RowFault) -> Timeframe {
        guard let index = row.place(timeframe) else { return .oneDay }
        let known: Timeframe? = row.withBytes(index) { bytes in
            switch bytes.count {
            case 2:
                switch (bytes[0], bytes[1]) {
                case (UInt8(ascii: "1"), UInt8(ascii: "d")): .oneDay
                case (UInt8(ascii: "1"), UInt8(ascii: "h")): .oneHour
                case (UInt8(ascii: "5"), UInt8(ascii: "m")): .fiveMinutes
                case (UInt8(ascii: "4"), UInt8(ascii: "h")): .fourHours
                case (UInt8(ascii: "1"), UInt8(ascii: "w")): .oneWeek
                default: nil
                }
            default: Timeframe(rawValue: String(decoding: bytes, as: UTF8.self))
            }
        }
        if let known { return known }
        throw .value(row.text(index) ?? "?", of: timeframe.name, isNot: "a timeframe that mdw knows")
    }

    private mutating func source(of row: CopyRow) throws(RowFault) -> CandleSource {
        guard let index = row.place(source) else { return .polygon }
        if let lastSource, row.withBytes(index, { $0.elementsEqual(lastSource.bytes) }) { return lastSource.source }
        guard let text = row.text(index) else { throw RowFault("source is not UTF-8") }
        let source: CandleSource
        switch text.lowercased() {
        case "massive", "": source = .polygon
        case let name:
            source = CandleSource(rawValue: name) ?? .csv
            if CandleSource(rawValue: name) == nil, unknownSources.count < 10 {
                unknownSources.insert(text.sanitized(limit: 40))
            }
        }
        lastSource = (Array(text.utf8), source)
        return source
    }
}
