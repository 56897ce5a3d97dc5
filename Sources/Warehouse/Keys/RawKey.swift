/// An API key in clear: a secret that exists in memory from its creation until it was shown once, or while a request is
/// judged.
///
/// Its descriptions and mirrors are redacted; ``withBytes(_:)`` and ``reveal()`` are the ways to the text. The memory that
/// holds it is overwritten by ``erase()``, and with the last copy; what was revealed is its taker's to forget.
package struct RawKey: Sendable {
    private let secret: SecretBytes

    /// `mdw_`, 43 base62 characters from `generator` (over 256 bits), 6 base62 characters of CRC-32 over all before.
    package static func generate(using generator: inout some RandomNumberGenerator) -> RawKey {
        RawKey(
            secret: SecretBytes(count: prefix.utf8.count + secretLength + checksumLength) { memory in
                memory.copyBytes(from: prefix.utf8)
                let end = prefix.utf8.count + secretLength
                for place in prefix.utf8.count..<end {
                    memory[place] = base62[Int.random(in: 0..<62, using: &generator)]
                }
                let sum = checksum(of: memory[..<end])
                for place in 0..<checksumLength { memory[end + place] = sum[place] }
            }
        )
    }

    /// Reads a key as a client sent it.
    ///
    /// `nil` unless it has the form of a key: the current one with a right checksum, or the older `mdw_` and 64
    /// hexadecimal digits. So a mistyped key is refused without asking the store.
    package init?(presented text: String) {
        let bytes = Array(text.utf8)
        guard bytes.starts(with: Self.prefix.utf8) else { return nil }
        let rest = bytes.dropFirst(Self.prefix.utf8.count)
        if rest.count == 64, rest.allSatisfy(\.isHexadecimalDigit) {
            secret = SecretBytes(bytes)
            return
        }
        let body = bytes.prefix(Self.prefix.utf8.count + Self.secretLength)
        guard rest.count == Self.secretLength + Self.checksumLength,
            body.dropFirst(Self.prefix.utf8.count).allSatisfy(\.isBase62Digit),
            bytes.suffix(Self.checksumLength).elementsEqual(Self.checksum(of: Array(body)))
        else { return nil }
        secret = SecretBytes(bytes)
    }

    private init(secret: SecretBytes) {
        self.secret = secret
    }

    /// The key in clear, to be handed over once.
    package func reveal() -> String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// Shows `body` the key in clear where it stands: ASCII, of which no copy is left behind.
    package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try secret.withBytes(body)
    }

    /// Overwrites the key with zeros, in all copies of this value.
    package func erase() { secret.erase() }

    /// What the store keeps instead of the key.
    ///
    /// The key is random, so one round of SHA-256 is enough.
    package var hash: SHA256Digest { secret.withBytes { SHA256Digest(of: $0) } }

    /// The first 12 characters, by which people recognise the key.
    package var preview: String { withBytes { String(decoding: $0.prefix(Self.shownLength), as: UTF8.self) } }

    /// A text that may hold a key by mistake, made fit for an error: what starts like a key is cut to its preview.
    package static func redacted(_ text: String) -> String {
        let preview = text.unicodeScalars.prefix(12)
        return text.utf8.starts(with: prefix.utf8) && text.unicodeScalars.count > 12 ? "\(String(preview))…" : text
    }

    /// A text from outside that may hold keys anywhere, made fit for a log: of each only the preview is left.
    package static func redactedAnywhere(in text: String) -> String {
        guard text.utf8.count > shownLength, text.contains(prefix) else { return text }
        var redacted = ""
        var rest = text[...]
        while let start = rest.firstRange(of: prefix) {
            redacted += rest[..<start.lowerBound]
            let key = rest[start.lowerBound...].prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
            redacted += key.count > shownLength ? "\(key.prefix(shownLength))…" : key
            rest = rest[key.endIndex...]
        }
        return redacted + rest
    }

    /// The length of a key that is made now, in characters.
    package static let length = 53
    /// The length of ``preview``.
    private static let shownLength = 12
    private static let prefix = "mdw_"
    private static let secretLength = 43
    private static let checksumLength = 6
    private static let base62 = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    private static func checksum(of body: some Sequence<UInt8>) -> [UInt8] {
        var value = CRC32.checksum(of: body)
        var digits: [UInt8] = []
        for _ in 0..<checksumLength {
            digits.append(base62[Int(value % 62)])
            value /= 62
        }
        return digits.reversed()
    }
}

extension RawKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "RawKey(redacted)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension UInt8 {
    /// Whether the byte is an ASCII letter or digit.
    fileprivate var isBase62Digit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
