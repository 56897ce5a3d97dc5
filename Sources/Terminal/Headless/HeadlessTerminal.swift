internal import Glibc

/// A terminal without a terminal, for scripts and tests: it keeps the last frame and gives the events it is fed.
package final class HeadlessTerminal: Terminal {
    package private(set) var size: Size
    package let capabilities: TerminalCapabilities
    package let notice: String? = nil
    package let waker = Waker()

    /// The last frame that was presented, cut or filled to the size; `nil` before the first.
    package private(set) var frame: Frame?
    /// How many frames differed from the one before, that is, would have been drawn.
    package private(set) var presentedFrames = 0
    /// How often ``present(_:)`` was called.
    package private(set) var presentCalls = 0
    package private(set) var bells = 0
    package private(set) var suspensions = 0
    /// What was last copied.
    package private(set) var clipboard: String?
    package private(set) var isMouseEnabled = false
    package private(set) var isClosed = false

    private var events: [TerminalEvent] = []

    package init(
        size: Size,
        capabilities: TerminalCapabilities = TerminalCapabilities(colors: .palette256, unicode: true)
    ) {
        self.size = size
        self.capabilities = capabilities
    }

    // MARK: Feeding

    package func feed(_ more: [TerminalEvent]) { events += more }

    package func feed(keys: [Key]) { events += keys.map(TerminalEvent.key) }

    /// Changes the size; the program is told by the next poll, once for several changes.
    package func resize(to size: Size) {
        events.removeAll { if case .resize = $0 { true } else { false } }
        events.append(.resize(size))
    }

    /// Whether events wait for a poll.
    package var hasEvents: Bool { !events.isEmpty }

    // MARK: Terminal

    package func present(_ frame: Frame) {
        guard !isClosed else { return }
        presentCalls += 1
        var next = frame.resized(to: size)
        if !capabilities.unicode { next.translateToASCII() }
        guard next != self.frame else { return }
        self.frame = next
        presentedFrames += 1
    }

    package func pollEvents(timeout: Duration?) -> [TerminalEvent] {
        guard !isClosed else { return [.endOfInput] }
        if events.isEmpty {
            var source = pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&source, 1, timeout.map(\.pollMilliseconds) ?? -1)
        }
        waker.reset()
        let taken = events
        events = []
        for case .resize(let size) in taken { self.size = size }
        return taken
    }

    package func setMouse(_ enabled: Bool) { isMouseEnabled = enabled }

    package func suspend() {
        suspensions += 1
        events.append(.resumed)
    }

    package func bell() { bells += 1 }

    package func redraw() { frame = nil }

    package func copyToClipboard(_ text: UnsafeRawBufferPointer) -> Bool {
        guard ClipboardSequence.bytes(for: text, route: .direct) != nil else { return false }
        clipboard = String(decoding: text, as: UTF8.self)
        return true
    }

    package func close() { isClosed = true }
}
