/// Reads a JSON text (RFC 8259) in one pass over its bytes, without building a tree.
///
/// The caller names what it expects; everything else can be skipped, and is checked all the same. Every access is
/// checked against the end of the text, in release builds too.
struct JSONScanner: ~Copyable {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    /// How deep arrays and objects may be nested in what is skipped.
    static let maximumDepth = 64

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The byte at the position; 0, which JSON allows nowhere, at the end.
    var current: UInt8 {
        @inline(__always) get { position < bytes.count ? bytes[position] : 0 }
    }

    /// The fault for the byte at the position, or for the end of the text.
    func fault(_ problem: JSONFault.Problem = .unexpectedByte) -> JSONFault {
        JSONFault(position < bytes.count ? problem : .endOfText, at: position)
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while true {
            switch current {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    /// Takes `byte` if it comes next, behind white space.
    @inline(__always)
    mutating func takes(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard current == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard takes(byte) else { throw fault() }
    }

    /// Moves to the key of the next member of an object that was entered; `false` behind its closing brace.
    @inline(__always)
    mutating func nextMember(isFirst: Bool) throws(JSONFault) -> Bool {
        if takes(UInt8(ascii: "}")) { return false }
        if !isFirst { try expect(UInt8(ascii: ",")) }
        skipWhitespace()
        guard current == UInt8(ascii: "\"") else { throw fault() }
        return true
    }

    /// Moves to the next element of an array that was entered; `false` behind its closing bracket.
    @inline(__always)
    mutating func nextElement(isFirst: Bool) throws(JSONFault) -> Bool {
        if takes(UInt8(ascii: "]")) { return false }
        if !isFirst { try expect(UInt8(ascii: ",")) }
        skipWhitespace()
        return true
    }

    /// Takes `null`, if that is the value.
    mutating func takesNull() throws(JSONFault) -> Bool {
        skipWhitespace()
        guard current == UInt8(ascii: "n") else { return false }
        try skipLiteral("null")
        return true
    }

    /// A string; `nil` for any other value, which is skipped.
    mutating func stringOrSkip() throws(JSONFault) -> String? {
        skipWhitespace()
        guard current == UInt8(ascii: "\"") else {
            try skipValue()
            return nil
        }
        return try string()
    }

    /// A boolean; `nil` for any other value, which is skipped.
    mutating func booleanOrSkip() throws(JSONFault) -> Bool? {
        skipWhitespace()
        let first = current
        try skipValue()
        return first == UInt8(ascii: "t") ? true : first == UInt8(ascii: "f") ? false : nil
    }

    /// A number; `nil` for any other value, which is skipped.
    @inline(__always)
    mutating func numberOrSkip() throws(JSONFault) -> DecimalNumber? {
        skipWhitespace()
        switch current {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return try number()
        default:
            try skipValue()
            return nil
        }
    }

    /// Checks and skips any value.
    mutating func skipValue(depth: Int = 0) throws(JSONFault) {
        guard depth < Self.maximumDepth else { throw fault(.tooDeep) }
        skipWhitespace()
        switch current {
        case UInt8(ascii: "\""): _ = try skipString()
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): _ = try number()
        case UInt8(ascii: "t"): try skipLiteral("true")
        case UInt8(ascii: "f"): try skipLiteral("false")
        case UInt8(ascii: "n"): try skipLiteral("null")
        case UInt8(ascii: "["):
            position += 1
            var isFirst = true
            while try nextElement(isFirst: isFirst) {
                try skipValue(depth: depth + 1)
                isFirst = false
            }
        case UInt8(ascii: "{"):
            position += 1
            var isFirst = true
            while try nextMember(isFirst: isFirst) {
                _ = try skipString()
                try expect(UInt8(ascii: ":"))
                try skipValue(depth: depth + 1)
                isFirst = false
            }
        default: throw fault()
        }
    }

    private mutating func skipLiteral(_ literal: StaticString) throws(JSONFault) {
        for offset in 0..<literal.utf8CodeUnitCount {
            guard current == literal.utf8Start[offset] else { throw fault() }
            position += 1
        }
    }
}
