/// How a row names its symbol.
package enum SymbolReference: Hashable, Sendable {
    /// As the old service spelled it.
    case spelling(String)
    /// By the id of its row in `tracked_symbols`.
    case id(Int64)
}

/// The columns that name the symbol of a row.
struct SymbolColumns {
    private let symbol: Column
    private let id: Column
    /// The name in the row before: in most dumps that of this row too.
    private var last: [UInt8] = []
    private var lastReference: SymbolReference?

    init(in columns: [String]) {
        symbol = Column("symbol", in: columns)
        id = Column("symbol_id", in: columns)
    }

    mutating func reference(of row: CopyRow) throws(RowFault) -> SymbolReference {
        guard let index = row.place(symbol) else {
            guard row.place(id) != nil else { throw RowFault("symbol is missing") }
            return .id(try row.id(id))
        }
        if let lastReference, row.withBytes(index, { $0.elementsEqual(last) }) { return lastReference }
        guard let text = row.text(index) else { throw RowFault("symbol is not UTF-8") }
        last = Array(text.utf8)
        lastReference = .spelling(text)
        return .spelling(text)
    }
}
