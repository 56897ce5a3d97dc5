extension JSONScanner {
    /// The string at the position, decoded.
    ///
    /// Bytes that are not UTF-8 and halves of a surrogate pair become U+FFFD.
    mutating func string() throws(JSONFault) -> String {
        let (range, hasEscapes) = try skipString()
        guard hasEscapes else { return String(decoding: bytes[range], as: UTF8.self) }
        return unescaped(range)
    }

    /// Checks and skips a string and returns where its text stands, between the quotation marks.
    @inline(__always)
    mutating func skipString() throws(JSONFault) -> (text: Range<Int>, hasEscapes: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = position
        var hasEscapes = false
        while true {
            switch current {
            case UInt8(ascii: "\""):
                position += 1
                return (start..<position - 1, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case 0..<0x20: throw fault(.controlCharacter)
            default: position += 1
            }
        }
    }

    /// The key at the position and the colon behind it.
    mutating func key() throws(JSONFault) -> String {
        let key = try string()
        try expect(UInt8(ascii: ":"))
        return key
    }

    /// The same for keys of which only those of one or two bytes matter: their bytes, the first in the lower half; 0
    /// for every other key.
    @inline(__always)
    mutating func shortKey() throws(JSONFault) -> UInt16 {
        let (range, hasEscapes) = try skipString()
        try expect(UInt8(ascii: ":"))
        if hasEscapes { return Self.packed(Array(unescaped(range).utf8)) }
        switch range.count {
        case 1: return UInt16(bytes[range.lowerBound])
        case 2: return UInt16(bytes[range.lowerBound]) | UInt16(bytes[range.lowerBound + 1]) << 8
        default: return 0
        }
    }

    private static func packed(_ key: [UInt8]) -> UInt16 {
        guard (1...2).contains(key.count), !key.contains(0) else { return 0 }
        return key.reversed().reduce(0) { $0 << 8 | UInt16($1) }
    }

    private mutating func skipEscape() throws(JSONFault) {
        position += 1
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            for _ in 0..<4 {
                guard Self.hexadecimalValue(current) != nil else { throw fault(.badEscape) }
                position += 1
            }
        default: throw fault(.badEscape)
        }
    }

    /// The text of a string that was checked, with its escapes replaced.
    private func unescaped(_ range: Range<Int>) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                units.append(bytes[index])
                index += 1
                continue
            }
            let escape = bytes[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "u"):
                units.append(contentsOf: Self.utf8(of: scalar(at: &index, before: range.upperBound)))
            default: units.append(escape)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The scalar whose four digits stand at `index`, with those of the second half when it's a surrogate pair.
    private func scalar(at index: inout Int, before end: Int) -> Unicode.Scalar {
        let first = codeUnit(at: index)
        index += 4
        if UTF16.isLeadSurrogate(first), index + 6 <= end, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        {
            let second = codeUnit(at: index + 2)
            if UTF16.isTrailSurrogate(second) {
                index += 6
                return UTF16.decode(UTF16.EncodedScalar([first, second]))
            }
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private func codeUnit(at index: Int) -> UInt16 {
        bytes[index..<index + 4].reduce(0) { $0 << 4 | UInt16(Self.hexadecimalValue($1) ?? 0) }
    }

    private static func utf8(of scalar: Unicode.Scalar) -> String.UTF8View {
        String(Character(scalar)).utf8
    }

    private static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
