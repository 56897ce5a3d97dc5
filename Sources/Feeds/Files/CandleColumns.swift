/// Which column of a candle file holds what, by the file's first line.
package struct CandleColumns: Hashable, Sendable {
    /// What each column holds; `nil` for what is not read.
    let fields: [CandleField?]
    package let names: [String]
    let delimiter: UInt8

    /// Whether each row says which symbol it is about.
    package var hasTicker: Bool { fields.contains(.ticker) }
    /// Whether the column of symbols is named as the vendor names it, so that it holds the vendor's spelling.
    package var namesVendorTickers: Bool {
        zip(fields, names).contains { $0 == .ticker && $1.lowercased() == "ticker" }
    }
    package func has(_ field: CandleField) -> Bool { fields.contains(field) }

    /// Reads the first line, without its end.
    ///
    /// `mapping` names columns whose names say nothing; an empty name stands for none.
    init(
        header line: some Collection<UInt8>,
        mapping: [CandleField: String]
    ) throws(CandleFileFault.Problem) {
        guard !line.contains(0) else { throw .notText }
        delimiter = Self.delimiter(of: line)
        let names = line.split(separator: delimiter, omittingEmptySubsequences: false).map { Self.name($0) }
        self.names = names
        var fields = [CandleField?](repeating: nil, count: names.count)
        var missing: [CandleField] = []
        for field in CandleField.allCases {
            let found: [Int]
            if let mapped = mapping[field] {
                found = mapped.isEmpty ? [] : names.indices.filter { names[$0].lowercased() == mapped.lowercased() }
                guard mapped.isEmpty || !found.isEmpty else { throw .unknownColumn(mapped, found: names) }
            } else {
                // A column that was mapped to one field is no candidate for another.
                found = names.indices.filter { index in
                    let name = names[index].lowercased()
                    return field.names.contains(name) && !mapping.values.contains { $0.lowercased() == name }
                }
            }
            guard found.count <= 1 else { throw .ambiguousColumn(field, found.map { names[$0] }) }
            if let index = found.first {
                fields[index] = field
            } else if field.isRequired {
                missing.append(field)
            }
        }
        guard missing.isEmpty else { throw .missingColumns(missing, found: names) }
        self.fields = fields
    }

    /// The one of comma, semicolon and tab that is there most often.
    private static func delimiter(of line: some Collection<UInt8>) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let counts = candidates.map { candidate in line.count { $0 == candidate } }
        let most = counts.max() ?? 0
        return candidates[counts.firstIndex(of: most) ?? 0]
    }

    private static func name(_ bytes: some Collection<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let isIgnored = { (character: Character) in character == " " || character == "\"" || character == "\u{FEFF}" }
        let start = text.drop(while: isIgnored)
        return String(start.reversed().drop(while: isIgnored).reversed())
    }
}
