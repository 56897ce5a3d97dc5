extension JSONScanner {
    /// The number at the position, which is at `-` or a digit.
    @inline(__always)
    mutating func number() throws(JSONFault) -> DecimalNumber {
        let start = position
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { position += 1 }

        var mantissa: UInt64 = 0
        let firstDigit = position
        takeDigits(into: &mantissa)
        var digits = position - firstDigit
        guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else { throw fault(.badNumber) }

        var exponent = 0
        if current == UInt8(ascii: ".") {
            position += 1
            let firstOfFraction = position
            takeDigits(into: &mantissa)
            exponent = firstOfFraction - position
            guard exponent < 0 else { throw fault(.badNumber) }
            digits -= exponent
        }
        let endOfDigits = position
        if current | 0x20 == UInt8(ascii: "e") {
            exponent += try writtenExponent()
        }
        var number = DecimalNumber(
            mantissa: mantissa,
            exponent: exponent,
            isNegative: isNegative,
            isExact: true,
            range: start..<position
        )
        // 19 digits always fit 64 bits.
        if digits > 19 { shorten(&number, digits: firstDigit..<endOfDigits) }
        return number
    }

    /// The double nearest to `number`, rounded as IEEE 754 wants it; infinite when it is too large.
    @inline(__always)
    func double(_ number: DecimalNumber) -> Double {
        number.exactlyComputed ?? slowDouble(number)
    }

    /// Unlike strtod, `Double.init` does not follow the process's locale, which the console sets.
    @inline(never)
    private func slowDouble(_ number: DecimalNumber) -> Double {
        Double(String(decoding: bytes[number.range], as: UTF8.self)) ?? .nan
    }

    @inline(__always)
    private mutating func takeDigits(into mantissa: inout UInt64) {
        while true {
            let digit = current &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            position += 1
        }
    }

    private mutating func writtenExponent() throws(JSONFault) -> Int {
        position += 1
        let isNegative = current == UInt8(ascii: "-")
        if isNegative || current == UInt8(ascii: "+") { position += 1 }
        let firstDigit = position
        var value = 0
        while true {
            let digit = current &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = min(value * 10 + Int(digit), 1_000_000)
            position += 1
        }
        guard position > firstDigit else { throw fault(.badNumber) }
        return isNegative ? -value : value
    }

    /// Reads a mantissa again of which more than 19 digits are written.
    @inline(never)
    private func shorten(_ number: inout DecimalNumber, digits: Range<Int>) {
        var mantissa: UInt64 = 0
        var significant = 0
        for index in digits where bytes[index] != UInt8(ascii: ".") {
            let digit = bytes[index] - UInt8(ascii: "0")
            if significant == 19 {
                number.exponent += 1
                if digit != 0 { number.isExact = false }
            } else {
                mantissa = mantissa * 10 + UInt64(digit)
                if mantissa != 0 { significant += 1 }
            }
        }
        number.mantissa = mantissa
    }
}
