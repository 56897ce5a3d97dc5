package import Warehouse

/// A row of a result, by column index.
///
/// A column that holds something else than what it is read as is `nil`.
package protocol StoreRow {
    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) -> Int64?
    func real(_ column: Int) -> Double?
    func text(_ column: Int) -> String?
}

/// Reads a row's columns from left to right, so that a decoder follows its column list.
package struct RowReader {
    private let row: any StoreRow
    private var column = 0

    /// What is wrong with a column that was read: it held something else than its type, which mdw never writes.
    ///
    /// The engine throws it as ``StoreError/damaged(_:)`` when the row's decoder returns.
    package private(set) var damage: String?

    package init(_ row: any StoreRow) {
        self.row = row
    }

    package mutating func integer() -> Int64 { read(row.integer, orElse: 0, "whole number") }
    package mutating func real() -> Double { read(row.real, orElse: 0, "number") }
    package mutating func text() -> String { read(row.text, orElse: "", "text") }
    package mutating func boolean() -> Bool { integer() != 0 }
    package mutating func time() -> Timestamp { Timestamp(microseconds: integer()) }

    package mutating func optionalInteger() -> Int64? { skippingNull() ? nil : integer() }
    package mutating func optionalReal() -> Double? { skippingNull() ? nil : real() }
    package mutating func optionalText() -> String? { skippingNull() ? nil : text() }
    package mutating func optionalTime() -> Timestamp? { skippingNull() ? nil : time() }

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

    private mutating func read<Value>(_ read: (Int) -> Value?, orElse substitute: Value, _ kind: String) -> Value {
        defer { column += 1 }
        if let value = read(column) { return value }
        damage = damage ?? "column \(column + 1) of a row holds no \(kind)"
        return substitute
    }

    private mutating func skippingNull() -> Bool {
        guard row.isNull(column) else { return false }
        column += 1
        return true
    }
}
