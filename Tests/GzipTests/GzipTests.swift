import Testing

@testable import Gzip

/// What is compressed comes back, whatever pieces it is handed over in.
@Suite struct GzipTests {
    private static let text = (0..<20_000).flatMap { Array("line \($0), \($0 * 7919 % 1000)\n".utf8) }

    static func deflate(_ bytes: [UInt8], piece: Int = 1000) throws -> [UInt8] {
        let deflater = Deflater()
        var output: [UInt8] = []
        try bytes.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: piece) {
                let part = UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + piece)])
                try deflater.compress(part, isLast: false) { output += $0 }
            }
            try deflater.compress(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) { output += $0 }
        }
        return output
    }

    /// Decompresses by pieces; returns what came, whether it was whole, and what was wrong.
    static func inflate(
        _ bytes: [UInt8],
        piece: Int = 1000,
        room: Int = 700
    ) -> (text: [UInt8], isComplete: Bool, fault: GzipError?) {
        let inflater = Inflater()
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: room)
        var position = 0
        do throws(GzipError) {
            while true {
                let part = Array(bytes[position..<min(bytes.count, position + piece)])
                var result = (consumed: 0, written: 0)
                var failure: GzipError?
                part.withUnsafeBytes { input in
                    chunk.withUnsafeMutableBytes { room in
                        do throws(GzipError) {
                            result = try inflater.inflate(input, into: room)
                        } catch {
                            failure = error
                        }
                    }
                }
                if let failure { throw failure }
                output += chunk.prefix(result.written)
                position += result.consumed
                if position == bytes.count, result.written == 0 { break }
            }
            return (output, inflater.isComplete, nil)
        } catch {
            return (output, inflater.isComplete, error)
        }
    }

    @Test(arguments: [(3, 100), (7, 100_000), (100_000, 7), (1000, 700), (1 << 20, 1 << 20)])
    func roundTrip(piece: Int, room: Int) throws {
        let text = Self.text.prefix(20_000)
        let result = Self.inflate(try Self.deflate(Array(text)), piece: piece, room: room)
        #expect(result.text == Array(text) && result.isComplete && result.fault == nil)
    }

    @Test func nothingIsAStreamToo() throws {
        let result = Self.inflate(try Self.deflate([]))
        #expect(result.text.isEmpty && result.isComplete && result.fault == nil)
    }

    @Test(arguments: [1, 1000, 1 << 20])
    func joinedStreamsAreOne(piece: Int) throws {
        let joined = try Self.deflate(Array("one\n".utf8)) + Self.deflate(Array("two\n".utf8)) + [0, 0, 0]
        let result = Self.inflate(joined, piece: piece)
        #expect(String(decoding: result.text, as: UTF8.self) == "one\ntwo\n")
        #expect(result.isComplete && result.fault == nil)
    }

    @Test func aCutOffStreamIsNotComplete() throws {
        let whole = try Self.deflate(Self.text)
        let result = Self.inflate(Array(whole.prefix(whole.count / 2)))
        #expect(!result.isComplete && result.fault == nil)
        #expect(result.text.count > 10_000 && Self.text.starts(with: result.text))
    }

    @Test func whatCameBeforeTheDamageIsHandedOut() throws {
        var bytes = try Self.deflate(Self.text)
        for index in bytes.count * 3 / 4..<bytes.count { bytes[index] ^= 0x5A }
        let result = Self.inflate(bytes, piece: 1 << 20, room: 1 << 20)
        // Damaged bytes may look like more of the same, but never like a whole stream.
        #expect(result.fault != nil || !result.isComplete)
        #expect(result.text.count > 10_000)
    }

    @Test func aWrongChecksumIsDamage() throws {
        var bytes = try Self.deflate(Self.text)
        bytes[bytes.count - 6] ^= 1
        #expect(Self.inflate(bytes).fault != nil)
    }

    @Test func somethingElseBehindTheEndIsDamage() throws {
        let result = Self.inflate(try Self.deflate(Array("one\n".utf8)) + [0, 65])
        #expect(result.fault == .damaged("something else follows its end"))
        #expect(String(decoding: result.text, as: UTF8.self) == "one\n")
    }
}
