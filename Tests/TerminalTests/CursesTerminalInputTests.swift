import Foundation
import Testing

@testable import Terminal

extension TerminalTests {
    @Suite
    struct CursesTerminalInputTests {
        @Test(
            arguments: [
                ("a", [.key("a")]), ("é", [.key("é")]), ("日", [.key("日")]), ("\r", [.key(.enter)]),
                ("\u{1B}", [.key(.escape)]), ("\u{1B}OA", [.key(.up)]), ("\u{1B}[A", [.key(.up)]),
                ("\u{1B}x", [.key(.alt("x"))]), ("\u{3}", [.key(.control("c"))]), ("\u{1A}", [.key(.control("z"))]),
                ("\u{1B}[200~two\rlines\u{1B}[201~", [.paste("two\nlines")]),
                ("\u{1B}[<0;3;4M", [.mouse(MouseEvent(.press(.left), at: Point(x: 2, y: 3)))]),
                ("jjjjjjjjjj", Array(repeating: .key("j"), count: 10)),
            ] as [(String, [TerminalEvent])]
        )
        func typed(bytes: String, expected: [TerminalEvent]) throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal()
            pty.type(bytes)
            #expect(terminal.take(expected.count) == expected)
        }

        @Test
        func loneEscapeBeforeAnotherKey() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal()
            pty.type("\u{1B}")
            #expect(terminal.take(1) == [.key(.escape)])
            pty.type("q")
            #expect(terminal.take(1) == [.key("q")])
        }

        @Test
        func longPasteComesAsOne() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal()
            let text = String(repeating: "AAPL\n", count: 400)
            pty.type("\u{1B}[200~" + text)
            pty.type("\u{1B}[201~x")
            #expect(terminal.take(2) == [.paste(text), .key("x")])
        }

        @Test
        func keysOfTheTerminalsOwn() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal(["TERM": "linux"])
            pty.type("\u{1B}[[A\u{1B}[5~")
            #expect(terminal.take(2) == [.key(.function(1)), .key(.pageUp)])
        }

        @Test
        func resizesAreReportedOnce() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal(handlesSignals: true)
            terminal.present(listFrame(width: 40, height: 10))
            for width in [60, 90, 120] {
                pty.resize(width: width, height: 30)
                kill(getpid(), SIGWINCH)
            }
            #expect(terminal.take(1) == [.resize(Size(width: 120, height: 30))])
            #expect(terminal.size == Size(width: 120, height: 30))
            _ = pty.takeOutput()
            terminal.present(listFrame(width: 120, height: 30, top: 500))
            #expect(pty.takenText.contains("SYM527"))
        }

        @Test
        func continuingRepaints() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal(handlesSignals: true)
            terminal.present(listFrame(width: 40, height: 10))
            _ = pty.takeOutput()
            kill(getpid(), SIGCONT)
            #expect(terminal.take(1) == [.resumed])
            #expect(pty.takenText.contains("SYM7"))
        }

        @Test
        func leavingGivesTheTerminalBackForAWhile() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let modes = pty.modes
            let terminal = try pty.makeTerminal()
            terminal.setMouse(true)
            terminal.present(listFrame(width: 40, height: 10))
            _ = pty.takeOutput()
            terminal.leave()
            let left = pty.takenText
            #expect(pty.modes == modes)
            #expect(left.contains("\u{1B}[?1049l") && left.contains("\u{1B}[?1000l") && left.contains("\u{1B}[?2004l"))
            pty.resize(width: 50, height: 10)
            terminal.resume()
            let back = pty.takenText
            #expect(pty.modes != modes)
            #expect(back.contains("\u{1B}[?1049h") && back.contains("SYM7") && back.contains("\u{1B}[?1000h"))
            #expect(terminal.take(2) == [.resumed, .resize(Size(width: 50, height: 10))])
        }

        @Test
        func aLostConnectionEndsTheInput() throws {
            let pty = try PseudoTerminal(width: 40, height: 10)
            let terminal = try pty.makeTerminal()
            pty.hangUp()
            #expect(terminal.take(1) == [.endOfInput])
            #expect(terminal.pollEvents(timeout: nil) == [.endOfInput], "and later polls don't wait")
            terminal.present(listFrame())
            terminal.close()
        }
    }
}
