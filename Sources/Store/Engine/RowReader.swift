package import Warehouse

/// A row of a result, by column index.
package protocol StoreRow {
    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) -> Int64
    func real(_ column: Int) -> Double
    func text(_ column: Int) -> String
}

/// Reads a row's columns from left to right, so that a decoder follows its column list.
package struct RowReader {
    private let row: any StoreRow
    private var column = 0

    package init(_ row: any StoreRow) {
        self.row = row
    }

    package mutating func integer() -> Int64 { row.integer(next()) }
    package mutating func real() -> Double { row.real(next()) }
    package mutating func text() -> String { row.text(next()) }
    package mutating func boolean() -> Bool { row.integer(next()) != 0 }
    package mutating func time() -> Timestamp { Timestamp(microseconds: integer()) }

    package mutating func optionalInteger() -> Int64? {
        let column = next()
        return row.isNull(column) ? nil : row.integer(column)
    }

    package mutating func optionalReal() -> Double? {
        let column = next()
        return row.isNull(column) ? nil : row.real(column)
    }

    package mutating func optionalText() -> String? {
        let column = next()
        return row.isNull(column) ? nil : row.text(column)
    }

    package mutating func optionalTime() -> Timestamp? {
        optionalInteger().map { Timestamp(microseconds: $0) }
    }

    /// Two columns that hold the first instant of a range and the first one after it.
    /// - Throws: ``StoreError/damaged(_:)`` when the range ends before it starts.
    package mutating func range() throws -> Range<Timestamp> {
        let lower = time()
        let upper = time()
        guard lower <= upper else { throw StoreError.damaged("the range \(lower) to \(upper) ends before it starts") }
        return lower..<upper
    }

    /// A column that holds the raw value of an enumeration.
    /// - Throws: ``StoreError/damaged(_:)`` for a value that this version does not know.
    package mutating func value<Value: RawRepresentable<String>>(_ type: Value.Type = Value.self) throws -> Value {
        let raw = text()
        guard let value = Value(rawValue: raw) else {
            throw StoreError.damaged("'\(raw.sanitized(limit: 40))' is not a \(Value.self)")
        }
        return value
    }

    private mutating func next() -> Int {
        defer { column += 1 }
        return column
    }
}
