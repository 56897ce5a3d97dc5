import Testing
import Warehouse

@Suite struct SanitizedTests {
    @Test(arguments: [
        ("plain", "plain"), ("Zürich ✓ 東京", "Zürich ✓ 東京"), ("a\u{1B}[31mb", "a\u{FFFD}[31mb"),
        ("a\r\nb\tc", "a\u{FFFD}\u{FFFD}b\u{FFFD}c"), ("\u{0}\u{7F}\u{9B}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("\u{202E}evil\u{202C}", "\u{FFFD}evil\u{FFFD}"), ("\u{2066}x\u{2069}", "\u{FFFD}x\u{FFFD}"),
        ("a\u{200B}b\u{FEFF}c", "a\u{FFFD}b\u{FFFD}c"), ("\u{2028}\u{2029}", "\u{FFFD}\u{FFFD}"),
        ("\u{E0041}", "\u{FFFD}"), ("", ""),
    ])
    func `replaces what could deceive`(text: String, safe: String) {
        #expect(text.sanitized() == safe)
    }

    @Test func `marks a cut, and only a cut`() {
        #expect("abcdef".sanitized(limit: 3) == "abc…")
        #expect("abc".sanitized(limit: 3) == "abc")
        #expect(String(repeating: "x", count: 300).sanitized().count == 201)
    }
}
