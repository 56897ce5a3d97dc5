import Testing

@testable import Terminal

@Suite
struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("AAPL", 4), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한글", 4), ("ｆ", 2), ("🚀", 2), ("─│┌⣿█", 5),
        ("a\u{1B}[31m", 6), ("tab\there", 8), ("\u{301}", 1), ("x\u{200B}y", 3), ("\u{202E}", 1), ("☀\u{FE0F}", 1),
        ("½…→", 3), ("\u{FFFD}", 1), ("กำ", 2), ("a\u{301}\u{302}\u{303}\u{304}", 1),
    ])
    func columns(text: String, expected: Int) {
        #expect(displayWidth(of: text) == expected)
        var frame = Frame(size: Size(width: 20, height: 1))
        #expect(frame.put(text, at: Point(x: 0, y: 0)) == expected, "a frame takes as many columns")
    }

    @Test(arguments: [("AAPL", 4, true), ("AAPL", 3, false), ("日本", 4, true), ("日本", 3, false), ("", 0, true)])
    func fits(text: String, width: Int, expected: Bool) {
        #expect(text.fits(in: width) == expected)
    }
}
