import Testing
import Warehouse

@Suite struct RejectedCandleTests {
    @Test func `raw text is cut to 2000 characters`() {
        let long = RejectedCandle(rule: .v01, time: nil, raw: String(repeating: "x", count: 5000), reason: "")
        #expect(long.raw.count == 2000)
    }

    @Test func `one endless grapheme is cut too`() {
        let pile = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(RejectedCandle(rule: .v01, time: nil, raw: pile, reason: "").raw.unicodeScalars.count == 2000)
    }

    @Test func `rules are numbered without a hole`() {
        #expect(RuleID.allCases.map(\.rawValue).first == "V01")
        #expect(RuleID.allCases.map(\.rawValue).last == "V21")
        #expect(RuleID.allCases.count == 21)
    }
}
