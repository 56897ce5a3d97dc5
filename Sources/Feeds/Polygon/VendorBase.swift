import Warehouse

/// Where the vendor answers: scheme, host, port and perhaps a path in front of the vendor's own.
package struct VendorBase: Hashable, Sendable, CustomStringConvertible {
    /// `https` or `http`.
    package let scheme: String
    /// Host and port as they stand in the address.
    package let authority: String
    /// Empty, or `/…` without a slash at its end.
    package let prefix: String

    /// The vendor's own address.
    package static let massive = VendorBase(scheme: "https", authority: "api.massive.com", prefix: "")

    /// - Throws: ``InvalidVendorBase`` for everything but `http[s]://host[:port][/path]`.
    package init(_ text: String) throws(InvalidVendorBase) {
        let typed = text.trimmingSpaces()
        guard let separator = typed.firstRange(of: "://") else { throw InvalidVendorBase(text) }
        let scheme = typed[..<separator.lowerBound].lowercased()
        let rest = typed[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let host = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard scheme == "https" || scheme == "http", Self.isHost(authority),
            authority.hasPrefix("[") || host.count == 1 || host.count == 2 && UInt16(host[1]).map({ $0 > 0 }) == true,
            let prefix = Self.path(rest.dropFirst(authority.count))
        else { throw InvalidVendorBase(text) }
        self.init(scheme: scheme, authority: authority.lowercased(), prefix: prefix)
    }

    private init(scheme: String, authority: String, prefix: String) {
        self.scheme = scheme
        self.authority = authority
        self.prefix = prefix
    }

    package var description: String { "\(scheme)://\(authority)\(prefix)" }

    /// Whether the key travels unencrypted to another machine, which deserves a warning.
    package var sendsKeyInClear: Bool {
        guard scheme == "http" else { return false }
        let loopback = ["localhost", "127.0.0.1", "[::1]"]
        return !loopback.contains { authority == $0 || authority.hasPrefix($0 + ":") }
    }

    /// The authority without its port.
    var host: String {
        guard authority.hasPrefix("[") else { return String(authority.prefix { $0 != ":" }) }
        return String(authority.prefix { $0 != "]" } + "]")
    }

    /// The port, where the address names one.
    var port: Int? {
        let rest = authority.dropFirst(host.count)
        return rest.hasPrefix(":") ? Int(rest.dropFirst()) : nil
    }

    private static func isHost(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: ":") else { return false }
        return text.utf8.allSatisfy { byte in
            byte.isUnreserved || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
        }
    }

    private static func path(_ text: Substring) -> String? {
        let segments = text.split(separator: "/")
        guard segments.allSatisfy({ $0.utf8.allSatisfy(\.isUnreserved) && $0 != "." && $0 != ".." }) else { return nil }
        return segments.map { "/" + $0 }.joined()
    }
}

extension UInt8 {
    /// Whether the byte stands for itself everywhere in an address (RFC 3986, unreserved).
    var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

/// A text that is not the address of a vendor.
package struct InvalidVendorBase: Error, Hashable, CustomStringConvertible {
    private let shown: String

    init(_ text: String) {
        // What stands before an @ or behind a ? could be a secret.
        let isPlain = !text.contains("@") && !text.contains("?")
        shown = isPlain ? "'\(text.sanitized(limit: 100))'" : "the address of the vendor"
    }

    package var description: String {
        "\(shown) is not an address like https://api.massive.com: http or https, a host, perhaps a port and a path"
    }
}
