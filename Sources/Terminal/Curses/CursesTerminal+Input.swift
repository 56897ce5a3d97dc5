internal import CNcurses
internal import Glibc

extension CursesTerminal {
    package func pollEvents(timeout: Duration?) -> [TerminalEvent] {
        guard isOpen, !hasEnded else { return [.endOfInput] }
        let ready = reader.wait(signals: signals, waker: waker, timeout: queued.isEmpty ? timeout : .zero)
        var events: [TerminalEvent] = []
        if ready.isWoken { waker.reset() }
        if ready.hasSignal { takeSignals(into: &events) }
        reader.take(ready, into: &events)
        if hasEnded { events.append(.endOfInput) }
        defer { queued = [] }
        return queued + events
    }

    private func takeSignals(into events: inout [TerminalEvent]) {
        var (resized, stopped, continued) = (false, false, false)
        while case let signal = mdw_signals_next(), signal != 0 {
            switch signal {
            case SIGWINCH: resized = true
            case SIGTSTP: stopped = true
            case SIGCONT: continued = true
            default: events.append(.terminate(signal: signal))
            }
        }
        if stopped {
            suspend()
            // The signal that ended the stop.
            while case let signal = mdw_signals_next(), signal != 0 {
                if signal != SIGCONT && signal != SIGWINCH && signal != SIGTSTP {
                    events.append(.terminate(signal: signal))
                }
            }
        } else if continued {
            // Stopped by somebody else (kill -STOP): the shell has had the terminal.
            resume()
        }
        if resized { updateSize() }
    }
}
