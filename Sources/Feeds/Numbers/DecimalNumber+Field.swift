extension DecimalNumber {
    /// Reads the number at `cursor`, which moves behind it, as it stands in a field of CSV: `-1.5`, `+.5e3`, `007`, `5.`.
    ///
    /// `nil`, with the cursor anywhere, when there is none or when it has more than 19 digits.
    @inline(__always)
    static func scan(_ cursor: inout UnsafePointer<UInt8>, until end: UnsafePointer<UInt8>) -> DecimalNumber? {
        var isNegative = false
        if cursor < end, cursor.pointee == UInt8(ascii: "-") || cursor.pointee == UInt8(ascii: "+") {
            isNegative = cursor.pointee == UInt8(ascii: "-")
            cursor += 1
        }
        var mantissa: UInt64 = 0
        var exponent = 0
        let first = cursor
        takeDigits(&cursor, until: end, into: &mantissa)
        var digits = cursor - first
        if cursor < end, cursor.pointee == UInt8(ascii: ".") {
            cursor += 1
            let firstOfFraction = cursor
            takeDigits(&cursor, until: end, into: &mantissa)
            exponent = firstOfFraction - cursor
            digits -= exponent
        }
        // 19 digits always fit 64 bits.
        guard digits > 0, digits <= 19 else { return nil }
        if cursor < end, cursor.pointee | 0x20 == UInt8(ascii: "e") {
            guard let written = writtenExponent(&cursor, until: end) else { return nil }
            exponent += written
        }
        return DecimalNumber(
            mantissa: mantissa,
            exponent: exponent,
            isNegative: isNegative,
            isExact: true,
            range: 0..<0
        )
    }

    @inline(__always)
    private static func takeDigits(
        _ cursor: inout UnsafePointer<UInt8>,
        until end: UnsafePointer<UInt8>,
        into mantissa: inout UInt64
    ) {
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            cursor += 1
        }
    }

    private static func writtenExponent(
        _ cursor: inout UnsafePointer<UInt8>,
        until end: UnsafePointer<UInt8>
    ) -> Int? {
        cursor += 1
        var isNegative = false
        if cursor < end, cursor.pointee == UInt8(ascii: "-") || cursor.pointee == UInt8(ascii: "+") {
            isNegative = cursor.pointee == UInt8(ascii: "-")
            cursor += 1
        }
        var value: UInt64 = 0
        let first = cursor
        takeDigits(&cursor, until: end, into: &value)
        guard case let digits = cursor - first, (1...6).contains(digits) else { return nil }
        return isNegative ? -Int(value) : Int(value)
    }
}
