import Feeds
import Testing
import Warehouse

/// Numbers come out as the doubles that the standard library makes of the same text.
@Suite struct JSONNumberTests {
    static func parse(_ numbers: [String]) throws -> [Double] {
        let bars = numbers.map { #"{"o":\#($0)}"# }.joined(separator: ",")
        return try PolygonResponseParser.parse(Array(#"{"results":[\#(bars)]}"#.utf8)).page.bars.map(\.open)
    }

    @Test(arguments: [
        "0", "-0", "0.0", "1", "-1.5", "154.89", "3.7039737e+07", "1.432032E+06", "5e-324", "2.2250738585072014e-308",
        "1.7976931348623157e308", "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740993.0",
        "1e22", "1e23", "1e-22", "1e-23", "123456789012345678901234567890", "0.000000000000000000000000000001234",
        "8.5e22", "303067.6562332156", "0.30000000000000004", "1.00000000000000011102230246251565", "1e-400",
        "0.1000000000000000055511151231257827021181583404541015625", "18446744073709551615", "18446744073709551616",
        "99999999999999999999", "00.5".replacing("00", with: "0"), "1000000000000000000000000e-24",
    ])
    func isExact(_ text: String) throws {
        let expected = try #require(Double(text))
        #expect(try Self.parse([text]).map(\.bitPattern) == [expected.bitPattern])
    }

    @Test func tenThousandGeneratedNumbersAreExact() throws {
        var generator = SeededGenerator(seed: 20_190_102)
        let texts = (0..<10_000).map { _ in Self.number(&generator) }
        let parsed = try Self.parse(texts)
        try #require(parsed.count == texts.count)
        for (text, value) in zip(texts, parsed) {
            let expected = try #require(Double(text))
            if expected.isFinite {
                #expect(value.bitPattern == expected.bitPattern, "\(text)")
            } else {
                #expect(value.isNaN, "\(text)")
            }
        }
    }

    /// Prices, volumes in exponent form, shortest forms of any double, and long strings of digits, in turn.
    private static func number(_ generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return "\(Int.random(in: 0...99_999, using: &generator)).\(Int.random(in: 0...9999, using: &generator))"
        case 1:
            let fraction = Int.random(in: 0...99_999_999, using: &generator)
            return
                "\(Int.random(in: 1...9, using: &generator)).\(fraction)e+0\(Int.random(in: 0...9, using: &generator))"
        case 2:
            let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
            return value.isFinite ? "\(value)" : "0"
        default:
            let digits = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }
            let exponent = Int.random(in: -340...310, using: &generator)
            return "-1\(digits.joined()).\(digits.reversed().joined())e\(exponent)"
        }
    }
}
