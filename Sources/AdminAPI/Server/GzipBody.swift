import CZlib
import HTTPTypes
import Hummingbird
import NIOCore

/// Compresses answers for clients that ask for it, also those that are written bit by bit.
enum GzipBody {
    /// Below this a packet is a packet.
    private static let smallest = 1024

    /// The answer, compressed where `request` accepts gzip and it is worth it.
    static func compress(_ response: Response, for request: Request) -> Response {
        guard response.body.contentLength ?? smallest >= smallest, let type = response.headers[.contentType],
            isText(type), response.headers[.contentEncoding] == nil
        else { return response }
        var response = response
        response.headers[.vary] = "Accept-Encoding"
        guard accepts(request.headers[.acceptEncoding]) else { return response }
        let body = response.body
        response.headers[.contentEncoding] = "gzip"
        // Sets and removes the length with it.
        response.body = ResponseBody { writer in
            try await body.write(writer.compressing())
        }
        response.headers[.contentLength] = nil
        return response
    }

    private static func isText(_ type: String) -> Bool {
        ["application/json", "text/csv", "text/html", "text/plain"].contains { type.hasPrefix($0) }
    }

    private static func accepts(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let name = parts.first, name == "gzip" || name == "*" else { return false }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return quality ?? 1 > 0
        }
    }
}

extension ResponseBodyWriter {
    /// A writer that compresses what is written to it, and hands it on to this one.
    fileprivate consuming func compressing() -> some ResponseBodyWriter {
        GzipWriter(base: self, deflater: Deflater())
    }
}

private struct GzipWriter<Base: ResponseBodyWriter>: ResponseBodyWriter {
    var base: Base
    let deflater: Deflater

    @concurrent
    mutating func write(_ buffer: ByteBuffer) async throws {
        let compressed = try deflater.compress(buffer, isLast: false)
        if compressed.readableBytes > 0 { try await base.write(compressed) }
    }

    @concurrent
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await base.write(try deflater.compress(ByteBuffer(), isLast: true))
        try await base.finish(trailingHeaders)
    }
}

/// A gzip stream of zlib.
private final class Deflater: @unchecked Sendable {
    // Unchecked: belongs to one answer, whose writer calls it in turn.
    private let stream: UnsafeMutablePointer<z_stream>
    private var chunk = [UInt8](repeating: 0, count: 1 << 15)

    init() {
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

    func compress(_ buffer: ByteBuffer, isLast: Bool) throws -> ByteBuffer {
        var input = Array(buffer.readableBytesView)
        var output = ByteBuffer()
        try input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var result = Z_OK
            repeat {
                try chunk.withUnsafeMutableBufferPointer { chunk in
                    stream.pointee.next_out = chunk.baseAddress
                    stream.pointee.avail_out = UInt32(chunk.count)
                    result = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
                        throw GzipError(code: result)
                    }
                    output.writeBytes(chunk.prefix(chunk.count - Int(stream.pointee.avail_out)))
                }
            } while stream.pointee.avail_out == 0 || isLast && result != Z_STREAM_END
        }
        return output
    }
}

/// A failure that zlib reports.
private struct GzipError: Error {
    let code: Int32
}
