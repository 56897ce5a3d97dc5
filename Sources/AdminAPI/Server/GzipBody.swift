import Gzip
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
        let compressed = try compress(buffer, isLast: false)
        if compressed.readableBytes > 0 { try await base.write(compressed) }
    }

    @concurrent
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await base.write(try compress(ByteBuffer(), isLast: true))
        try await base.finish(trailingHeaders)
    }

    private func compress(_ buffer: ByteBuffer, isLast: Bool) throws -> ByteBuffer {
        var output = ByteBuffer()
        try buffer.withUnsafeReadableBytes { bytes in
            try deflater.compress(bytes, isLast: isLast) { _ = output.writeBytes($0) }
        }
        return output
    }
}
