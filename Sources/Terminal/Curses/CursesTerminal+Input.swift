internal import CNcurses
internal import Glibc

extension CursesTerminal {
    /// How long an Escape may be the beginning of a longer sequence.
    ///
    /// Terminals send those in one piece; what can tear
    /// them apart is a network, by less than this.
    private static let escapeDelay = Duration.milliseconds(25)
    /// How long the rest of a paste may take to come before the paste counts as broken off.
    private static let pasteDelay = Duration.seconds(1)
    /// Input taken in one poll at most, so that a stream without end can't keep the screen from being drawn.
    private static let inputLimit = 256 * 1024

    package func pollEvents(timeout: Duration?) -> [TerminalEvent] {
        guard isOpen, !hasEnded else { return [.endOfInput] }
        let patience = decoder.isPasting ? min(timeout ?? Self.pasteDelay, Self.pasteDelay) : timeout
        let ready = waitForInput(queued.isEmpty ? patience : .zero)
        var events: [TerminalEvent] = []
        if ready.isWoken { waker.reset() }
        if ready.hasSignal { takeSignals(into: &events) }
        if ready.hasInput { drainInput(into: &events) }
        if ready.isIdle && decoder.isPasting { events += decoder.flush() }
        if hasEnded { events.append(.endOfInput) }
        defer { queued = [] }
        return queued + events
    }

    /// What a wait ended with.
    private struct Readiness {
        var hasInput = false
        var hasSignal = false
        var isWoken = false

        /// Nothing happened until the time was over.
        var isIdle: Bool { !hasInput && !hasSignal && !isWoken }
    }

    private func waitForInput(_ timeout: Duration?) -> Readiness {
        var sources = [input, signals, waker.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let count = poll(&sources, nfds_t(sources.count), timeout.map(\.pollMilliseconds) ?? -1)
        var ready = Readiness()
        if count < 0 {
            // A signal came: its byte is in the pipe, or it was somebody else's.
            ready.hasSignal = errno == EINTR
            return ready
        }
        // A terminal that hung up is read too, which tells that it ended.
        ready.hasInput = sources[0].revents != 0
        ready.hasSignal = sources[1].revents != 0
        ready.isWoken = sources[2].revents != 0
        return ready
    }

    private func drainInput(into events: inout [TerminalEvent]) {
        var total = 0
        repeat {
            let count = readInput(into: &events)
            guard count > 0 else { break }
            total += count
            let rest = decoder.awaitsRest ? Self.escapeDelay : .zero
            guard total < Self.inputLimit, inputComes(within: rest) else { break }
        } while !hasEnded
        if decoder.awaitsRest { events += decoder.flush() }
    }

    /// Reads what there is, once, and returns how many bytes it was.
    private func readInput(into events: inout [TerminalEvent]) -> Int {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(input, &buffer, buffer.count)
        if count > 0 {
            events += decoder.decode(buffer[..<count])
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            hasEnded = true
        }
        return max(0, count)
    }

    private func inputComes(within time: Duration) -> Bool {
        var source = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&source, 1, time.pollMilliseconds) > 0
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

extension Duration {
    /// Milliseconds for `poll`, rounded up so that a wait isn't cut to nothing, at most what it takes.
    var pollMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(max(0, milliseconds))
    }
}
