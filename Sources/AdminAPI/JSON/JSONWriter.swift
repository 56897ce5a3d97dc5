import Warehouse

/// Writes JSON text, byte by byte as it goes out.
///
/// Whoever writes keeps the order: a key, its value, then the next key. Commas come by themselves.
struct JSONWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    init(reserving capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    /// Hands over what was written so far, and goes on with nothing.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open("{")
        try body(&self)
        close("}")
    }

    mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open("[")
        try body(&self)
        close("]")
    }

    mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    mutating func key(_ key: String) {
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func null() { raw("null") }
    mutating func flag(_ value: Bool) { raw(value ? "true" : "false") }

    mutating func integer(_ value: Int64) {
        separate()
        bytes.append(decimal: value)
        needsComma = true
    }

    /// The shortest text that reads back as the same number; what is not finite is null.
    mutating func real(_ value: Double) {
        guard value.isFinite else { return null() }
        raw(value.description)
    }

    /// ISO 8601 in UTC with its offset: `2024-01-02T05:00:00+00:00`.
    mutating func time(_ time: Timestamp) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(offsetTime: time)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: (byte < 16 ? "0" : "").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A value that is JSON already.
    mutating func raw(_ json: String) {
        separate()
        bytes.append(contentsOf: json.utf8)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }
}

extension [UInt8] {
    /// Appends the digits of a number.
    mutating func append(decimal value: Int64) {
        guard value >= 0 else {
            append(contentsOf: String(value).utf8)
            return
        }
        var rest = UInt64(value)
        let start = count
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }

    /// Appends `2024-01-02T05:00:00+00:00`, with microseconds where there are any.
    mutating func append(offsetTime time: Timestamp) {
        let day = time.dayUTC
        let (year, month, dayOfMonth) = day.civil
        let second = time.seconds - day.startUTC.seconds
        append(year, digits: 4)
        append(UInt8(ascii: "-"))
        append(month, digits: 2)
        append(UInt8(ascii: "-"))
        append(dayOfMonth, digits: 2)
        append(UInt8(ascii: "T"))
        append(Int(second / 3600), digits: 2)
        append(UInt8(ascii: ":"))
        append(Int(second / 60 % 60), digits: 2)
        append(UInt8(ascii: ":"))
        append(Int(second % 60), digits: 2)
        let fraction = time.microseconds - time.seconds * 1_000_000
        if fraction != 0 {
            append(UInt8(ascii: "."))
            append(Int(fraction), digits: 6)
        }
        append(contentsOf: "+00:00".utf8)
    }

    private mutating func append(_ value: Int, digits: Int) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
