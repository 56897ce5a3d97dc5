import Warehouse

/// A proxy on the way to the vendor.
///
/// Its description tells host and port, and never its password.
package struct VendorProxy: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: Int
    /// User and password; `nil` for a proxy that asks for none.
    let credentials: Credentials?

    struct Credentials: Hashable, Sendable {
        let user: String
        let password: String
    }

    package var description: String { "\(host):\(port)" }

    /// The proxy that an environment names for `base`.
    ///
    /// `HTTPS_PROXY` for https, `http_proxy` for http, `ALL_PROXY` for both, unless `NO_PROXY` names the vendor's host. Names
    /// in lower case come first, as curl reads them.
    /// - Throws: ``InvalidVendorProxy``.
    package static func named(
        in environment: [String: String],
        for base: VendorBase
    ) throws(InvalidVendorProxy) -> VendorProxy? {
        func value(_ names: String...) -> (name: String, text: String)? {
            for name in names {
                if let text = environment[name], !text.isEmpty { return (name, text) }
            }
            return nil
        }
        let named =
            base.scheme == "https"
            ? value("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
            : value("http_proxy", "all_proxy", "ALL_PROXY")
        guard let named, !isExcepted(base.host, by: value("no_proxy", "NO_PROXY")?.text ?? "") else { return nil }
        guard let proxy = VendorProxy(named.text) else { throw InvalidVendorProxy(variable: named.name) }
        return proxy
    }

    /// Reads `[http://][user:password@]host[:port][/]`.
    private init?(_ text: String) {
        var rest = text.trimmingSpaces()[...]
        if let separator = rest.firstRange(of: "://") {
            guard rest[..<separator.lowerBound].lowercased() == "http" else { return nil }
            rest = rest[separator.upperBound...]
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var credentials: Credentials?
        if let end = rest.lastIndex(of: "@") {
            let parts = rest[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else { return nil }
            credentials = Credentials(user: String(parts[0]), password: String(parts[1]))
            rest = rest[rest.index(after: end)...]
        }
        // With its scheme it has to be what the address of a vendor may be, without a path.
        guard let address = try? VendorBase("http://\(rest)"), address.prefix.isEmpty, !rest.hasSuffix(":") else {
            return nil
        }
        self.host = address.host
        self.port = address.port ?? 80
        self.credentials = credentials
    }

    /// Whether one of the names, separated by commas, is `host` or a domain that it is in; `*` is every host.
    private static func isExcepted(_ host: String, by names: String) -> Bool {
        names.split { $0 == "," || $0 == " " }.contains { name in
            let name = name.lowercased().drop { $0 == "." }
            return name == "*" || host == name || host.hasSuffix("." + name)
        }
    }
}

/// A variable that names no proxy; never repeats it, because it can hold a password.
package struct InvalidVendorProxy: Error, Hashable, CustomStringConvertible {
    package let variable: String

    package var description: String {
        "\(variable) names no proxy: use http://host:port, or http://user:password@host:port"
    }
}
