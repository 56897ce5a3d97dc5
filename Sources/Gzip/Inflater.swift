import CZlib

/// Decompresses a gzip stream, bit by bit; streams that were joined one after the other are one.
package final class Inflater {
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the stream stands at the end of a member, where the file may end.
    package private(set) var isComplete = false
    /// Whether what follows the last member is only padding.
    private var isPadding = false
    /// What ended the stream, kept until what came before it is handed out.
    private var failure: GzipError?

    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 asks for the gzip format, and for the check of its length and checksum.
        let result = inflateInit2_(stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib refuses constant parameters")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether bytes that start so are gzip.
    package static func recognizes(_ start: some Collection<UInt8>) -> Bool {
        start.starts(with: [0x1F, 0x8B])
    }

    /// Decompresses from `input` into `output`, as far as both reach; without input, what zlib still holds.
    /// - Throws: ``GzipError``, only after everything before the damage was handed out.
    package func inflate(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) throws(GzipError) -> (consumed: Int, written: Int) {
        if let failure { throw failure }
        let source = input.assumingMemoryBound(to: UInt8.self)
        stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        var position = 0
        do {
            while stream.pointee.avail_out > 0, try step(source, &position) {}
        } catch {
            failure = error
            if stream.pointee.avail_out == output.count { throw error }
        }
        return (position, output.count - Int(stream.pointee.avail_out))
    }

    /// Goes on as far as the member or the input reaches; `false` when it takes more of either.
    private func step(_ source: UnsafeBufferPointer<UInt8>, _ position: inout Int) throws(GzipError) -> Bool {
        if isComplete {
            guard position < source.count else { return false }
            if isPadding || source[position] == 0 {
                // Tapes are padded with zeros; gzip reads over them too.
                guard source[position] == 0 else { throw .damaged("something else follows its end") }
                isPadding = true
                position += 1
                return true
            }
            guard inflateReset(stream) == Z_OK else { throw .zlib(code: Z_STREAM_ERROR) }
            isComplete = false
        }
        // zlib never writes through next_in; its C declaration does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.advanced(by: position))
        stream.pointee.avail_in = UInt32(source.count - position)
        let result = CZlib.inflate(stream, Z_NO_FLUSH)
        position = source.count - Int(stream.pointee.avail_in)
        switch result {
        case Z_OK: return true
        case Z_BUF_ERROR: return false
        case Z_STREAM_END:
            isComplete = true
            return true
        case Z_DATA_ERROR, Z_NEED_DICT:
            throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "it can't be decompressed")
        default: throw .zlib(code: result)
        }
    }
}
