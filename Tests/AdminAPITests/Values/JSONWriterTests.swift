import Testing
import Warehouse

@testable import AdminAPI

@Suite struct JSONWriterTests {
    private static func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            ("plain", #""plain""#), ("", #""""#), (#"a"b\c"#, #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#),
            ("\u{0}\u{1F}\u{7F}", #""\u0000\u001f\u007f""#), ("ä€😀", #""ä€😀""#),
            ("\u{2028}</script>", "\"\u{2028}</script>\""),
        ]
    )
    func `texts are escaped`(text: String, expected: String) throws {
        let json = Self.written { $0.string(text) }
        #expect(json == expected)
        #expect(try JSON(json) == .text(text))
    }

    @Test(
        arguments: [0, 1, -1, 9, 10, 1_234_567_890, Int64.max, Int64.min, -10, 100]
    )
    func `whole numbers`(number: Int64) {
        #expect(Self.written { $0.integer(number) } == String(number))
    }

    @Test(
        arguments: [
            (0, "0.0"), (1, "1.0"), (-0.1, "-0.1"), (1.0 / 3, "0.3333333333333333"), (1e300, "1e+300"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
        ] as [(Double, String)]
    )
    func `numbers`(number: Double, expected: String) throws {
        let json = Self.written { $0.real(number) }
        #expect(json == expected)
        if number.isFinite { #expect(try JSON(json).number == number) }
    }

    @Test(
        arguments: [
            ("2026-05-30T00:00:00Z", "2026-05-30T00:00:00+00:00"), ("1970-01-01", "1970-01-01T00:00:00+00:00"),
            ("2024-02-29T23:59:59.000001Z", "2024-02-29T23:59:59.000001+00:00"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000+00:00"),
            ("0999-01-02T03:04:05Z", "0999-01-02T03:04:05+00:00"),
        ]
    )
    func `times`(iso: String, expected: String) {
        #expect(Self.written { $0.time(Seed.time(iso)) } == "\"\(expected)\"")
    }

    @Test func `commas come by themselves`() {
        let json = Self.written { writer in
            writer.object { writer in
                writer.key("a")
                writer.array { writer in
                    writer.integer(1)
                    writer.null()
                    writer.object { _ in }
                    writer.array { _ in }
                    writer.flag(true)
                }
                writer.key("b")
                writer.string("x")
                writer.key("c")
                writer.raw("[1]")
            }
        }
        #expect(json == #"{"a":[1,null,{},[],true],"b":"x","c":[1]}"#)
    }

    @Test func `what was written can be taken in pieces`() {
        var writer = JSONWriter()
        writer.open("[")
        writer.integer(1)
        #expect(writer.take() == Array("[1".utf8))
        writer.integer(2)
        writer.close("]")
        #expect(writer.take() == Array(",2]".utf8))
        #expect(writer.take().isEmpty)
    }
}
