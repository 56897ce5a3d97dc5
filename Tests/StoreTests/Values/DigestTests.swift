import Testing
import Warehouse

@Suite struct CRC32Tests {
    @Test(
        arguments: [
            ([], 0), (Array("a".utf8), 3_904_355_907), (Array("123456789".utf8), 0xCBF4_3926),
            (Array(0...255), 688_229_491),
        ] as [([UInt8], UInt32)]
    )
    func `is the CRC-32 of gzip and PNG`(bytes: [UInt8], checksum: UInt32) {
        #expect(CRC32.checksum(of: bytes) == checksum)
    }
}

@Suite struct SHA256DigestTests {
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (String(repeating: "a", count: 1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
        ]
    )
    func `is SHA-256`(text: String, hex: String) {
        let digest = SHA256Digest(of: text.utf8)
        #expect(digest.hex == hex)
        #expect(SHA256Digest(hex: hex) == digest)
        #expect(SHA256Digest(hex: hex.uppercased()) == digest)
        #expect(digest.equalsInConstantTime(SHA256Digest(of: Array(text.utf8))))
        #expect(!digest.equalsInConstantTime(SHA256Digest(of: (text + "x").utf8)))
    }

    @Test(arguments: [
        "", "abc", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
        String(repeating: "g", count: 64), String(repeating: "é", count: 32),
    ])
    func `what is not 64 hexadecimal digits is none`(hex: String) {
        #expect(SHA256Digest(hex: hex) == nil)
    }
}
