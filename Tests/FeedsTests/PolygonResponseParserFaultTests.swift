import Feeds
import Testing
import Warehouse

/// Texts that are not the vendor's JSON: always an error with its position, never a crash or a page.
@Suite struct PolygonResponseParserFaultTests {
    @Test(
        arguments: [
            ("nothing", "", .endOfText, 0),
            ("white space", " \n", .endOfText, 2),
            ("HTML", "<html></html>", .notAnObject, 0),
            ("an array", "[]", .notAnObject, 0),
            ("null", "null", .notAnObject, 0),
            ("text behind", "{} {}", .trailingText, 3),
            ("a zero byte behind", "{}\u{0}", .trailingText, 2),
            ("no colon", #"{"a" 1}"#, .unexpectedByte, 5),
            ("no value", #"{"a":}"#, .unexpectedByte, 5),
            ("no comma", #"{"a":1 "b":2}"#, .unexpectedByte, 7),
            ("comma at the end of an object", #"{"a":1,}"#, .unexpectedByte, 7),
            ("comma at the beginning", #"{,"a":1}"#, .unexpectedByte, 1),
            ("comma at the end of an array", #"{"results":[{},]}"#, .unexpectedByte, 15),
            ("comma at the end of a skipped array", #"{"x":[1,]}"#, .unexpectedByte, 8),
            ("key without quotes", "{a:1}", .unexpectedByte, 1),
            ("wrong brackets", #"{"results":[{]}"#, .unexpectedByte, 13),
            ("results of another type", #"{"results":{"t":1}}"#, .notAnArray, 11),
            ("results is a text", #"{"results":"none"}"#, .notAnArray, 11),
            ("NaN", #"{"results":[{"o":NaN}]}"#, .unexpectedByte, 17),
            ("Infinity", #"{"results":[{"o":Infinity}]}"#, .unexpectedByte, 17),
            ("minus Infinity", #"{"results":[{"o":-Infinity}]}"#, .badNumber, 18),
            ("plus", #"{"results":[{"o":+1}]}"#, .unexpectedByte, 17),
            ("leading zero", #"{"results":[{"o":01}]}"#, .badNumber, 19),
            ("no digit behind the point", #"{"results":[{"o":1.}]}"#, .badNumber, 19),
            ("no digit before the point", #"{"results":[{"o":.5}]}"#, .unexpectedByte, 17),
            ("no digit in the exponent", #"{"results":[{"o":1e+}]}"#, .badNumber, 20),
            ("hexadecimal", #"{"results":[{"o":0x10}]}"#, .unexpectedByte, 18),
            ("decimal comma", #"{"results":[{"o":1,5}]}"#, .unexpectedByte, 19),
            ("broken literal", #"{"a":nulL}"#, .unexpectedByte, 8),
            ("unknown escape", #"{"a":"\x"}"#, .badEscape, 7),
            ("short unicode escape", #"{"a":"\u12"}"#, .badEscape, 10),
            ("line break in a string", "{\"a\":\"\n\"}", .controlCharacter, 6),
        ] as [(String, String, JSONFault.Problem, Int)]
    )
    func isRefused(_ name: String, _ text: String, _ problem: JSONFault.Problem, _ position: Int) {
        #expect(throws: JSONFault(problem, at: position)) {
            try PolygonResponseParser.parse(Array(text.utf8))
        }
    }

    @Test func isRefusedWhereverItIsCutOff() throws {
        let text = """
            {"ticker":"A\\u0041","next_url":"/x","x":{"y":[true,false,null,-1.5e3]},"results":[{"t":1,"o":1.25e+2,"vw":3},\
            {"t":2}],"resultsCount":2,"status":"OK"}
            """
        let body = Array(text.utf8)
        #expect(try PolygonResponseParser.parse(body).page.bars.count == 2)
        for length in body.indices {
            #expect(throws: JSONFault(.endOfText, at: length)) {
                try PolygonResponseParser.parse(Array(body.prefix(length)))
            }
        }
    }

    @Test func survivesChangedBytes() throws {
        let body = try Fixture.bytes("vcr-aapl-day-2019-01.json")
        var generator = SeededGenerator(seed: 7)
        var refused = 0
        for _ in 0..<3000 {
            var changed = body
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                changed[Int.random(in: body.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            do {
                let page = try PolygonResponseParser.parse(changed).page
                for bar in page.bars { #expect(bar.bytes.upperBound <= UInt32(changed.count)) }
            } catch {
                refused += 1
                #expect((0...changed.count).contains(error.position))
            }
        }
        #expect(refused > 1000)
    }

    @Test(arguments: [("arrays", "[", "]"), ("objects", #"{"a":"#, "}")])
    func nestsToADepthAndNoFurther(_ name: String, _ opening: String, _ closing: String) throws {
        func text(_ depth: Int) -> [UInt8] {
            let inner = String(repeating: opening, count: depth) + "0" + String(repeating: closing, count: depth)
            return Array(#"{"x":\#(inner)}"#.utf8)
        }
        #expect(try PolygonResponseParser.parse(text(63)).page.bars.isEmpty)
        let error = #expect(throws: JSONFault.self) { try PolygonResponseParser.parse(text(64)) }
        #expect(error?.problem == .tooDeep)
        #expect(throws: JSONFault.self) { try PolygonResponseParser.parse(text(100_000)) }
    }

    @Test func holdsNoMoreBarsThanAPageCan() {
        let count = PolygonResponseParser.maximumBars
        let body = Array(#"{"results":["#.utf8) + Array([[UInt8]](repeating: Array("0,".utf8), count: count).joined())
        #expect(throws: JSONFault(.tooManyBars, at: body.count)) {
            try PolygonResponseParser.parse(body + Array("0]}".utf8))
        }
    }

    @Test func saysWhatIsWrongAndWhere() {
        #expect(JSONFault(.endOfText, at: 17).description == "the text ends here at byte 17")
    }
}
