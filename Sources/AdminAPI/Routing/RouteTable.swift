import HTTPTypes

/// Finds the resource that a path names.
///
/// Segments are what stands between slashes; empty ones don't count, so `//api/v1//status/` is `/api/v1/status`.
/// Segments are compared as they were sent: who encodes a letter of `admin`, writes it in upper case, or adds dots, names
/// something else, which does not exist.
struct RouteTable: Sendable {
    /// What the endpoints of one path have in common.
    struct Resource: Sendable {
        let path: String
        let access: Endpoint.Access
        var endpoints: [HTTPRequest.Method: Endpoint] = [:]
        /// For the metrics: the resource's place in ``RouteTable/resources``.
        let index: Int

        /// The value of an `Allow` header.
        var allowed: String {
            var methods = endpoints.keys.map(\.rawValue)
            if endpoints[.get] != nil { methods.append("HEAD") }
            return methods.sorted().joined(separator: ", ")
        }
    }

    struct Match: Sendable {
        /// `nil` for a path under an administrator's prefix that names nothing.
        let resource: Resource?
        let access: Endpoint.Access
        /// Percent-decoded.
        let parameters: [String: String]
    }

    private struct Node: Sendable {
        var children: [Substring: Int] = [:]
        var parameter: (name: String, node: Int)?
        var resource: Int?
    }

    /// Everything below it needs a key, whether it exists or not.
    static let guardedPrefix = "/api/v1/admin"

    private(set) var resources: [Resource] = []
    private var nodes = [Node()]
    private let guarded = Self.segments(of: guardedPrefix)

    init(_ endpoints: [Endpoint]) {
        for endpoint in endpoints { add(endpoint) }
    }

    /// `nil` when the path names nothing and lies outside of what is guarded.
    func match(_ path: String) -> Match? {
        let segments = Self.segments(of: path)
        var values: [String: String] = [:]
        if let index = resource(segments, &values) {
            return Match(resource: resources[index], access: resources[index].access, parameters: values)
        }
        guard segments.starts(with: guarded) else { return nil }
        return Match(resource: nil, access: .administrators, parameters: [:])
    }

    private func resource(_ segments: [Substring], _ values: inout [String: String]) -> Int? {
        var node = 0
        for segment in segments {
            if let child = nodes[node].children[segment] {
                node = child
            } else if let parameter = nodes[node].parameter, let value = segment.removingPercentEncodingStrictly {
                values[parameter.name] = value
                node = parameter.node
            } else {
                return nil
            }
        }
        return nodes[node].resource
    }

    private mutating func add(_ endpoint: Endpoint) {
        var node = 0
        for segment in Self.segments(of: endpoint.path) {
            if segment.hasPrefix("{") {
                if nodes[node].parameter == nil {
                    nodes[node].parameter = (String(segment.dropFirst().dropLast()), nodes.count)
                    nodes.append(Node())
                }
                // Just made where it was missing.
                if let parameter = nodes[node].parameter { node = parameter.node }
            } else if let child = nodes[node].children[segment] {
                node = child
            } else {
                nodes[node].children[segment] = nodes.count
                node = nodes.count
                nodes.append(Node())
            }
        }
        let index = nodes[node].resource ?? resources.count
        if index == resources.count {
            nodes[node].resource = index
            resources.append(Resource(path: endpoint.path, access: endpoint.access, index: index))
        }
        precondition(resources[index].access == endpoint.access, "\(endpoint.path) has two kinds of access")
        precondition(resources[index].endpoints[endpoint.method] == nil, "\(endpoint.path) is there twice")
        resources[index].endpoints[endpoint.method] = endpoint
    }

    private static func segments(of path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: true)
    }
}

extension Substring {
    /// The text with its percent-encoded bytes decoded; `nil` when that is not UTF-8, or a `%` stands alone.
    var removingPercentEncodingStrictly: String? {
        guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
        return PercentEncoding.decode(utf8, plusIsSpace: false)
    }
}
