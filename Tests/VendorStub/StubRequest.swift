/// A request as the stub received it.
package struct StubRequest: Sendable {
    package let method: String
    /// Path and query as they came.
    package let uri: String
    package let headers: StubHeaders
    package let body: [UInt8]
    /// When its last byte was read.
    package let time: ContinuousClock.Instant

    /// A request that never went over a wire.
    package init(
        method: String = "GET",
        uri: String,
        headers: StubHeaders = [:],
        body: [UInt8] = [],
        time: ContinuousClock.Instant = .now
    ) {
        self.method = method
        self.uri = uri
        self.headers = headers
        self.body = body
        self.time = time
    }

    /// The path without the query.
    package var path: String { String(uri.prefix { $0 != "?" }) }

    /// Value of a query parameter, as it came.
    package func parameter(_ name: String) -> String? {
        uri.dropFirst(path.count + 1).split(separator: "&").first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }
}
