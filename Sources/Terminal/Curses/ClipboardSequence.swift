/// The escape sequence that gives text to the clipboard of the terminal's user (OSC 52), through tmux and screen too.
enum ClipboardSequence {
    /// xterm and tmux take no more than this much base64.
    static let longest = 74_994
    /// GNU screen takes strings of at most 768 bytes, and joins what comes in parts.
    private static let screenPart = 700

    /// The way between the program and the terminal.
    enum Route: Hashable, Sendable {
        case direct
        case tmux
        case screen

        init(environment: [String: String]) {
            let type = environment["TERM"] ?? ""
            if environment["TMUX"] != nil || type.hasPrefix("tmux") {
                self = .tmux
            } else if environment["STY"] != nil || type.hasPrefix("screen") {
                self = .screen
            } else {
                self = .direct
            }
        }
    }

    /// The bytes to write, to be erased afterwards, or `nil` when the text is too long.
    static func bytes(for text: some Collection<UInt8>, route: Route) -> [UInt8]? {
        let length = (text.count + 2) / 3 * 4
        guard length <= longest else { return nil }
        // Room for all of it at once: an array that grows leaves what it held behind.
        var sequence: [UInt8] = []
        sequence.reserveCapacity(length + 16)
        sequence += "\u{1B}]52;c;".utf8
        appendBase64(of: text, to: &sequence)
        sequence.append(0x07)
        guard route != .direct else { return sequence }
        defer { sequence.erase() }
        var wrapped: [UInt8] = []
        wrapped.reserveCapacity(2 * sequence.count + 32)
        switch route {
        case .direct: break
        // Bare for a tmux that keeps the clipboard itself (set-clipboard on), wrapped for one that lets sequences
        // through (allow-passthrough on); each ignores the other.
        case .tmux:
            wrapped += sequence
            wrapped += "\u{1B}Ptmux;".utf8
            for byte in sequence {
                if byte == 0x1B { wrapped.append(byte) }
                wrapped.append(byte)
            }
            wrapped += "\u{1B}\\".utf8
        case .screen:
            for start in stride(from: 0, to: sequence.count, by: screenPart) {
                wrapped += "\u{1B}P".utf8
                wrapped += sequence[start..<min(start + screenPart, sequence.count)]
                wrapped += "\u{1B}\\".utf8
            }
        }
        return wrapped
    }

    static func appendBase64(of bytes: some Collection<UInt8>, to encoded: inout [UInt8]) {
        var (word, count) = (0, 0)
        func finish() {
            word <<= 8 * (3 - count)
            for place in 0..<4 {
                encoded.append(place <= count ? alphabet[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
            (word, count) = (0, 0)
        }
        for byte in bytes {
            word = word << 8 | Int(byte)
            count += 1
            if count == 3 { finish() }
        }
        if count > 0 { finish() }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
