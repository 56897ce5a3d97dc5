internal import CNcurses
internal import Glibc

/// The terminal of a person, driven by ncurses.
///
/// There can be one in a process at a time. It takes the signals TERM, HUP, INT, QUIT, TSTP, CONT and WINCH, and gives
/// the terminal back on ``close()``, at `exit`, and when the program crashes.
package final class CursesTerminal: Terminal {
    package private(set) var size: Size
    package let capabilities: TerminalCapabilities
    package let waker = Waker()
    /// The value of TERM.
    package let requestedType: String
    /// The type that the terminal is driven as: `requestedType`, or the nearest one that is known here.
    package let effectiveType: String

    /// The signals' pipe; −1 when signals are left alone.
    let signals: Int32
    var reader: InputReader
    var isOpen = true
    /// Events that came up outside of a poll.
    var queued: [TerminalEvent] = []

    private let output: Int32
    private let screen: CursesScreen
    private let clipboardRoute: ClipboardSequence.Route
    private var styles: StyleTable
    private var shown: Frame
    private var needsRepaint = true
    private var mouse = false
    private var run: [mdw_cell] = []

    /// Takes over the terminal: its screen, modes and signals.
    ///
    /// The descriptors stay the caller's. Of the environment TERM, NO_COLOR, the locale, TMUX and STY are looked at;
    /// `unicode` overrides the locale. Without signals resizing, ^Z and crashes are the caller's business.
    /// - Throws: ``TerminalError``; then the terminal is as it was.
    package init(
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        environment: [String: String],
        unicode: Bool? = nil,
        handlesSignals: Bool = true
    ) throws(TerminalError) {
        let requested = try CursesTerminal.requestedType(input: input, output: output, environment: environment)
        let screen = try CursesScreen(type: requested, input: input, output: output)
        let monochrome = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        let model = monochrome ? StyleTable.ColorModel(count: 0, isDirect: false) : screen.colors
        self.screen = screen
        self.output = output
        requestedType = requested.name
        effectiveType = screen.type.name
        capabilities = TerminalCapabilities(
            colors: model.support,
            unicode: unicode ?? requested.showsUnicode(in: environment)
        )
        clipboardRoute = ClipboardSequence.Route(environment: environment)
        styles = StyleTable(model: model, capacity: Int(mdw_screen_pairs())) { pair, foreground, background in
            mdw_screen_pair(Int32(pair), foreground, background)
        }
        reader = InputReader(input: input, decoder: InputDecoder(keys: screen.keys))
        size = CursesTerminal.size(of: output)
        shown = Frame(size: size)
        mdw_screen_resize(Int32(size.height), Int32(size.width))
        if handlesSignals {
            signals = mdw_signals_install()
            mdw_crash_install()
        } else {
            signals = -1
        }
    }

    /// Throws the ``TerminalError`` for which opening would fail, as far as that can be told without touching anything.
    package static func check(environment: [String: String]) throws(TerminalError) {
        _ = try requestedType(input: STDIN_FILENO, output: STDOUT_FILENO, environment: environment)
    }

    static func requestedType(
        input: Int32,
        output: Int32,
        environment: [String: String]
    ) throws(TerminalError) -> TerminalType {
        guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
        guard let name = environment["TERM"], !name.isEmpty else { throw .noType }
        let requested = TerminalType(name: name)
        guard !requested.isTooSimple else { throw .tooSimple(name) }
        return requested
    }

    deinit { close() }

    var hasEnded: Bool { reader.hasEnded }

    /// One sentence when the terminal is driven as another type than it says it is.
    package var notice: String? {
        guard requestedType != effectiveType else { return nil }
        return "TERM=\(requestedType) isn't known on this machine: the terminal is driven as \(effectiveType)"
    }

    /// Larger than any screen is read on; bounds the memory when a terminal claims 65535 by 65535.
    private static let largest = Size(width: 1000, height: 500)

    private static func size(of output: Int32) -> Size {
        var (rows, columns): (Int32, Int32) = (24, 80)
        // A terminal that doesn't know its size keeps the usual one.
        _ = mdw_terminal_size(output, &rows, &columns)
        return Size(width: min(Int(columns), largest.width), height: min(Int(rows), largest.height))
    }

    // MARK: Showing

    package func present(_ frame: Frame) {
        guard isOpen, !hasEnded else { return }
        let isOwn = capabilities.unicode && frame.size == size
        var frame = frame.resized(to: size)
        if !capabilities.unicode { frame.translateToASCII() }
        // Whoever gave the frame erases it, but knows of no copy.
        defer { if !isOwn { frame.clear() } }
        var hasChanged = needsRepaint || frame.cursor != shown.cursor
        for y in 0..<size.height {
            guard let columns = frame.changedColumns(inRow: y, from: shown) else { continue }
            hasChanged = true
            put(columns, ofRow: y, of: frame)
        }
        guard hasChanged else { return }
        needsRepaint = false
        shown.cursor = frame.cursor
        screen.flush(cursor: frame.cursor.flatMap { frame.bounds.contains($0) ? $0 : nil })
    }

    /// Hands cells to ncurses and keeps them as shown.
    private func put(_ columns: Range<Int>, ofRow y: Int, of frame: Frame) {
        let start = y * size.width
        var first = columns.lowerBound
        if frame.cells[start + first].isRightHalf && first > 0 { first -= 1 }
        let changed = start + first..<start + columns.upperBound
        // A local variable: every access to one of an object is checked.
        var run: [mdw_cell] = []
        swap(&run, &self.run)
        run.removeAll(keepingCapacity: true)
        var style = frame.cells[changed.lowerBound].style
        var look = styles.resolve(style)
        for cell in frame.cells[changed] {
            if cell.style != style {
                style = cell.style
                look = styles.resolve(style)
            }
            run.append(mdw_cell(glyph: cell.glyphBits, attributes: look.attributes, pair: look.pair))
        }
        mdw_screen_put(Int32(y), Int32(first), run, Int32(run.count))
        swap(&run, &self.run)
        shown.cells[changed] = frame.cells[changed]
    }

    // MARK: The rest

    package func setMouse(_ enabled: Bool) {
        guard isOpen, mouse != enabled else { return }
        mouse = enabled
        screen.setMouse(enabled)
    }

    package func bell() {
        guard isOpen else { return }
        screen.write("\u{07}")
    }

    package func redraw() {
        guard isOpen else { return }
        mdw_screen_invalidate()
        needsRepaint = true
    }

    package func copyToClipboard(_ text: UnsafeRawBufferPointer) -> Bool {
        guard isOpen, var bytes = ClipboardSequence.bytes(for: text, route: clipboardRoute) else { return false }
        screen.write(bytes)
        bytes.erase()
        return true
    }

    package func suspend() {
        guard isOpen, !hasEnded else { return }
        leave()
        mdw_signals_stop()
        resume()
    }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        if mouse { screen.setMouse(false) }
        screen.close()
        if signals >= 0 {
            mdw_crash_uninstall()
            mdw_signals_uninstall()
        }
    }

    /// Gives the terminal to somebody else for a while.
    func leave() {
        if mouse { screen.setMouse(false) }
        screen.leave()
    }

    /// Takes the terminal back and repaints what was shown.
    func resume() {
        screen.resume()
        if mouse { screen.setMouse(true) }
        queued.append(.resumed)
        updateSize()
    }

    /// Adopts the size that the terminal has now, and reports it when it is another.
    func updateSize() {
        let now = CursesTerminal.size(of: output)
        guard now != size else { return }
        size = now
        mdw_screen_resize(Int32(now.height), Int32(now.width))
        mdw_screen_invalidate()
        shown = shown.resized(to: now)
        needsRepaint = true
        queued.removeAll { if case .resize = $0 { true } else { false } }
        queued.append(.resize(now))
    }
}
