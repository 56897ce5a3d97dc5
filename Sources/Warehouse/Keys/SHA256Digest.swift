import COpenSSL

/// A SHA-256 digest.
package struct SHA256Digest: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits.
    package let hex: String

    /// The digest of `bytes`, computed by libcrypto.
    package init(of bytes: some Collection<UInt8>) {
        let input = Array(bytes)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(input, input.count, &digest)
        self.hex = Self.hexadecimal(digest)
    }

    /// A digest that was stored as hexadecimal digits, in either case; `nil` when `hex` is not one.
    package init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy(\.isHexadecimalDigit) else { return nil }
        self.hex = hex.lowercased()
    }

    /// Compares in a time that does not depend on where the digests differ.
    package func equalsInConstantTime(_ other: SHA256Digest) -> Bool {
        let left = Array(hex.utf8)
        let right = Array(other.hex.utf8)
        return CRYPTO_memcmp(left, right, left.count) == 0
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[index * 2] = digits[Int(byte >> 4)]
                buffer[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII `0`–`9`, `a`–`f` or `A`–`F`.
    var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
