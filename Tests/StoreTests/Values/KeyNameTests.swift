import Testing
import Warehouse

@Suite struct KeyNameTests {
    @Test(
        arguments: [
            ("ops", "ops"), ("  ops\t\n", "ops"), ("two words", "two words"), ("Ünïcode 鍵 🔑", "Ünïcode 鍵 🔑"),
            ("\u{A0}\u{3000}x\u{2003}", "x"), (String(repeating: "x", count: 100), String(repeating: "x", count: 100)),
            (String(repeating: "é", count: 100), String(repeating: "é", count: 100)),
        ]
    )
    func `keeps what can be shown, without spaces at its ends`(text: String, name: String) throws {
        #expect(try KeyName(text).text == name)
        #expect(try KeyName(text).description == name)
    }

    @Test(
        arguments: [
            ("", .empty), ("   ", .empty), ("\n\t\u{A0}", .empty),
            (String(repeating: "x", count: 101), .tooLong(101)),
            // One character to a reader, but many to a screen.
            ("e" + String(repeating: "\u{301}", count: 100), .tooLong(101)),
            ("a\nb", .unsafe("\n")), ("a\u{0}b", .unsafe("\u{0}")), ("a\u{1B}[2J", .unsafe("\u{1B}")),
            ("a\u{202E}b", .unsafe("\u{202E}")), ("a\u{200B}b", .unsafe("\u{200B}")), ("a\u{85}b", .unsafe("\u{85}")),
            ("\u{FEFF}a", .unsafe("\u{FEFF}")), ("a\u{2028}b", .unsafe("\u{2028}")), ("a\u{E000}", .unsafe("\u{E000}")),
        ] as [(String, InvalidKeyName)]
    )
    func `refuses what can't be shown safely`(text: String, error: InvalidKeyName) {
        #expect(throws: error) { try KeyName(text) }
    }

    @Test(
        arguments: [
            (.empty, "a key needs a name: 1 to 100 characters"),
            (.tooLong(101), "the key's name has 101 characters: 100 is the most"),
            (
                .unsafe("\u{202E}"),
                "the key's name holds the character U+202E, which can't be shown safely: "
                    + "leave out control and invisible characters"
            ),
        ] as [(InvalidKeyName, String)]
    )
    func `says what is wrong`(error: InvalidKeyName, sentence: String) {
        #expect(error.description == sentence)
    }
}
