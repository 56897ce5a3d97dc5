/// A request as a client means it; what stands in it goes out as it is.
struct Ask: Sendable {
    var method: String
    var target: String
    var headers: [(name: String, value: String)] = []
    /// The `Host` header; `nil` to send none.
    var host: String? = "localhost"
    var body: [UInt8] = []

    init(
        _ method: String,
        _ target: String,
        key: TestKey? = nil,
        headers: [(String, String)] = [],
        body: String? = nil
    ) {
        self.method = method
        self.target = target
        if let key { self.headers.append(("X-API-Key", key.raw)) }
        self.headers += headers.map { (name: $0.0, value: $0.1) }
        if let body {
            self.body = Array(body.utf8)
            if !headers.contains(where: { $0.0 == "Content-Type" }) {
                self.headers.append(("Content-Type", "application/json"))
            }
        }
    }

    /// As HTTP/1.1 writes it.
    var wire: String {
        var lines = ["\(method) \(target) HTTP/1.1"]
        if let host { lines.append("Host: \(host)") }
        lines += headers.map { "\($0.name): \($0.value)" }
        if !body.isEmpty { lines.append("Content-Length: \(body.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + String(decoding: body, as: UTF8.self)
    }
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The values of a header, in their order.
    func all(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    subscript(name: String) -> String? { all(name).first }

    func json() throws -> JSON { try JSON(body) }
}
