import Warehouse

/// A column by its name, and where the rows of a section have it; nowhere when the dump lacks it.
struct Column {
    let name: String
    let index: Int?

    init(_ name: String, in columns: [String]) {
        self.name = name
        self.index = columns.firstIndex(of: name)
    }

    /// The first of several names that the dump has.
    init(firstOf names: [String], in columns: [String]) {
        self.init(names.first(where: columns.contains) ?? names[0], in: columns)
    }
}

extension CopyRow {
    /// Where the column's field stands; `nil` when it is missing or NULL.
    func place(_ column: Column) -> Int? {
        guard let index = column.index, !isNull(index) else { return nil }
        return index
    }

    func text(_ column: Column) throws(RowFault) -> String? {
        guard let index = place(column) else { return nil }
        guard let text = text(index) else { throw RowFault("\(column.name) is not UTF-8") }
        return text
    }

    func integer(_ column: Column) throws(RowFault) -> Int64? {
        guard let index = place(column) else { return nil }
        if let value = withBytes(index, PostgresNumber.integer) { return value }
        throw .value(text(index) ?? "?", of: column.name, isNot: "a whole number")
    }

    func boolean(_ column: Column) throws(RowFault) -> Bool? {
        guard let index = place(column) else { return nil }
        let value: Bool? = withBytes(index) { bytes in
            switch (bytes.count, bytes.first) {
            case (1, UInt8(ascii: "t")): true
            case (1, UInt8(ascii: "f")): false
            default: nil
            }
        }
        if let value { return value }
        switch text(index)?.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: throw .value(text(index) ?? "?", of: column.name, isNot: "t or f")
        }
    }

    /// Whether the old service used the row: it asked for `active = true`, which NULL is not.
    func isActive(_ column: Column) throws(RowFault) -> Bool {
        column.index == nil ? true : try boolean(column) ?? false
    }

    func time(_ column: Column) throws(RowFault) -> PostgresTime? {
        guard let index = place(column) else { return nil }
        if let time = withBytes(index, { PostgresTime($0) }) { return time }
        throw .value(text(index) ?? "?", of: column.name, isNot: "a time")
    }

    /// The instant; `nil` for infinity too.
    func instant(_ column: Column) throws(RowFault) -> Timestamp? {
        try time(column)?.timestamp
    }

    /// The id of a row: 1 to 2^53, so that ids can be given out after it.
    func id(_ column: Column) throws(RowFault) -> Int64 {
        guard let id = try integer(column) else { throw RowFault("\(column.name) is missing") }
        guard (1...(1 << 53)).contains(id) else {
            throw .value(String(id), of: column.name, isNot: "an id from 1 to 2^53")
        }
        return id
    }

    /// A number; NaN when it is missing or none.
    func real(_ column: Column) -> Double {
        guard let index = place(column) else { return .nan }
        return withBytes(index, PostgresNumber.real) ?? .nan
    }
}
