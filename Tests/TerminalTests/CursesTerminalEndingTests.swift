import Foundation
import Testing

@testable import Terminal

/// Sends a signal to this thread, also where it is blocked, as in the workers that run tests.
private func strike(_ signal: Int32) {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, signal)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(signal)
}

/// However a program ends, its terminal is given back.
///
/// The programs are child processes on a terminal of the test's.
@Suite
struct CursesTerminalEndingTests {
    /// Opens the terminal at a path in a child process and draws.
    private static func open(_ path: String) throws -> CursesTerminal {
        let slave = Foundation.open(path, O_RDWR | O_NOCTTY)
        let terminal = try CursesTerminal(input: slave, output: slave, environment: xterm)
        terminal.present(listFrame(width: 40, height: 10))
        terminal.setMouse(true)
        return terminal
    }

    private func expectRestored(
        _ pty: PseudoTerminal,
        _ modes: [UInt32],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let text = pty.takenText
        #expect(text.contains("SYM7"), "it was drawn", sourceLocation: sourceLocation)
        for restored in ["\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?2004l", "\u{1B}[?1000l", "\u{1B}[?2026l"] {
            #expect(text.contains(restored), sourceLocation: sourceLocation)
        }
        #expect(pty.modes == modes, sourceLocation: sourceLocation)
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP, SIGFPE])
    func crashSignal(_ signal: Int32) async throws {
        let pty = try PseudoTerminal(width: 40, height: 10)
        let modes = pty.modes
        await #expect(processExitsWith: .signal(signal)) { [path = pty.path as String, signal = signal as Int32] in
            try withExtendedLifetime(CursesTerminalEndingTests.open(path)) { strike(signal) }
        }
        expectRestored(pty, modes)
    }

    @Test
    func swiftTrap() async throws {
        let pty = try PseudoTerminal(width: 40, height: 10)
        let modes = pty.modes
        await #expect(processExitsWith: .failure) { [path = pty.path as String] in
            let terminal = try CursesTerminalEndingTests.open(path)
            let rows = terminal.size.height
            print([1, 2, 3][rows])
        }
        expectRestored(pty, modes)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func terminatingSignal(_ signal: Int32) async throws {
        let pty = try PseudoTerminal(width: 40, height: 10)
        let modes = pty.modes
        await #expect(processExitsWith: .exitCode(128 + signal)) {
            [path = pty.path as String, signal = signal as Int32] in
            let terminal = try CursesTerminalEndingTests.open(path)
            kill(getpid(), signal)
            guard case .terminate(let received)? = terminal.take(1).first else { exit(1) }
            terminal.close()
            exit(128 + received)
        }
        expectRestored(pty, modes)
    }

    @Test
    func exitWithoutClosing() async throws {
        let pty = try PseudoTerminal(width: 40, height: 10)
        let modes = pty.modes
        await #expect(processExitsWith: .exitCode(3)) { [path = pty.path as String] in
            let terminal = try CursesTerminalEndingTests.open(path)
            exit(terminal.isOpen ? 3 : 1)
        }
        expectRestored(pty, modes)
    }

    @Test
    func aHungProgramEndsAtTheThirdSignal() async throws {
        let pty = try PseudoTerminal(width: 40, height: 10)
        let modes = pty.modes
        await #expect(processExitsWith: .signal(SIGTERM)) { [path = pty.path as String] in
            try withExtendedLifetime(CursesTerminalEndingTests.open(path)) {
                for _ in 0..<3 { strike(SIGTERM) }
                exit(1)
            }
        }
        expectRestored(pty, modes)
    }

    @Test
    func aStopLeavesTheScreenAndComesBack() async throws {
        let pty = try PseudoTerminal(width: 40, height: 10)
        await #expect(processExitsWith: .exitCode(0)) { [path = pty.path as String] in
            // In a session of its own nobody could continue it: the system drops the stop, all else is as it would be.
            setsid()
            let terminal = try CursesTerminalEndingTests.open(path)
            kill(getpid(), SIGTSTP)
            let events = terminal.take(1)
            terminal.close()
            exit(events == [.resumed] ? 0 : 1)
        }
        let text = pty.takenText
        #expect(text.components(separatedBy: "\u{1B}[?1049l").count == 3, "left for the stop and at the end")
        #expect(text.components(separatedBy: "SYM7").count == 3, "and drawn twice")
    }
}
