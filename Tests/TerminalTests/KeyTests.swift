import Testing

@testable import Terminal

@Suite
struct KeyTests {
    @Test(
        arguments: [
            ("a", "a"), ("A", "A"), ("é", "é"), (">", ">"), ("<lt>", "<"), ("<Space>", " "), ("<Enter>", .enter),
            ("<Esc>", .escape), ("<Tab>", .tab), ("<S-Tab>", .backTab), ("<Up>", .up), ("<Down>", .down),
            ("<Left>", .left),
            ("<Right>", .right), ("<Home>", .home), ("<End>", .end), ("<PageUp>", .pageUp), ("<PageDown>", .pageDown),
            ("<Insert>", .insert), ("<Delete>", .delete), ("<Backspace>", .backspace), ("<F1>", .function(1)),
            ("<F12>", .function(12)), ("<C-c>", .control("c")), ("<C-Space>", .control(" ")), ("<A-x>", .alt("x")),
            ("<A-C-x>", .alt(.control("x"))), ("<C-Left>", .control(.left)), ("<S-Up>", .shift(.up)),
            ("<A-C-S-F5>", .alt(.control(.shift(.function(5))))), ("<A-Enter>", .alt(.enter)), ("<A-lt>", .alt("<")),
            ("<A->>", .alt(">")), ("<C-->", .control("-")),
        ] as [(String, Key)]
    )
    func nameAndBack(name: String, key: Key) throws {
        #expect(try Key(name: name) == key)
        #expect(key.description == name)
    }

    @Test(
        arguments: [
            ("<cr>", .enter), ("<C-C>", .control("c")), ("<esc>", .escape), ("<PgDn>", .pageDown), ("<BS>", .backspace),
            ("<M-x>", .alt("x")), ("<C-m>", .enter), ("<C-i>", .tab), ("<C-[>", .escape), ("<C-h>", .backspace),
            ("<S-a>", "A"), ("<gt>", ">"), ("<C-A-x>", .alt(.control("x"))), ("<->", "-"),
        ] as [(String, Key)]
    )
    func otherSpellings(name: String, key: Key) throws {
        #expect(try Key(name: name) == key)
    }

    @Test
    func sequence() throws {
        #expect(
            try Key.keys(in: ":add <lt>A<Enter><C-c>\n")
                == [":", "a", "d", "d", " ", "<", "A", .enter, .control("c"), .enter]
        )
        #expect(try Key.keys(in: "") == [])
    }

    @Test(
        arguments: [
            ("<Nosuch>", .unknown("Nosuch")), ("<X-a>", .unknown("X-a")), ("<F0>", .unknown("F0")),
            ("<F99>", .unknown("F99")), ("<", .unknown("")), ("<Enter", .unknown("Enter")), ("", .notOneKey("")),
            ("ab", .notOneKey("ab")), ("<>", .unknown("")),
        ] as [(String, KeyNameError)]
    )
    func mistakes(name: String, expected: KeyNameError) {
        #expect(throws: expected) { try Key(name: name) }
    }

    @Test
    func literalsAreCharacters() {
        let key = Key.control("c")
        let matches: Bool
        switch key {
        case .control("c"): matches = true
        default: matches = false
        }
        #expect(matches)
    }
}
