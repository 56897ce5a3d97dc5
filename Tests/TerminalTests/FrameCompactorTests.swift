import Testing

@testable import Terminal

@Suite
struct FrameCompactorTests {
    private func compact(_ text: String) -> String {
        String(decoding: FrameCompactor.compact(Array(text.replacingEscapes.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("text", "hello", "hello"),
        ("a reset in three", "^[31mx^[39m^(B^[m", "^[31mx^[m"),
        (
            "the same background again", "^[48;5;24ma^[32m^[48;5;24mb^[39;49m^[48;5;24mc^[m",
            "^[48;5;24ma^[32mb^[39mc^[m"
        ),
        ("nothing is written with it", "^[31m^[5;5H^[32mx^[m", "^[5;5H^[32mx^[m"),
        ("erasing is writing", "^[44m^[10X^[m", "^[44m^[10X^[m"), ("clearing too", "^[44m^[K^[m", "^[44m^[K^[m"),
        ("an attribute goes", "^[1;31mx^[0;31my^[m", "^[1;31mx^[0;31my^[m"),
        ("attributes come", "^[7mx^[1mz^[22;27mw", "^[7mx^[1mz^[mw"),
        ("a line that scrolls in", "^[44m\n^[m", "^[44m\n^[m"),
        ("saved with the cursor", "^7^[2;39r^8\r\n", "^7^[2;39r^8\r\n"),
        ("the rendition that comes back", "^[31m^7^[mx^8y", "^[31m^7^[mx^8^[my"),
        ("true colour", "^[38;2;1;2;3mx^[38:2::1:2:3my^[m", "^[38;2;1;2;3mx^[38:2::1:2:3my^[m"),
        ("line drawing is kept", "^(0q^(Bx", "^(0q^(Bx"), ("unknown renditions", "^[58;5;1mx", "^[58;5;1mx"),
        ("an unfinished sequence", "x^[12", "x^[12"),
    ])
    func rewriting(name: String, bytes: String, expected: String) {
        #expect(compact(bytes) == expected.replacingEscapes)
    }
}

extension String {
    /// `^` stands for Escape, to be read more easily.
    fileprivate var replacingEscapes: String {
        String(map { $0 == "^" ? "\u{1B}" : $0 })
    }
}
