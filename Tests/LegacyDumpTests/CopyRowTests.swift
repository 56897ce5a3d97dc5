import LegacyDump
import Testing

@Suite struct CopyRowTests {
    @Test func `fields are separated by tabs`() throws {
        #expect(try fields("1\tAAPL\t\tx") == ["1", "AAPL", "", "x"])
        #expect(try fields("") == [""])
        #expect(try fields("\t") == ["", ""])
        #expect(try fields("ü\t€") == ["ü", "€"])
    }

    @Test func `only a field that is the mark as a whole is NULL`() throws {
        #expect(try fields("\\N\ta\\N\t\\\\N\t\\N") == [nil, "aN", "\\N", nil])
    }

    @Test(arguments: [
        (#"\b\f\n\r\t\v"#, "\u{8}\u{C}\n\r\t\u{B}"), (#"\\"#, "\\"), (#"\\n"#, "\\n"), (#"a\qb"#, "aqb"),
        (#"\101\60\7"#, "A0\u{7}"), (#"\1012"#, "A2"), (#"\x41\x4a\xA"#, "AJ\n"), (#"\x411"#, "A1"), (#"\xg"#, "xg"),
        (#"\303\274"#, "ü"), (#"\xc3\xbc"#, "ü"), (#"\."#, "."), ("end\\", "end"),
    ])
    func `escapes are those of COPY`(text: String, meaning: String) throws {
        #expect(try fields(text, columns: 1) == [meaning])
    }

    @Test func `an escaped tab does not end a field`() throws {
        #expect(try fields("a\\\tb\tc", columns: 2) == ["a\tb", "c"])
    }

    @Test func `a wrong count of fields is told`() {
        #expect(throws: RowFault("the line has 2 fields and should have 3")) { try fields("a\tb", columns: 3) }
        #expect(throws: RowFault("the line has 3 fields and should have 2")) { try fields("a\tb\t\\N", columns: 2) }
        #expect(throws: RowFault("the line has 1 field and should have 2")) { try fields("", columns: 2) }
    }

    @Test func `what is not UTF-8 is no text`() throws {
        #expect(try fields(#"\xff"#, columns: 1) == [nil])
        #expect(try !row(#"\xff"#, columns: 1).isNull(0))
    }
}
