import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// An answer of JSON text.
    static func json(
        _ bytes: [UInt8],
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        .bytes(ByteBuffer(bytes: bytes), type: "application/json", status: status, headers: headers)
    }

    static func json<Record>(_ record: Record, as shape: Shape<Record>) -> Response {
        .json(shape.bytes(record))
    }

    static func json<Record>(_ records: [Record], as shape: Shape<Record>) -> Response {
        .json(shape.bytes(records))
    }

    static func bytes(
        _ buffer: ByteBuffer,
        type: String,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = type
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
    }
}

extension HTTPField.Name {
    static let apiKey = literal("X-API-Key")
    static let requestID = literal("X-Request-ID")
    /// A second `Host`: the first one is the request's authority.
    static let repeatedHost = literal("Host")

    static func literal(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header field") }
        return name
    }
}
