import CZlib

/// Compresses a stream of bytes into gzip, bit by bit.
package final class Deflater: @unchecked Sendable {
    // Unchecked: belongs to one stream, whose writer calls it in turn.
    private let stream: UnsafeMutablePointer<z_stream>
    private var chunk = [UInt8](repeating: 0, count: 1 << 15)

    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 asks for the gzip format around the data; 5 is most of the gain for half of the time of 9.
        let result = deflateInit2_(
            stream,
            5,
            Z_DEFLATED,
            MAX_WBITS + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        precondition(result == Z_OK, "zlib refuses constant parameters")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes `input`, and hands what comes of it to `write` in chunks: often nothing before the last call.
    package func compress(
        _ input: UnsafeRawBufferPointer,
        isLast: Bool,
        _ write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        // zlib never writes through next_in; its C declaration does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        var result = Z_OK
        repeat {
            try chunk.withUnsafeMutableBufferPointer { chunk in
                stream.pointee.next_out = chunk.baseAddress
                stream.pointee.avail_out = UInt32(chunk.count)
                result = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
                    throw GzipError.zlib(code: result)
                }
                let written = chunk.count - Int(stream.pointee.avail_out)
                if written > 0 {
                    try write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(chunk)[..<written]))
                }
            }
        } while stream.pointee.avail_out == 0 || isLast && result != Z_STREAM_END
    }
}
