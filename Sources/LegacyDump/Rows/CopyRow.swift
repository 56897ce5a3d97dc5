import Glibc
import Warehouse

/// The fields of a row in PostgreSQL's text format of `COPY`: separated by tabs, with `\N` for NULL and escapes.
///
/// Made once and used for row after row, so that a row costs no allocation.
package struct CopyRow {
    /// The fields one after the other, without their escapes.
    private var content: [UInt8] = []
    private var fields: [Field] = []

    private struct Field {
        var start: Int
        var end: Int
        var isNull: Bool
    }

    package init() {}

    package var count: Int { fields.count }

    /// Takes the place of the row before.
    /// - Throws: ``RowFault`` when `line` does not have so many fields.
    package mutating func read(_ line: UnsafeBufferPointer<UInt8>, columns: Int) throws(RowFault) {
        content.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        if let start = line.baseAddress, memchr(start, Int32(UInt8(ascii: "\\")), line.count) == nil {
            split(line, from: start)
        } else {
            unescape(line)
        }
        guard fields.count == columns else {
            throw RowFault("the line has \(fields.count.counted("field")) and should have \(columns)")
        }
    }

    package func isNull(_ field: Int) -> Bool { fields[field].isNull }

    /// Runs `body` with the bytes of a field.
    package func withBytes<Value>(_ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        let place = fields[field]
        return content.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[place.start..<place.end])) }
    }

    /// A field as text; `nil` when it is not UTF-8.
    package func text(_ field: Int) -> String? {
        withBytes(field) { String(validating: $0, as: UTF8.self) }
    }

    /// A line without an escape, as nearly all are.
    private mutating func split(_ line: UnsafeBufferPointer<UInt8>, from base: UnsafePointer<UInt8>) {
        content.append(contentsOf: line)
        var start = 0
        while let tab = memchr(base + start, 9, line.count - start) {
            let end = tab.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(mutating: base)
            fields.append(Field(start: start, end: end, isNull: false))
            start = end + 1
        }
        fields.append(Field(start: start, end: line.count, isNull: false))
    }

    /// The rules of PostgreSQL's `CopyReadAttributesText`: an escaped tab does not end a field, an unknown escape stands
    /// for its character, and only a field that is `\N` as a whole is NULL.
    private mutating func unescape(_ line: UnsafeBufferPointer<UInt8>) {
        var start = content.count
        var rawStart = 0
        var position = 0
        func isNull(until end: Int) -> Bool {
            end - rawStart == 2 && line[rawStart] == UInt8(ascii: "\\") && line[rawStart + 1] == UInt8(ascii: "N")
        }
        while position < line.count {
            let byte = line[position]
            position += 1
            if byte == 9 {
                fields.append(Field(start: start, end: content.count, isNull: isNull(until: position - 1)))
                start = content.count
                rawStart = position
            } else if byte == UInt8(ascii: "\\"), position < line.count {
                content.append(Self.escaped(line, &position))
            } else if byte != UInt8(ascii: "\\") {
                content.append(byte)
            }
        }
        fields.append(Field(start: start, end: content.count, isNull: isNull(until: line.count)))
    }

    /// The byte that the escape at `position`, behind its backslash, stands for.
    private static func escaped(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UInt8 {
        let byte = line[position]
        position += 1
        switch byte {
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "v"): return 11
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            return number(line, &position, from: Int(byte - 48), base: 8, more: 2)
        case UInt8(ascii: "x"):
            guard position < line.count, let first = digit(line[position], base: 16) else { return byte }
            position += 1
            return number(line, &position, from: first, base: 16, more: 1)
        default: return byte
        }
    }

    private static func number(
        _ line: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        from first: Int,
        base: Int,
        more: Int
    ) -> UInt8 {
        var value = first
        var left = more
        while left > 0, position < line.count, let next = digit(line[position], base: base) {
            value = value * base + next
            position += 1
            left -= 1
        }
        return UInt8(truncatingIfNeeded: value)
    }

    private static func digit(_ byte: UInt8, base: Int) -> Int? {
        let value: Int
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = Int(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): value = Int(byte) - 55
        default: return nil
        }
        return value < base ? value : nil
    }
}
