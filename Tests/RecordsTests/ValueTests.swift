import Testing
import Warehouse

@testable import Records

/// How values read to people and to machines.
@Suite struct ValueTests {
    static let time = Timestamp(iso: "2026-11-24T10:15:30.5Z")

    @Test(
        arguments: [
            ("nothing", .none, "-", "null", ""),
            ("an id", .id(1_234_567), "1234567", "1234567", "1234567"),
            ("a number", .integer(1_234_567), "1,234,567", "1234567", "1234567"),
            ("a negative number", .integer(-1000), "-1,000", "-1000", "-1000"),
            ("a fraction", .real(155.5485), "155.5485", "155.5485", "155.5485"),
            ("a whole fraction", .real(37_039_737), "37039737.0", "37039737", "37039737"),
            ("not a number", .real(.nan), "nan", "null", ""),
            ("infinite", .real(.infinity), "inf", "null", ""),
            ("text", .text("a b"), "a b", #""a b""#, "a b"),
            ("quotes", .text(#"say "a", b\c"#), #"say "a", b\c"#, #""say \"a\", b\\c""#, #""say ""a"", b\c""#),
            (
                "escapes of a terminal", .text("a\u{1B}[31m\n\u{7F}"), "a\u{FFFD}[31m\u{FFFD}\u{FFFD}",
                #""a\u001b[31m\n\u007f""#, "a\u{FFFD}[31m\u{FFFD}\u{FFFD}"
            ),
            ("a direction override", .text("\u{202E}x"), "\u{FFFD}x", #""\u202ex""#, "\u{FFFD}x"),
            ("a tag", .text("\u{E0041}"), "\u{FFFD}", #""\udb40\udc41""#, "\u{FFFD}"),
            ("yes", .flag(true), "yes", "true", "true"),
            (
                "a time", .time(time), "2026-11-24 10:15", #""2026-11-24T10:15:30.500000Z""#,
                "2026-11-24T10:15:30.500000Z"
            ),
            ("a share", .share(0.9999), "99.9 %", "0.9999", "0.9999"),
            ("bytes", .bytes(1_512_345), "1.5 MB", "1512345", "1512345"),
            ("a list", .list([.text("1h"), .text("1d")]), "1h,1d", #"["1h","1d"]"#, "1h 1d"),
            (
                "an object", .object([.init("b", .id(1)), .init("a", .none)]), "b 1, a -", #"{"b":1,"a":null}"#,
                #""{""b"":1,""a"":null}""#
            ),
        ] as [(String, Value, String, String, String)]
    )
    func faces(_ name: String, _ value: Value, _ cell: String, _ json: String, _ csv: String) {
        #expect(value.cell == cell)
        #expect(value.json == json)
        #expect(value.csv == csv)
    }

    @Test func prettyJSONKeepsTheOrder() {
        let value = Value.object([
            .init("z", .id(1)), .init("empty", .list([])),
            .init("inner", .object([.init("y", .text("é")), .init("x", .list([.id(1), .id(2)]))])),
            .init("rows", .list([.object([.init("a", .flag(false))])])),
        ])
        #expect(
            value.prettyJSON() == """
                {
                  "z": 1,
                  "empty": [],
                  "inner": {
                    "y": "é",
                    "x": [1,2]
                  },
                  "rows": [
                    {
                      "a": false
                    }
                  ]
                }
                """
        )
    }
}
