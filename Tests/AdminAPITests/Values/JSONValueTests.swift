import Testing

@testable import AdminAPI

@Suite struct JSONValueTests {
    @Test(
        arguments: [
            ("null", .null), ("true", .flag(true)), ("0", .integer(0)), ("-5", .integer(-5)), ("1.5", .real(1.5)),
            ("9223372036854775807", .integer(.max)), ("9223372036854775808", .real(9_223_372_036_854_775_808)),
            (#""a\u00e4\n""#, .text("aä\n")), ("[]", .array([])), ("{}", .object([])), (" [1 , null] ", [1, .null]),
            (#"{"b":1,"a":[{}]}"#, ["a": [[:]], "b": 1]), (#""a,]""#, "a,]"), (#"["\",]",1]"#, ["\",]", 1]),
            (#"{"a":"x\\"}"#, ["a": "x\\"]),
        ] as [(String, JSONValue)]
    )
    func `reads`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            "", " ", "{", "[1", #"{"a"}"#, #"{"a":}"#, "[1,]", "[1 , ]", #"{"a":1,}"#, "{,}", "[,]", "[1 2]", "nul",
            "True",
            "'a'", "01", "1.", ".5", "+1", "1e", "0x1", "NaN", "Infinity", #""a"#, #""\x""#, #""\u12""#, "[1]]",
            "{} {}",
            "// x\n1", "/* */ 1", "\"a\nb\"",
        ]
    )
    func `refuses`(text: String) {
        #expect(throws: MalformedJSON.self) { _ = try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test func `refuses what is not UTF-8`() {
        #expect(throws: MalformedJSON.self) { _ = try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test(arguments: [100, 513, 10_000, 500_000]) func `deep nesting ends well`(depth: Int) {
        let text = Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
        if depth <= 100 {
            #expect(throws: Never.self) { _ = try JSONValue(parsing: text) }
        } else {
            #expect(throws: MalformedJSON.self) { _ = try JSONValue(parsing: text) }
        }
    }

    @Test func `members are found by their key`() {
        let value: JSONValue = ["a": 1, "b": .null]
        #expect(value["a"] == 1 && value["b"] == .null && value["c"] == nil)
        #expect(JSONValue.array([1])["a"] == nil)
    }

    @Test(
        arguments: [.null, true, 5, .real(0.5), "a\"b", [1, [], "x"], ["k": ["n": .null], "a": [true]]] as [JSONValue]
    )
    func `writes what it can read`(value: JSONValue) throws {
        let read = try JSONValue(parsing: value.bytes)
        #expect(try JSON(read.bytes) == JSON(value.bytes))
    }
}
