import Testing

@testable import Terminal

@Suite
struct FrameTests {
    private func frame(_ width: Int = 10, _ height: Int = 1, _ draw: (inout Frame) -> Void) -> Frame {
        var frame = Frame(size: Size(width: width, height: height))
        draw(&frame)
        return frame
    }

    @Test(arguments: [
        ("fits", "AAPL", 0, Int.max, Truncation.clip, "AAPL"),
        ("clipped at the edge", "0123456789abc", 0, .max, .clip, "0123456789"),
        ("marked at the edge", "0123456789abc", 0, .max, .ellipsis, "012345678…"),
        ("fits exactly", "0123456789", 0, .max, .ellipsis, "0123456789"),
        ("clipped by width", "0123456789", 2, 4, .clip, "  0123"),
        ("marked by width", "0123456789", 2, 4, .ellipsis, "  012…"),
        ("one column", "0123", 0, 1, .ellipsis, "…"),
        ("no column", "0123", 0, 0, .ellipsis, ""),
        ("negative width", "0123", 0, -5, .clip, ""),
        ("wide fits", "日本", 0, 4, .ellipsis, "日本"),
        ("wide not cut in half", "日本語", 0, 3, .clip, "日"),
        ("wide before the mark", "日本語", 0, 4, .ellipsis, "日…"),
        ("wide before the mark, odd", "日本語", 0, 5, .ellipsis, "日本…"),
        ("wide at the edge", "日", 9, .max, .clip, ""),
        ("left of the grid", "0123", -2, .max, .clip, "23"),
        ("wide over the left edge", "日x", -1, .max, .clip, " x"),
        ("far left", "0123", -99, .max, .clip, ""),
        ("right of the grid", "0123", 10, .max, .clip, ""),
        ("unsafe", "a\u{1B}[2Jb\nc", 0, .max, .clip, "a\u{FFFD}[2Jb\u{FFFD}c"),
    ])
    func put(name: String, text: String, x: Int, maxWidth: Int, truncation: Truncation, expected: String) {
        let frame = frame { $0.put(text, at: Point(x: x, y: 0), maxWidth: maxWidth, truncation: truncation) }
        #expect(frame.rows == [expected])
    }

    @Test(arguments: [
        Point(x: .max, y: 0), Point(x: .min, y: 0), Point(x: 0, y: .max), Point(x: 0, y: .min), Point(x: -1, y: -1),
        Point(x: 10, y: 0), Point(x: 0, y: 1),
    ])
    func nothingOutsideOfTheGridCrashes(point: Point) {
        let huge = Rect(origin: point, size: Size(width: .max, height: .max))
        let drawn = frame { frame in
            frame.put("日x", at: point, truncation: .ellipsis)
            frame.put("日x", in: Rect(origin: point, size: Size(width: 5, height: 1)), alignment: .trailing)
            frame[point.x, point.y] = Cell("日")
            frame.restyle(huge) { $0.attributes = .bold }
            frame.box(Rect(origin: point, size: Size(width: 3, height: 3)))
            frame.cursor = point
        }
        #expect(drawn.rows.count == 1)
        #expect(drawn[point.x, point.y] == .blank())
        for size in [Size(width: 0, height: 0), Size(width: 1, height: 1), Size(width: 0, height: 5)] {
            var tiny = Frame(size: size)
            tiny.put("日x", at: point)
            tiny.box(huge)
            tiny.fill(huge, with: "x")
            #expect(tiny.rows.count == size.height)
        }
    }

    @Test
    func hugeSizesAreCut() {
        #expect(Frame(size: Size(width: 1, height: .max)).size == Size(width: 1, height: 2048))
    }

    @Test(arguments: [
        ("over its left half", 0, "x 本"), ("over its right half", 1, " x本"), ("between two", 2, "日x"),
    ])
    func overwritingHalfOfAWideCharacterBlanksTheOther(name: String, x: Int, expected: String) {
        let frame = frame {
            $0.put("日本", at: Point(x: 0, y: 0))
            $0.put("x", at: Point(x: x, y: 0))
        }
        #expect(frame.rows == [expected])
    }

    @Test
    func aWideCharacterOverTwoHalves() {
        let frame = frame {
            $0.put("日本", at: Point(x: 0, y: 0))
            $0.put("語", at: Point(x: 1, y: 0))
        }
        #expect(frame.rows == [" 語"])
        #expect((0..<4).map { frame[$0, 0].width } == [1, 2, 0, 1])
    }

    @Test
    func combiningMarksStayWithTheirBase() {
        let frame = frame { $0.put("e\u{301}a\u{308}\u{323}\u{304}x", at: Point(x: 0, y: 0)) }
        #expect(Array(frame[0, 0].text.unicodeScalars) == ["e", "\u{301}"])
        #expect(Array(frame[1, 0].text.unicodeScalars) == ["a", "\u{308}", "\u{323}"], "two of them are kept")
        #expect(frame[2, 0].text == "x")
    }

    @Test(arguments: [
        (Alignment.leading, "AAPL|"), (.trailing, "    AAPL|"), (.center, "  AAPL|"),
    ])
    func field(alignment: Alignment, expected: String) {
        let style = Style(attributes: .reverse)
        let frame = frame {
            $0.fill($0.bounds, with: "|")
            $0.put("AAPL", in: Rect(x: 0, y: 0, width: 8, height: 3), alignment: alignment, style: style)
        }
        let row = frame.rows[0]
        #expect(row.hasPrefix(expected.dropLast()) && row.hasSuffix("||"))
        #expect((0..<8).allSatisfy { frame[$0, 0].style == style })
        #expect(frame[8, 0].style == .plain)
    }

    @Test(arguments: [
        (Rect(x: 0, y: 0, width: 4, height: 3), ["┌──┐", "│  │", "└──┘", ""]),
        (Rect(x: 1, y: 1, width: 2, height: 2), ["", " ┌┐", " └┘", ""]),
        (Rect(x: 0, y: 0, width: 3, height: 1), ["───", "", "", ""]),
        (Rect(x: 2, y: 1, width: 1, height: 3), ["", "  │", "  │", "  │"]),
        (Rect(x: -1, y: -1, width: 3, height: 3), [" │", "─┘", "", ""]),
        (Rect(x: 0, y: 0, width: 0, height: 3), ["", "", "", ""]),
    ])
    func box(rect: Rect, expected: [String]) {
        #expect(frame(4, 4) { $0.box(rect) }.rows == expected)
    }

    @Test
    func clearOverwritesInPlace() {
        var frame = frame { $0.put("mdw_secret", at: Point(x: 0, y: 0)) }
        frame.cursor = Point(x: 1, y: 0)
        frame.clear()
        #expect(frame == Frame(size: frame.size))
    }

    @Test
    func ansiDump() {
        let frame = frame(12, 3) {
            $0.put("ok", at: Point(x: 0, y: 0), style: Style(foreground: .ansi(.green)))
            $0.put("日 bad", at: Point(x: 3, y: 0))
            $0.put(
                "x",
                at: Point(x: 0, y: 2),
                style: Style(foreground: .ansi(.brightRed), background: .indexed(24), attributes: [.bold, .reverse])
            )
            $0.put("y", at: Point(x: 1, y: 2), style: Style(foreground: .rgb(1, 2, 3)))
        }
        #expect(
            frame.ansi
                == "\u{1B}[0;32mok\u{1B}[0m 日 bad\n\n\u{1B}[0;1;7;91;48;5;24mx\u{1B}[0;38;2;1;2;3my\u{1B}[0m\n"
        )
    }

    @Test
    func changedColumns() {
        let old = frame { $0.put("AAPL  1.0", at: Point(x: 0, y: 0)) }
        let new = frame { $0.put("AAPX  1.5", at: Point(x: 0, y: 0)) }
        #expect(new.changedColumns(inRow: 0, from: old) == 3..<9)
        #expect(new.changedColumns(inRow: 0, from: new) == nil)
    }

    @Test
    func resizedCutsWideCharactersCleanly() {
        let frame = frame(4, 2) {
            $0.put("a日b", at: Point(x: 0, y: 0))
            $0.cursor = Point(x: 3, y: 1)
        }
        let narrow = frame.resized(to: Size(width: 2, height: 3))
        #expect(narrow.rows == ["a", "", ""])
        #expect(narrow[1, 0].width == 1)
        #expect(narrow.cursor == nil)
    }
}
