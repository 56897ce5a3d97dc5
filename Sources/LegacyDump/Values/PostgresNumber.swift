import Glibc

/// Numbers as PostgreSQL writes them.
package enum PostgresNumber {
    /// A whole number; `nil` for anything else.
    package static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var digits = bytes[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.count <= 19 else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte >= 48, byte <= 57 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = product.subtractingReportingOverflow(Int64(byte - 48))
            if overflow || overflows { return nil }
            value = sum
        }
        // Counted below zero, where there is one number more.
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// A number, also `NaN`, `Infinity` and `-Infinity`; `nil` for what is none.
    package static func real(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard (1...400).contains(bytes.count) else { return nil }
        var hasDigit = false
        for byte in bytes {
            switch byte {
            case 48...57: hasDigit = true
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): continue
            default: return special(bytes)
            }
        }
        guard hasDigit else { return nil }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
            guard let text = buffer.baseAddress, let source = bytes.baseAddress else { return nil }
            memcpy(text, source, bytes.count)
            text[bytes.count] = 0
            var end: UnsafeMutablePointer<CChar>?
            let value = strtod(text, &end)
            return end == text + bytes.count ? value : nil
        }
    }

    private static func special(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        switch String(decoding: bytes, as: UTF8.self) {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: nil
        }
    }
}
