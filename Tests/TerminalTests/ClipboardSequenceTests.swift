import Testing

@testable import Terminal

@Suite
struct ClipboardSequenceTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("ÿ>?", "w78+Pw=="),
    ])
    func base64(text: String, expected: String) {
        var encoded: [UInt8] = []
        ClipboardSequence.appendBase64(of: text.utf8, to: &encoded)
        #expect(String(decoding: encoded, as: UTF8.self) == expected)
    }

    @Test(
        arguments: [
            (.direct, "\u{1B}]52;c;Zm9v\u{7}"),
            (.tmux, "\u{1B}]52;c;Zm9v\u{7}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{7}\u{1B}\\"),
            (.screen, "\u{1B}P\u{1B}]52;c;Zm9v\u{7}\u{1B}\\"),
        ] as [(ClipboardSequence.Route, String)]
    )
    func wrapping(route: ClipboardSequence.Route, expected: String) throws {
        let bytes = try #require(ClipboardSequence.bytes(for: "foo".utf8, route: route))
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test
    func screenTakesItInParts() throws {
        let bytes = try #require(ClipboardSequence.bytes(for: String(repeating: "x", count: 1200).utf8, route: .screen))
        let parts = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\u{1B}\\")
        #expect(parts.count == 4 && parts[3].isEmpty)
        #expect(parts.dropLast().allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 702 })
    }

    @Test
    func tooLong() {
        let count = { ClipboardSequence.bytes(for: String(repeating: "x", count: $0).utf8, route: .direct)?.count }
        #expect(count(56_244) == 75_000)
        #expect(count(56_245) == nil)
    }

    @Test(
        arguments: [
            ([:], .direct), (["TERM": "xterm"], .direct), (["TERM": "screen", "TMUX": "/tmp/x"], .tmux),
            (["TERM": "tmux-256color"], .tmux), (["TERM": "screen-256color"], .screen), (["STY": "1.pts"], .screen),
        ] as [([String: String], ClipboardSequence.Route)]
    )
    func route(environment: [String: String], expected: ClipboardSequence.Route) {
        #expect(ClipboardSequence.Route(environment: environment) == expected)
    }
}

extension String {
    /// The parts between occurrences of a separator.
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = [""]
        var rest = unicodeScalars[...]
        while let first = rest.first {
            if rest.starts(with: separator.unicodeScalars) {
                parts.append("")
                rest = rest.dropFirst(separator.unicodeScalars.count)
            } else {
                parts[parts.count - 1].unicodeScalars.append(first)
                rest = rest.dropFirst()
            }
        }
        return parts
    }
}
