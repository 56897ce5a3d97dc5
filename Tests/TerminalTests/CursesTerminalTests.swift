import Foundation
import Testing

@testable import Terminal

/// ncurses has one screen a process: the tests that need it run one after the other.
@Suite(.serialized)
enum TerminalTests {}

let xterm = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]

extension PseudoTerminal {
    func makeTerminal(
        _ environment: [String: String] = xterm,
        handlesSignals: Bool = false
    ) throws -> CursesTerminal {
        try CursesTerminal(input: slave, output: slave, environment: environment, handlesSignals: handlesSignals)
    }
}

extension CursesTerminal {
    /// Polls until so many events came, or none comes any more.
    func take(_ count: Int) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        while events.count < count {
            let more = pollEvents(timeout: .seconds(20))
            guard !more.isEmpty else { break }
            events += more
        }
        return events
    }
}

extension TerminalTests {
    /// The driver in a real pseudo-terminal.
    @Suite
    struct CursesTerminalTests {
        @Test
        func frameSizesInBytes() throws {
            let pty = try PseudoTerminal(width: 120, height: 40)
            let terminal = try pty.makeTerminal()
            terminal.present(listFrame())
            #expect(pty.takeOutput().count < 8192, "the first frame, with what opens the screen")
            terminal.present(listFrame())
            #expect(pty.takeOutput() == [], "the same frame again")
            terminal.present(listFrame(selected: 1))
            #expect((1...250).contains(pty.takeOutput().count), "the selection moves by one row")
            terminal.present(listFrame(top: 1, selected: 1))
            #expect((1...250).contains(pty.takeOutput().count), "the list scrolls by one line")
            terminal.present(listFrame(top: 1, selected: 38))
            _ = pty.takeOutput()
            terminal.present(listFrame(top: 2, selected: 39))
            #expect((1...270).contains(pty.takeOutput().count), "Down on the last row: both at once")
        }

        @Test
        func frameIsSynchronizedAndRestored() throws {
            let pty = try PseudoTerminal(width: 20, height: 3)
            let modes = pty.modes
            let terminal = try pty.makeTerminal()
            #expect(pty.modes != modes)
            #expect(pty.takenText.hasPrefix("\u{1B}[?1049h"))
            var frame = Frame(size: terminal.size)
            frame.put("hello", at: Point(x: 0, y: 0))
            terminal.present(frame)
            let text = pty.takenText
            #expect(text.hasPrefix("\u{1B}[?2026h"))
            #expect(text.contains("hello"))
            #expect(text.hasSuffix("\u{1B}[?2026l"))
            terminal.setMouse(true)
            #expect(pty.takenText == "\u{1B}[?1000h\u{1B}[?1006h")
            terminal.close()
            let end = pty.takenText
            for restored in ["\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?2004l", "\u{1B}[?1000l", "\u{1B}[?1l\u{1B}>"] {
                #expect(end.contains(restored))
            }
            #expect(pty.modes == modes)
            terminal.close()
            terminal.present(frame)
            #expect(pty.takenText.isEmpty, "closed is closed")
        }

        @Test
        func redrawPaintsTheSameFrameWhole() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal()
            terminal.present(listFrame(width: 40, height: 10))
            _ = pty.takeOutput()
            terminal.redraw()
            terminal.present(listFrame(width: 40, height: 10))
            #expect(pty.takenText.contains("SYM7"))
            terminal.present(listFrame(width: 40, height: 10))
            #expect(pty.takenText.isEmpty, "once")
        }

        @Test
        func wideAndCombiningCharacters() throws {
            let pty = try PseudoTerminal(width: 20, height: 2)
            let terminal = try pty.makeTerminal()
            _ = pty.takeOutput()
            var frame = Frame(size: terminal.size)
            frame.put("日本語 e\u{301}x", at: Point(x: 0, y: 0))
            terminal.present(frame)
            #expect(pty.takenText.contains("日本語 e\u{301}x"))
            frame.put("a", at: Point(x: 1, y: 0))
            terminal.present(frame)
            #expect(pty.takenText.contains(" a"), "the half that is left becomes a blank")
        }

        @Test
        func withoutUnicodeOnlyASCIIIsWritten() throws {
            let pty = try PseudoTerminal(width: 20, height: 3)
            let terminal = try pty.makeTerminal(["TERM": "xterm-256color", "LC_ALL": "C"])
            #expect(!terminal.capabilities.unicode)
            var frame = Frame(size: terminal.size)
            frame.box(frame.bounds)
            frame.put("日é…", at: Point(x: 1, y: 1))
            terminal.present(frame)
            let output = pty.takeOutput()
            #expect(output.allSatisfy { $0 < 0x80 })
            #expect(String(decoding: output, as: UTF8.self).contains("|? ?~"))
        }

        @Test
        func cursorIsShownWhereTheFrameSays() throws {
            let pty = try PseudoTerminal(width: 20, height: 5)
            let terminal = try pty.makeTerminal()
            var frame = Frame(size: terminal.size)
            terminal.present(frame)
            _ = pty.takeOutput()
            frame.cursor = Point(x: 4, y: 2)
            terminal.present(frame)
            let text = pty.takenText
            #expect(text.contains("\u{1B}[?25h"))
            #expect(text.contains("\u{1B}[3;5H"))
            frame.cursor = nil
            terminal.present(frame)
            #expect(pty.takenText.contains("\u{1B}[?25l"))
        }

        @Test(arguments: [(1, 1), (2, 1), (1, 2), (3, 3), (19, 4), (500, 200), (1200, 2)])
        func anySize(width: Int, height: Int) throws {
            let pty = try PseudoTerminal(width: width, height: height)
            let terminal = try pty.makeTerminal()
            #expect(terminal.size == Size(width: min(width, 1000), height: height))
            for (top, mark) in [(0, "日本"), (1, "日"), (2, "x")] {
                var frame = listFrame(width: width, height: height, top: top)
                frame.put(mark, at: Point(x: width - 1, y: height - 1))
                terminal.present(frame)
            }
            #expect(!pty.takeOutput().isEmpty)
        }

        @Test
        func aTerminalWithoutASizeHasTheUsualOne() throws {
            let pty = try PseudoTerminal(width: 0, height: 0)
            #expect(try pty.makeTerminal().size == Size(width: 80, height: 24))
        }

        @Test
        func frameOfAnotherSizeIsCut() throws {
            let pty = try PseudoTerminal(width: 10, height: 2)
            let terminal = try pty.makeTerminal()
            var frame = Frame(size: Size(width: 30, height: 9))
            frame.put("0123456789abc", at: Point(x: 0, y: 1))
            frame.put("below", at: Point(x: 0, y: 8))
            terminal.present(frame)
            let text = pty.takenText
            #expect(text.contains("0123456"))
            #expect(!text.contains("abc") && !text.contains("below"))
        }
    }
}
