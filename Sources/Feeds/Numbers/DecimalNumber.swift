/// A number as it stands in a text, JSON or CSV: `mantissa × 10^exponent`.
struct DecimalNumber {
    /// The first 19 significant digits.
    var mantissa: UInt64
    /// Clamped to ±1 000 000, far beyond what a double can hold.
    var exponent: Int
    var isNegative: Bool
    /// Whether ``mantissa`` holds all digits; else the digits that were cut off are not all zero.
    var isExact: Bool
    /// Where the number stands.
    var range: Range<Int>

    /// The nearest double, when one multiplication or division of exact doubles gives it; `nil` when it takes more.
    ///
    /// William Clinger's fast path: integers to 2^53 and powers of ten to 10^22 are exact, and one operation on exact
    /// operands is rounded correctly.
    @inline(__always)
    var exactlyComputed: Double? {
        guard isExact, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        let magnitude =
            exponent < 0
            ? Double(mantissa) / Self.powersOfTen[-exponent] : Double(mantissa) * Self.powersOfTen[exponent]
        return isNegative ? -magnitude : magnitude
    }

    /// The number when it is whole and fits, also when it is written with a fraction of zeros or an exponent.
    @inline(__always)
    var whole: Int64? {
        guard isExact else { return nil }
        var magnitude = mantissa
        if exponent != 0 && magnitude != 0 {
            guard exponent > -20, exponent < 20 else { return nil }
            for _ in 0..<abs(exponent) {
                if exponent > 0 {
                    let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
                    guard !overflow else { return nil }
                    magnitude = product
                } else {
                    let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
                    guard remainder == 0 else { return nil }
                    magnitude = quotient
                }
            }
        }
        if isNegative {
            return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return Int64(exactly: magnitude)
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
