import Testing

@testable import Terminal

@Suite
struct InputDecoderTests {
    private static let cases: [(String, [TerminalEvent])] = [
        ("aZ~", [.key("a"), .key("Z"), .key("~")]),
        ("é日🚀", [.key("é"), .key("日"), .key("🚀")]),
        ("\r\n\t\u{8}\u{7F}", [.key(.enter), .key(.enter), .key(.tab), .key(.backspace), .key(.backspace)]),
        ("\u{0}\u{1}\u{1A}\u{1C}\u{1F}", " az\\_".map { .key(.control(.character($0))) }),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.key(.up), .key(.down), .key(.right), .key(.left)]),
        (
            "\u{1B}OA\u{1B}OH\u{1B}OF\u{1B}OP\u{1B}OM",
            [.key(.up), .key(.home), .key(.end), .key(.function(1)), .key(.enter)]
        ),
        ("\u{1B}[H\u{1B}[1~\u{1B}[4~\u{1B}[5~\u{1B}[6~", [.home, .home, .end, .pageUp, .pageDown].map { .key($0) }),
        ("\u{1B}[2~\u{1B}[3~\u{1B}[Z", [.key(.insert), .key(.delete), .key(.backTab)]),
        ("\u{1B}[11~\u{1B}[15~\u{1B}[17~\u{1B}[24~", [1, 5, 6, 12].map { .key(.function($0)) }),
        ("\u{1B}[[A\u{1B}[[E", [.key(.function(1)), .key(.function(5))]),
        ("\u{1B}[1;5C\u{1B}[1;2A", [.key(.control(.right)), .key(.shift(.up))]),
        ("\u{1B}[1;3B\u{1B}[3;8~", [.key(.alt(.down)), .key(.alt(.control(.shift(.delete))))]),
        ("\u{1B}[27;5;9~\u{1B}[97;5u\u{1B}[27u", [.key(.control(.tab)), .key(.control("a")), .key(.escape)]),
        ("\u{1B}x\u{1B}é\u{1B}\r", [.key(.alt("x")), .key(.alt("é")), .key(.alt(.enter))]),
        ("\u{1B}\u{1B}[A", [.key(.alt(.up))]),
        ("\u{1B}\u{1B}x", [.key(.escape), .key(.alt("x"))]),
        ("\u{1B}[I\u{1B}[O", [.focus(true), .focus(false)]),
        ("\u{1B}[200~a\u{1B}[201~b", [.paste("a"), .key("b")]),
        ("\u{1B}[200~\u{1B}[201~", [.paste("")]),
        ("\u{1B}[200~q\r\ny\rz\n\tw\u{1B}[31m\u{3}\u{1B}[201~", [.paste("q\ny\nz\n\tw[31m")]),
        ("\u{1B}[200~\u{1B}[20\u{1B}[201~", [.paste("[20")]),
        ("\u{1B}[201~x", [.key("x")]),
        ("\u{1B}[?1;2cx\u{1B}[99~y\u{1B}[8888888888888888888888888888~z", [.key("x"), .key("y"), .key("z")]),
        (
            "\u{1B}[<64;1;1M\u{1B}[<65;300;200M",
            [
                .mouse(MouseEvent(.wheelUp, at: Point(x: 0, y: 0))),
                .mouse(MouseEvent(.wheelDown, at: Point(x: 299, y: 199))),
            ]
        ),
        (
            "\u{1B}[<0;5;6M\u{1B}[<32;6;6M\u{1B}[<0;6;6m",
            [
                .mouse(MouseEvent(.press(.left), at: Point(x: 4, y: 5))),
                .mouse(MouseEvent(.drag(.left), at: Point(x: 5, y: 5))),
                .mouse(MouseEvent(.release(.left), at: Point(x: 5, y: 5))),
            ]
        ),
        (
            "\u{1B}[<22;1;1M",
            [.mouse(MouseEvent(.press(.right), at: Point(x: 0, y: 0), control: true, shift: true))]
        ),
        (
            "\u{1B}[M !!\u{1B}[M#!!",
            [
                .mouse(MouseEvent(.press(.left), at: Point(x: 0, y: 0))),
                .mouse(MouseEvent(.release(.unknown), at: Point(x: 0, y: 0))),
            ]
        ),
        ("\u{1B}[<0;0;0M", [.mouse(MouseEvent(.press(.left), at: Point(x: 0, y: 0)))]),
    ]

    @Test(arguments: cases)
    func inOnePiece(bytes: String, expected: [TerminalEvent]) {
        var decoder = InputDecoder()
        #expect(decoder.decode(bytes.utf8) == expected)
        #expect(!decoder.awaitsRest && !decoder.isPasting)
    }

    @Test(arguments: cases)
    func byteByByte(bytes: String, expected: [TerminalEvent]) {
        var decoder = InputDecoder()
        #expect(bytes.utf8.flatMap { decoder.decode([$0]) } == expected)
    }

    @Test(
        arguments: [
            ("\u{1B}", [.key(.escape)]), ("\u{1B}\u{1B}", [.key(.escape), .key(.escape)]),
            ("\u{1B}[", [.key(.alt("["))]),
            ("\u{1B}O", [.key(.alt("O"))]), ("\u{1B}[1;", []), ("\u{1B}[200~broken", [.paste("broken")]),
        ] as [(String, [TerminalEvent])]
    )
    func whatIsHeldBackComesWithTime(bytes: String, expected: [TerminalEvent]) {
        var decoder = InputDecoder()
        #expect(decoder.decode(bytes.utf8) == [])
        #expect(decoder.awaitsRest != decoder.isPasting)
        #expect(decoder.flush() == expected)
        #expect(decoder.decode("x".utf8) == [.key("x")], "and then all is as before")
    }

    @Test(
        arguments: [
            ("not UTF-8", [0x61, 0xFF, 0x62]), ("a lone continuation", [0x61, 0x80, 0x62]),
            ("a character cut short", [0x61, 0xE6, 0x97, 0x62]), ("an overlong slash", [0x61, 0xC0, 0xAF, 0x62]),
            ("a surrogate", [0x61, 0xED, 0xA0, 0x80, 0x62]), ("beyond Unicode", [0x61, 0xF4, 0x90, 0x80, 0x80, 0x62]),
        ] as [(String, [UInt8])]
    )
    func rubbishCostsNoKeys(name: String, bytes: [UInt8]) {
        var decoder = InputDecoder()
        #expect(decoder.decode(bytes) == [.key("a"), .key("b")])
    }

    @Test
    func pasteIsBounded() {
        var decoder = InputDecoder()
        var events = decoder.decode("\u{1B}[200~".utf8)
        for _ in 0..<3 { events += decoder.decode(repeatElement(0x41, count: 1 << 19)) }
        events += decoder.decode("\u{1B}[201~x".utf8)
        #expect(events == [.paste(String(repeating: "A", count: 1 << 20)), .key("x")])
    }

    @Test
    func terminfoComesFirst() {
        var decoder = InputDecoder(keys: [Array("\u{1B}[25~".utf8): .shift(.function(1)), Array("\u{1B}A".utf8): .up])
        #expect(
            decoder.decode("\u{1B}[25~\u{1B}A\u{1B}B".utf8) == [.key(.shift(.function(1))), .key(.up), .key(.alt("B"))]
        )
    }
}
