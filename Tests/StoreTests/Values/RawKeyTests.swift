import Testing
import Warehouse

@Suite struct RawKeyTests {
    @Test(arguments: [
        ("GET /api/v1/admin/symbols", "GET /api/v1/admin/symbols"),
        ("/x/mdw_0123456789abcdef0123/y", "/x/mdw_01234567…/y"),
        ("mdw_0123456789abcdef&mdw_zzzzzzzzzzzz", "mdw_01234567…&mdw_zzzzzzzz…"),
        ("/mdw_short/mdw_", "/mdw_short/mdw_"), ("", ""),
        ("%6ddw_0123456789abcdef", "%6ddw_0123456789abcdef"),
    ])
    func `keys are cut to their preview wherever they stand`(text: String, redacted: String) {
        #expect(RawKey.redactedAnywhere(in: text) == redacted)
    }

    private static let zeros = "mdw_0000000000000000000000000000000000000000000"
    private static let letters = "mdw_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg"
    private static let digits = String(repeating: "0123456789abcdef", count: 4)

    /// Checksums and digests computed with Python's zlib and hashlib.
    static let known: [(String, String)] = [
        (zeros + "3t0pqI", "31ad839e53e79ebb58f8530608e5f29b471664e39b4f671a4801812dc7f86b06"),
        (letters + "07QMYX", "65d24274abc81979ce5bc19b996863cfa5dd3348f65273f7709b52a0619154d3"),
        ("mdw_" + digits, "48c2fd5849769ef1765e6b29bdacaa4bdb02c6b3d206ce5bc5483d91a6a9f746"),
    ]

    @Test(arguments: known)
    func `a key of either form is read, and its hash is that of the whole text`(text: String, hash: String) throws {
        let key = try #require(RawKey(presented: text))
        #expect(key.reveal() == text)
        #expect(key.hash.hex == hash)
        #expect(key.preview == String(text.prefix(12)))
    }

    private static let secret = String(zeros.dropFirst(4))
    private static let refused: [String] = [
        "", "mdw_", "mdw", zeros, "\(zeros)3t0pq", "\(zeros)3t0pqI0", " \(zeros)3t0pqI", "\(zeros)3t0pqI\n",
        // A wrong character in the secret, in the checksum, swapped neighbours, the wrong case.
        "mdw_1\(secret.dropFirst())3t0pqI", "\(zeros)3t0pqJ", "\(zeros)3t0qpI", "\(zeros)3T0PQI", "MDW_\(secret)3t0pqI",
        "mdx_\(secret)3t0pqI",
        // Characters that no key has.
        "mdw_-\(secret.dropFirst())3t0pqI", "mdw_" + String(repeating: "é", count: 49),
        "mdw_" + String(repeating: "g", count: 64), "mdw_\(digits.dropLast())", "mdw_\(digits)0",
        "mdw_\u{301}\(digits)",
        "mdw_" + String(repeating: "\u{0}", count: 49),
    ]

    @Test(arguments: refused)
    func `anything else is refused`(text: String) {
        #expect(RawKey(presented: text) == nil)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `a new key has the form that scanners look for, and reads back`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let key = RawKey.generate(using: &generator)
        #expect(key.reveal().wholeMatch(of: /mdw_[0-9A-Za-z]{49}/) != nil)
        #expect(try #require(RawKey(presented: key.reveal())).hash == key.hash)
    }

    @Test func `every mistyped character is noticed`() {
        var generator = SeededGenerator(seed: 9)
        let text = Array(RawKey.generate(using: &generator).reveal())
        for position in text.indices {
            var wrong = text
            wrong[position] = text[position] == "x" ? "y" : "x"
            #expect(RawKey(presented: String(wrong)) == nil, "position \(position)")
        }
    }

    @Test func `no two keys are alike, and every letter comes up`() {
        var generator = SystemRandomNumberGenerator()
        let keys = (0..<500).map { _ in RawKey.generate(using: &generator).reveal() }
        #expect(Set(keys).count == 500)
        #expect(Set(keys.joined().dropFirst(4)).count >= 62)
    }

    @Test func `descriptions and mirrors are redacted`() throws {
        let key = try #require(RawKey(presented: Self.known[0].0))
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "RawKey(redacted)")
        #expect(String(reflecting: key) == "RawKey(redacted)")
        #expect(!dumped.contains("3t0pqI"))
        #expect(Mirror(reflecting: key).children.isEmpty)
    }

    @Test(
        arguments: [
            ("ops", "ops"), ("", ""), ("mdw_short", "mdw_short"), ("mdw_12345678", "mdw_12345678"),
            ("mdw_123456789", "mdw_12345678…"), (zeros + "3t0pqI", "mdw_00000000…"),
            ("MDW_1234567890123", "MDW_1234567890123"),
        ]
    )
    func `what starts like a key is cut to its preview`(text: String, redacted: String) {
        #expect(RawKey.redacted(text) == redacted)
    }
}
