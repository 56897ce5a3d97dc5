internal import Glibc

/// Reads what a terminal sends, and turns it into events as soon as it is complete.
struct InputReader {
    /// How long an Escape may be the beginning of a longer sequence.
    ///
    /// Terminals send those in one piece; what can tear them apart is a network, by less than this.
    private static let escapeDelay = Duration.milliseconds(20)
    /// How long the rest of a paste may take to come before the paste counts as broken off.
    private static let pasteDelay = Duration.seconds(1)
    /// Input taken in one poll at most, so that a stream without end can't keep the screen from being drawn.
    private static let inputLimit = 256 * 1024
    /// As much as Linux gives of a terminal's input at once: N_TTY_BUF_SIZE less one.
    private static let readLength = 4095

    private let input: Int32
    private var decoder: InputDecoder
    /// Whether nobody is there any more.
    private(set) var hasEnded = false

    init(input: Int32, decoder: InputDecoder) {
        self.input = input
        self.decoder = decoder
    }

    /// What a wait ended with.
    struct Readiness {
        fileprivate(set) var hasInput = false
        fileprivate(set) var hasSignal = false
        fileprivate(set) var isWoken = false

        /// Nothing happened until the time was over.
        fileprivate var isIdle: Bool { !hasInput && !hasSignal && !isWoken }
    }

    /// Waits for input, for a byte in the pipe of the signals, or to be woken; at most `timeout`, for ever when `nil`.
    func wait(signals: Int32, waker: Waker, timeout: Duration?) -> Readiness {
        let patience = decoder.isPasting ? min(timeout ?? Self.pasteDelay, Self.pasteDelay) : timeout
        let wanted = Int16(POLLIN)
        var sources = [
            pollfd(fd: input, events: wanted, revents: 0), pollfd(fd: signals, events: wanted, revents: 0),
            pollfd(fd: waker.descriptor, events: wanted, revents: 0),
        ]
        let count = poll(&sources, nfds_t(sources.count), patience.map(\.pollMilliseconds) ?? -1)
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

    /// Takes all that is there; a paste whose rest does not come ends.
    mutating func take(_ ready: Readiness, into events: inout [TerminalEvent]) {
        if ready.hasInput { drain(into: &events) }
        if ready.isIdle && decoder.isPasting { events += decoder.flush() }
    }

    private mutating func drain(into events: inout [TerminalEvent]) {
        var total = 0
        repeat {
            let count = read(into: &events)
            guard count > 0 else { break }
            total += count
            // A read that was not filled took all there was.
            guard decoder.awaitsRest || count == Self.readLength, total < Self.inputLimit else { break }
            guard inputComes(within: decoder.awaitsRest ? Self.escapeDelay : .zero) else { break }
        } while !hasEnded
        if decoder.awaitsRest { events += decoder.flush() }
    }

    /// Reads what there is, once, and returns how many bytes it was.
    private mutating func read(into events: inout [TerminalEvent]) -> Int {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.readLength) { buffer in
            let count = Glibc.read(input, buffer.baseAddress, buffer.count)
            if count > 0 {
                events += decoder.decode(buffer[..<count])
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                hasEnded = true
            }
            return max(0, count)
        }
    }

    private func inputComes(within time: Duration) -> Bool {
        var source = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&source, 1, time.pollMilliseconds) > 0
    }
}

extension Duration {
    /// Milliseconds for `poll`, rounded up so that a wait isn't cut to nothing, at most what it takes.
    package var pollMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(max(0, milliseconds))
    }
}
