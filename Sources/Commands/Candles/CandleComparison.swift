import Feeds
import Store
import Warehouse

/// How the stored candles of a symbol differ from those of a file.
struct CandleComparison {
    /// A candle that is on one side only, or a field with two values.
    struct Difference: Hashable, Sendable {
        enum Kind: String, Sendable {
            case missingHere = "missing_here"
            case missingThere = "missing_there"
            case different
        }

        let kind: Kind
        let time: Timestamp
        /// The field, of what is different.
        var field: CandleField?
        var here: Double?
        var there: Double?
    }

    private(set) var equal: Int64 = 0
    private(set) var missingHere: Int64 = 0
    private(set) var missingThere: Int64 = 0
    private(set) var different: Int64 = 0
    /// Rows of the file that are no candles.
    private(set) var unreadable: Int64 = 0
    /// The first differences, as many as were asked for.
    private(set) var differences: [Difference] = []
    private(set) var unreadableRows: [RejectedRow] = []

    private let fields: [CandleField]
    private let limit: Int

    /// Compares what the file has columns for; keeps `limit` differences.
    init(_ columns: CandleColumns, limit: Int) {
        fields = [.open, .high, .low, .close, .volume, .vwap, .trades].filter(columns.has)
        self.limit = limit
    }

    var isEqual: Bool { missingHere + missingThere + different + unreadable == 0 }

    mutating func add(unreadable row: RejectedRow) {
        unreadable += 1
        if unreadableRows.count < limit { unreadableRows.append(row) }
    }

    mutating func add(missingThere candle: Candle) {
        missingThere += 1
        keep(Difference(kind: .missingThere, time: candle.time))
    }

    mutating func add(missingHere candle: Candle) {
        missingHere += 1
        keep(Difference(kind: .missingHere, time: candle.time))
    }

    mutating func compare(here: Candle, there: Candle) {
        var differs = false
        for field in fields where here[field] != there[field] {
            differs = true
            keep(
                Difference(kind: .different, time: here.time, field: field, here: here[field], there: there[field])
            )
        }
        if differs { different += 1 } else { equal += 1 }
    }

    private mutating func keep(_ difference: Difference) {
        if differences.count < limit { differences.append(difference) }
    }
}

extension Candle {
    fileprivate subscript(field: CandleField) -> Double? {
        switch field {
        case .open: open
        case .high: high
        case .low: low
        case .close: close
        case .volume: volume
        case .vwap: vwap
        case .trades: trades.map { Double($0) }
        case .time, .ticker: nil
        }
    }
}
