import Testing

@testable import Terminal

@Suite
struct CellTests {
    @Test(
        arguments: [
            ("a", "a", 1), ("日", "日", 2), ("e\u{301}", "e\u{301}", 1), ("\u{7}", "\u{FFFD}", 1),
            ("\u{301}", " \u{301}", 1),
        ] as [(Character, String, Int)]
    )
    func content(character: Character, text: String, width: Int) {
        let cell = Cell(character)
        #expect(Array(cell.text.unicodeScalars) == Array(text.unicodeScalars))
        #expect(cell.width == width)
    }

    @Test
    func isTwoWords() {
        #expect(MemoryLayout<Cell>.size == 16)
        #expect(MemoryLayout<Cell>.stride == 16)
    }

    @Test
    func styleCanChangeAloneOnAWideCell() {
        var cell = Cell("日")
        cell.style = Style(foreground: .rgb(1, 2, 3), attributes: .reverse)
        #expect(cell.width == 2)
        #expect(cell.text == "日")
        #expect(cell.style == Style(foreground: .rgb(1, 2, 3), attributes: .reverse))
    }

    @Test(
        arguments: [
            .default, .ansi(.black), .ansi(.brightWhite), .indexed(0), .indexed(255), .rgb(0, 0, 0), .rgb(255, 128, 1),
        ] as [Color]
    )
    func styleKeepsColors(color: Color) {
        var style = Style(foreground: color, background: .ansi(.blue), attributes: [.bold, .italic])
        #expect(style.foreground == color)
        #expect(style.background == .ansi(.blue))
        #expect(style.attributes == [.bold, .italic])
        style.background = color
        style.foreground = .default
        style.attributes = .dim
        #expect(style == Style(background: color, attributes: .dim))
    }

    @Test(
        arguments: [
            ("a", "a"), ("─", "-"), ("┃", "|"), ("╭", "+"), ("…", "~"), ("█", "#"), ("é", "?"), ("e\u{301}", "e"),
            ("▶", ">"),
        ] as [(Character, String)]
    )
    func inASCII(character: Character, expected: String) {
        #expect(Cell(character).inASCII.text == expected)
    }
}
