import Testing

@testable import Terminal

@Suite
struct TerminalTypeTests {
    @Test(
        arguments: [
            ("xterm-256color", [:], true), ("vt100", [:], false), ("xterm", ["LANG": "C"], false),
            ("xterm", ["LANG": "de_DE.UTF-8"], true), ("xterm", ["LC_ALL": "POSIX", "LANG": "C.UTF-8"], false),
            ("xterm", ["LC_ALL": "", "LC_CTYPE": "C.utf8", "LANG": "C"], true),
            ("xterm", ["LANG": "de_DE.ISO-8859-1"], false),
        ] as [(String, [String: String], Bool)]
    )
    func unicode(name: String, environment: [String: String], expected: Bool) {
        #expect(TerminalType(name: name).showsUnicode(in: environment) == expected)
    }

    @Test(arguments: [
        ("xterm-256color", true, true), ("tmux-256color", true, true), ("screen", true, false), ("linux", false, false),
        ("vt100", false, false), ("foot", true, true), ("rxvt-unicode", true, false),
    ])
    func modes(name: String, hasPrivateModes: Bool, synchronizes: Bool) {
        #expect(TerminalType(name: name).hasPrivateModes == hasPrivateModes)
        #expect(TerminalType(name: name).synchronizes == synchronizes)
    }

    @Test(arguments: [("\u{1B}[m\u{F}$<2>", "\u{1B}[m\u{F}"), ("$<5/>a$b", "a$b"), ("$<", "$<")])
    func paddingIsLeftOut(text: String, expected: String) {
        #expect(CursesScreen.withoutPadding(text) == Array(expected.utf8))
    }
}
