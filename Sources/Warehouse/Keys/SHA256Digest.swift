import COpenSSL

/// A SHA-256 digest.
package struct SHA256Digest: Hashable, Sendable {
    /// The 32 bytes, in the order of the standard.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of `bytes`, computed by libcrypto.
    package init(of bytes: some Collection<UInt8>) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { digest in
            let output = digest.baseAddress?.assumingMemoryBound(to: UInt8.self)
            var context = SHA256_CTX()
            SHA256_Init(&context)
            let done: Void? = bytes.withContiguousStorageIfAvailable {
                _ = SHA256_Update(&context, $0.baseAddress, $0.count)
            }
            if done == nil {
                let copied = Array(bytes)
                SHA256_Update(&context, copied, copied.count)
            }
            SHA256_Final(output, &context)
        }
        self.words = words
    }

    /// A digest that was stored as hexadecimal digits, in either case; `nil` when `hex` is not one.
    package init?(hex: String) {
        guard hex.utf8.count == 64 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isHexadecimal = withUnsafeMutableBytes(of: &words) { digest in
            var isHighDigit = true
            var index = 0
            for digit in hex.utf8 {
                guard let value = digit.hexadecimalValue else { return false }
                if isHighDigit {
                    digest[index] = value << 4
                } else {
                    digest[index] |= value
                    index += 1
                }
                isHighDigit.toggle()
            }
            return true
        }
        guard isHexadecimal else { return nil }
        self.words = words
    }

    /// 64 lower-case hexadecimal digits.
    package var hex: String {
        withUnsafeBytes(of: words) { bytes in
            String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
                for (index, byte) in bytes.enumerated() {
                    buffer[index * 2] = Self.digit(byte >> 4)
                    buffer[index * 2 + 1] = Self.digit(byte & 15)
                }
                return bytes.count * 2
            }
        }
    }

    /// Compares in a time that does not depend on where the digests differ.
    package func equalsInConstantTime(_ other: SHA256Digest) -> Bool {
        withUnsafeBytes(of: words) { left in
            withUnsafeBytes(of: other.words) { CRYPTO_memcmp(left.baseAddress, $0.baseAddress, left.count) == 0 }
        }
    }

    package static func == (left: SHA256Digest, right: SHA256Digest) -> Bool { left.words == right.words }

    /// One word is enough: the bytes of a digest are as good as random.
    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII `0`–`9`, `a`–`f` or `A`–`F`.
    var isHexadecimalDigit: Bool { hexadecimalValue != nil }

    /// 0…15 for an ASCII `0`–`9`, `a`–`f` or `A`–`F`.
    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
