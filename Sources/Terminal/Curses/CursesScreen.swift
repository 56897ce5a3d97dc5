internal import CNcurses

/// ncurses' one screen, and what is written beside it: modes that ncurses doesn't know, and the bytes that restore the
/// terminal when the program crashes.
struct CursesScreen {
    /// The type that ncurses knows the terminal by: the one asked for, or its substitute.
    let type: TerminalType
    let colors: StyleTable.ColorModel
    private let output: Int32
    // Asked for each frame.
    private let hasPrivateModes: Bool
    private let synchronizes: Bool

    /// - Throws: ``TerminalError``; then the terminal is as it was.
    init(type: TerminalType, input: Int32, output: Int32) throws(TerminalError) {
        guard mdw_restore_save(input, output) else { throw .notATerminal }
        self.type = try CursesScreen.open(type, input: input, output: output)
        self.output = output
        hasPrivateModes = self.type.hasPrivateModes
        synchronizes = self.type.synchronizes
        // Hardcopy types and the like are known but can't be addressed.
        guard mdw_screen_string("cup") != nil else {
            mdw_screen_close()
            mdw_restore_modes()
            throw .tooSimple(type.name)
        }
        colors = StyleTable.ColorModel(count: Int(mdw_screen_colors()), isDirect: mdw_screen_has("RGB"))
        arm()
        writeModes(on: true)
    }

    private static func open(_ type: TerminalType, input: Int32, output: Int32) throws(TerminalError) -> TerminalType {
        for name in [type.name] + type.substitutes {
            switch mdw_screen_open(name, input, output) {
            case MDW_OPENED: return TerminalType(name: name)
            case MDW_BUSY: throw .alreadyOpen
            case MDW_NO_RESOURCES: throw .noResources
            default: continue
            }
        }
        throw .unknownType(type.name)
    }

    func close() {
        writeModes(on: false)
        mdw_restore_disarm()
        mdw_screen_close()
        mdw_restore_modes()
    }

    func leave() {
        writeModes(on: false)
        mdw_screen_leave()
        mdw_restore_disarm()
        mdw_restore_modes()
    }

    func resume() {
        mdw_screen_resume()
        arm()
        writeModes(on: true)
    }

    /// Writes what was put since the last time, all of it in one piece.
    func flush(cursor: Point?) {
        var count = 0
        guard let captured = mdw_screen_flush(Int32(cursor?.y ?? -1), Int32(cursor?.x ?? -1), &count) else { return }
        var bytes = Array(UnsafeBufferPointer(start: captured, count: count))
        if hasPrivateModes {
            let compacted = FrameCompactor.compact(bytes)
            bytes.erase()
            bytes = compacted
        }
        if synchronizes {
            var frame: [UInt8] = []
            frame.reserveCapacity(bytes.count + 16)
            frame += "\u{1B}[?2026h".utf8
            frame += bytes
            frame += "\u{1B}[?2026l".utf8
            bytes.erase()
            bytes = frame
        }
        write(bytes)
        bytes.erase()
        mdw_screen_flushed(count)
    }

    /// Clicks and the wheel, in SGR reports.
    func setMouse(_ enabled: Bool) {
        guard hasPrivateModes else { return }
        write(enabled ? "\u{1B}[?1000h\u{1B}[?1006h" : CursesScreen.mouseOff)
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) { mdw_write(output, bytes, bytes.count) }

    private static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

    private func writeModes(on: Bool) {
        guard hasPrivateModes else { return }
        write(on ? "\u{1B}[?2004h" : "\u{1B}[?2004l")
    }

    /// Keeps what a crash writes: an unfinished frame ended, modes off, then the screen left as ncurses leaves it.
    private func arm() {
        var bytes: [UInt8] = []
        if synchronizes { bytes += Array("\u{1B}[?2026l".utf8) }
        if hasPrivateModes { bytes += Array(("\u{1B}[?2004l" + CursesScreen.mouseOff).utf8) }
        for name in ["sgr0", "rmkx", "cnorm", "rmcup"] { bytes += CursesScreen.capability(name) }
        mdw_restore_arm(bytes, bytes.count)
    }

    /// A string of terminfo without its padding (`$<5>`), which no terminal of today needs.
    static func capability(_ name: String) -> [UInt8] {
        guard let value = mdw_screen_string(name) else { return [] }
        return withoutPadding(String(cString: value))
    }

    static func withoutPadding(_ text: String) -> [UInt8] {
        var kept = ""
        var rest = text[...]
        while let first = rest.popFirst() {
            if first == "$", rest.first == "<", let end = rest.firstIndex(of: ">") {
                rest = rest[rest.index(after: end)...]
            } else {
                kept.append(first)
            }
        }
        return Array(kept.utf8)
    }

    /// What terminfo says the terminal sends for named keys.
    var keys: [[UInt8]: Key] {
        var names: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backTab),
            ("kent", .enter), ("kri", .shift(.up)), ("kind", .shift(.down)), ("kLFT", .shift(.left)),
            ("kRIT", .shift(.right)),
        ]
        for number in 1...12 { names.append(("kf\(number)", .function(number))) }
        var keys: [[UInt8]: Key] = [:]
        for (name, key) in names {
            let sequence = CursesScreen.capability(name)
            if sequence.count > 1 && sequence[0] == 0x1B { keys[sequence] = key }
        }
        return keys
    }
}
