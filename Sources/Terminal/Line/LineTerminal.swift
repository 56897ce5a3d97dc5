internal import CNcurses
internal import Glibc

/// A terminal that is written to line by line and never redrawn, for screen readers and the plainest of terminals.
///
/// Keys come as they are pressed, without being echoed. Frames are not shown: what there is to say is announced. It takes
/// the signals and gives the modes back as ``CursesTerminal`` does, and there can be one of either in a process at a time.
package final class LineTerminal: Terminal {
    package let size: Size
    package let capabilities = TerminalCapabilities(colors: .none, unicode: true)
    package let notice: String? = nil
    package let waker = Waker()

    private let input: Int32
    private let output: Int32
    private let signals: Int32
    private let clipboardRoute: ClipboardSequence.Route
    private var reader: InputReader
    private var isOpen = true
    private var queued: [TerminalEvent] = []

    /// - Throws: ``TerminalError/notATerminal``.
    package init(
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        environment: [String: String]
    ) throws(TerminalError) {
        guard isatty(input) == 1, isatty(output) == 1, mdw_restore_save(input, output) else { throw .notATerminal }
        self.input = input
        self.output = output
        reader = InputReader(input: input, decoder: InputDecoder())
        clipboardRoute = ClipboardSequence.Route(environment: environment)
        // As wide as lines are wrapped nowhere: a reader reads on.
        size = Size(width: 200, height: 50)
        signals = mdw_signals_install()
        mdw_crash_install()
        mdw_restore_arm(Self.endOfPastes, Self.endOfPastes.count)
        takeKeys()
    }

    deinit { close() }

    /// Every key by itself, none echoed; Control-C and Control-Z are signals still.
    private func takeKeys() {
        var modes = termios()
        guard tcgetattr(input, &modes) == 0 else { return }
        modes.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(input, TCSANOW, &modes)
        // A paste is text, never keys.
        announceRaw(Array("\u{1B}[?2004h".utf8))
    }

    private static let endOfPastes = Array("\u{1B}[?2004l".utf8)

    /// Writes lines of text.
    package func announce(_ lines: [String]) {
        guard isOpen, !reader.hasEnded else { return }
        var rest = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                // Nobody reads: the next poll finds that the terminal is gone.
                return
            }
        }
    }

    package func present(_ frame: Frame) {}

    package func pollEvents(timeout: Duration?) -> [TerminalEvent] {
        guard isOpen, !reader.hasEnded else { return [.endOfInput] }
        let ready = reader.wait(signals: signals, waker: waker, timeout: queued.isEmpty ? timeout : .zero)
        var events: [TerminalEvent] = []
        if ready.isWoken { waker.reset() }
        if ready.hasSignal { takeSignals(into: &events) }
        reader.take(ready, into: &events)
        if reader.hasEnded { events.append(.endOfInput) }
        defer { queued = [] }
        return queued + events
    }

    private func takeSignals(into events: inout [TerminalEvent]) {
        while case let signal = mdw_signals_next(), signal != 0 {
            switch signal {
            case SIGWINCH: break
            case SIGTSTP: suspend()
            case SIGCONT: resume()
            default: events.append(.terminate(signal: signal))
            }
        }
    }

    package func suspend() {
        guard isOpen else { return }
        announceRaw(Self.endOfPastes)
        mdw_restore_modes()
        mdw_signals_stop()
        resume()
    }

    private func resume() {
        takeKeys()
        queued.append(.resumed)
    }

    package func setMouse(_ enabled: Bool) {}
    package func redraw() {}
    package func bell() { announceRaw([0x07]) }

    package func copyToClipboard(_ text: UnsafeRawBufferPointer) -> Bool {
        guard isOpen, var bytes = ClipboardSequence.bytes(for: text, route: clipboardRoute) else { return false }
        announceRaw(bytes)
        bytes.erase()
        return true
    }

    private func announceRaw(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
    }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        announceRaw(Self.endOfPastes)
        mdw_restore_disarm()
        mdw_restore_modes()
        mdw_crash_uninstall()
        mdw_signals_uninstall()
    }
}
