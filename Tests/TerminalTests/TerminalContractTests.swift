import Foundation
import Testing

@testable import Terminal

extension TerminalTests {
    /// What holds for every terminal.
    @Suite
    struct TerminalContractTests {
        enum Kind: CaseIterable {
            case headless
            case curses
        }

        private func withTerminal(_ kind: Kind, _ body: (any Terminal) throws -> Void) throws {
            switch kind {
            case .headless: try body(HeadlessTerminal(size: Size(width: 40, height: 10)))
            case .curses:
                let pty = try PseudoTerminal(width: 40, height: 10)
                try body(pty.makeTerminal())
            }
        }

        @Test(arguments: Kind.allCases)
        func hasItsSize(kind: Kind) throws {
            try withTerminal(kind) { #expect($0.size == Size(width: 40, height: 10)) }
        }

        @Test(.timeLimit(.minutes(1)), arguments: Kind.allCases)
        func anotherThreadInterruptsThePoll(kind: Kind) throws {
            try withTerminal(kind) { terminal in
                let waker = terminal.waker
                Thread { waker.wake() }.start()
                #expect(terminal.pollEvents(timeout: nil) == [])
                #expect(terminal.pollEvents(timeout: .zero) == [])
            }
        }

        @Test(.timeLimit(.minutes(1)), arguments: Kind.allCases)
        func aWakeBeforeThePollIsNotLost(kind: Kind) throws {
            try withTerminal(kind) { terminal in
                terminal.waker.wake()
                terminal.waker.wake()
                #expect(terminal.pollEvents(timeout: nil) == [])
            }
        }

        @Test(.timeLimit(.minutes(1)), arguments: Kind.allCases)
        func closedItGivesTheEnd(kind: Kind) throws {
            try withTerminal(kind) { terminal in
                terminal.close()
                terminal.close()
                terminal.present(Frame(size: Size(width: 3, height: 3)))
                terminal.waker.wake()
                #expect(terminal.pollEvents(timeout: nil) == [.endOfInput])
            }
        }

        @Test(arguments: Kind.allCases)
        func refusesTooMuchForTheClipboard(kind: Kind) throws {
            try withTerminal(kind) { terminal in
                #expect(!terminal.copyToClipboard(String(repeating: "x", count: 60_000)))
                #expect(terminal.copyToClipboard("mdw"))
            }
        }
    }
}
