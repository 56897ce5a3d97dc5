import Testing

@testable import AdminAPI

@Suite struct PercentEncodingTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("", ""), ("%41%4a%4A", "AJJ"), ("a%20b", "a b"), ("%C3%A4", "ä"), ("ä", "ä"),
            ("+", "+"),
            ("%2F%2f", "//"), ("%25", "%"), ("%2541", "%41"), ("%00", "\0"), ("%", nil), ("%4", nil), ("%zz", nil),
            ("%4g", nil), ("a%", nil), ("%FF", nil), ("%C3", nil), ("%C0%AF", nil), ("%ED%A0%80", nil), ("% 41", nil),
        ] as [(String, String?)]
    )
    func `decodes`(text: String, expected: String?) {
        #expect(PercentEncoding.decode(text.utf8, plusIsSpace: false) == expected)
    }

    @Test func `a plus is a space in a form`() {
        #expect(PercentEncoding.decode("a+b%2B".utf8, plusIsSpace: true) == "a b+")
    }

    @Test(
        arguments: [
            (nil, []), ("", []), ("a=1", ["a|1"]), ("a=1&b=2", ["a|1", "b|2"]), ("a", ["a|"]), ("a=", ["a|"]),
            ("=1", ["|1"]),
            ("a=1&a=2", ["a|1", "a|2"]), ("&&a=1&", ["a|1"]), ("a=b=c", ["a|b=c"]), ("%61=%31", ["a|1"]),
            ("a=x+y", ["a|x y"]), ("a=%zz", ["a|%zz"]), ("a=%FF", ["a|%FF"]),
        ] as [(String?, [String])]
    )
    func `parameters of a query`(query: String?, expected: [String]) {
        #expect(PercentEncoding.parameters(of: query).map { "\($0.name)|\($0.value)" } == expected)
    }
}
