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

    /// The bytes to write, or `nil` when the text is too long.
    static func bytes(for text: String, route: Route) -> [UInt8]? {
        let content = base64(Array(text.utf8))
        guard content.count <= longest else { return nil }
        let sequence = Array("\u{1B}]52;c;".utf8) + content + [0x07]
        switch route {
        case .direct: return sequence
        // Bare for a tmux that keeps the clipboard itself (set-clipboard on), wrapped for one that lets sequences
        // through (allow-passthrough on); each ignores the other.
        case .tmux:
            let doubled = sequence.flatMap { $0 == 0x1B ? [0x1B, 0x1B] : [$0] }
            return sequence + Array("\u{1B}Ptmux;".utf8) + doubled + Array("\u{1B}\\".utf8)
        case .screen:
            return stride(from: 0, to: sequence.count, by: screenPart).flatMap { start in
                let part = sequence[start..<min(start + screenPart, sequence.count)]
                return Array("\u{1B}P".utf8) + part + Array("\u{1B}\\".utf8)
            }
        }
    }

    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                encoded.append(place <= group.count ? alphabet[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return encoded
    }
}
