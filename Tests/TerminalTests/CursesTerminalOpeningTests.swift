import Foundation
import Testing

@testable import Terminal

extension TerminalTests {
    @Suite
    struct CursesTerminalOpeningTests {
        @Test(
            arguments: [
                (["TERM": "xterm-256color"], .palette256), (["TERM": "xterm"], .ansi16), (["TERM": "vt100"], .none),
                (["TERM": "xterm-256color", "NO_COLOR": "1"], .none),
                (["TERM": "xterm-256color", "NO_COLOR": ""], .palette256),
            ] as [([String: String], ColorSupport)]
        )
        func colors(environment: [String: String], expected: ColorSupport) throws {
            let pty = try PseudoTerminal(width: 120, height: 40)
            let terminal = try pty.makeTerminal(environment)
            #expect(terminal.capabilities.colors == expected)
            #expect(terminal.notice == nil)
            terminal.present(listFrame())
            #expect(pty.takenText.contains("\u{1B}[31m") == (expected != .none))
        }

        @Test(arguments: [
            ("xterm-nosuch", "xterm-256color"), ("nosuch", "xterm-256color"), ("vt199", "vt100"),
            ("screen.nosuch", "tmux-256color"), ("linux-nosuch", "linux"),
        ])
        func unknownTypeFallsBackToTheNearest(name: String, expected: String) throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal(["TERM": name])
            #expect(terminal.effectiveType == expected)
            #expect(
                terminal.notice
                    == "TERM=\(name) isn't known on this machine: the terminal is driven as \(expected)"
            )
        }

        @Test(
            arguments: [
                ("dumb", .tooSimple("dumb")), ("", .noType), ("unknown", .tooSimple("unknown")),
            ] as [(String, TerminalError)]
        )
        func impossibleTypes(name: String, expected: TerminalError) throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let modes = pty.modes
            #expect(throws: expected) { try pty.makeTerminal(["TERM": name]) }
            #expect(pty.modes == modes)
            #expect(pty.takeOutput() == [])
        }

        @Test
        func aPipeIsNoTerminal() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            defer { for end in ends { close(end) } }
            #expect(throws: TerminalError.notATerminal) {
                try CursesTerminal(input: ends[0], output: ends[1], environment: xterm)
            }
        }

        @Test
        func onlyOneAtATime() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal()
            #expect(throws: TerminalError.alreadyOpen) { try pty.makeTerminal() }
            terminal.present(listFrame(width: 40, height: 10))
            #expect(pty.takenText.contains("SYM7"), "the first goes on")
            terminal.close()
            #expect(throws: Never.self) { try pty.makeTerminal() }
        }

        @Test
        func clipboardAndBell() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal()
            _ = pty.takeOutput()
            terminal.bell()
            #expect(terminal.copyToClipboard("hello"))
            #expect(pty.takenText == "\u{7}\u{1B}]52;c;aGVsbG8=\u{7}")
            #expect(!terminal.copyToClipboard(String(repeating: "x", count: 60_000)))
            #expect(pty.takenText.isEmpty)
        }
    }
}
