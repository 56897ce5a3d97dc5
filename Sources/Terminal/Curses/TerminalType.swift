/// What a terminal's name and the environment tell, before terminfo is asked.
struct TerminalType: Hashable, Sendable {
    let name: String

    /// Emulators that follow xterm, by the beginning of their names.
    private static let xtermLike = [
        "xterm", "tmux", "alacritty", "foot", "kitty", "wezterm", "ghostty", "contour", "rio", "konsole", "gnome",
        "vte", "iterm", "st-", "mintty", "putty", "rxvt", "screen",
    ]

    /// Types to try when terminfo doesn't know the name, the nearest first.
    var substitutes: [String] {
        if hasPrefix(of: ["vt2", "vt3", "vt4", "vt5"]) { return ["vt220", "vt100"] }
        if hasPrefix(of: ["vt1"]) { return ["vt100"] }
        if hasPrefix(of: ["linux"]) { return ["linux", "xterm", "vt100"] }
        if hasPrefix(of: ["tmux", "screen"]) {
            return ["tmux-256color", "screen-256color", "screen", "xterm-256color", "xterm", "vt100"]
        }
        if hasPrefix(of: ["rxvt"]) { return ["rxvt-256color", "rxvt", "xterm-256color", "xterm", "vt100"] }
        // Nearly everything that is newer than the local terminfo follows xterm.
        return ["xterm-256color", "xterm", "vt100"]
    }

    /// Whether it can be a screen at all.
    var isTooSimple: Bool { name == "dumb" || name == "unknown" }

    /// Whether it takes bracketed paste and mouse reports; others would ignore the sequences or print them.
    var hasPrivateModes: Bool { hasPrefix(of: TerminalType.xtermLike) }

    /// Whether frames are wrapped in synchronized output (DEC private mode 2026); a terminal that follows xterm and
    /// doesn't know the mode ignores it.
    var synchronizes: Bool { hasPrivateModes && !hasPrefix(of: ["rxvt", "screen"]) }

    /// Whether the terminal is likely to show UTF-8: what the first set of LC_ALL, LC_CTYPE and LANG says.
    ///
    /// Without any, as on many servers, it is taken for granted but for the old hardware.
    func showsUnicode(in environment: [String: String]) -> Bool {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"]
        guard let locale = names.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else {
            return !name.hasPrefix("vt") || name.hasPrefix("vte")
        }
        let charset = locale.lowercased()
        return charset.contains("utf-8") || charset.contains("utf8")
    }

    private func hasPrefix(of prefixes: [String]) -> Bool { prefixes.contains { name.hasPrefix($0) } }
}
