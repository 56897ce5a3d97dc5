import Warehouse

/// Where alerts are posted to: an `https` address, or an `http` one of this machine.
///
/// Descriptions show scheme, host and port only: path and query of such addresses are often secrets.
package struct WebhookAddress: Sendable {
    /// The whole address.
    let text: String
    /// `https://hooks.example.com`.
    private let shown: String

    /// - Throws: ``InvalidWebhook`` for everything but `https://host[:port][/path][?query]`.
    package init(_ typed: String) throws(InvalidWebhook) {
        let typed = typed.trimmingSpaces()
        guard let separator = typed.firstRange(of: "://"), typed.utf8.count <= 2048,
            typed.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !Self.refused.contains($0) })
        else { throw .address }
        let scheme = typed[..<separator.lowerBound].lowercased()
        let authority = typed[separator.upperBound...].prefix { $0 != "/" && $0 != "?" }.lowercased()
        guard scheme == "https" || scheme == "http", let host = Self.host(of: authority) else { throw .address }
        guard scheme == "https" || Self.loopback.contains(host) else { throw .unencrypted }
        self.text = "\(scheme)://\(authority)\(typed[separator.upperBound...].dropFirst(authority.count))"
        self.shown = "\(scheme)://\(authority)"
    }

    private static let loopback: Set<Substring> = ["localhost", "127.0.0.1", "[::1]"]
    /// What can't stand in an address, a fragment, and the `@` that would hide which host is meant.
    private static let refused = Set("\"<>\\^`{|}#@".utf8)

    /// The host of `host[:port]`; `nil` for what is neither.
    private static func host(of authority: String) -> Substring? {
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            guard host.dropFirst().dropLast().utf8.allSatisfy({ isHexadecimal($0) || $0 == UInt8(ascii: ":") }) else {
                return nil
            }
        } else {
            host = authority.prefix { $0 != ":" }
            guard !host.isEmpty, host.utf8.allSatisfy(isHostCharacter) else { return nil }
        }
        let port = authority.dropFirst(host.count)
        guard port.isEmpty || port.first == ":" && (UInt16(port.dropFirst()) ?? 0) > 0 else { return nil }
        return host
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension WebhookAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { shown }
    package var debugDescription: String { shown }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a webhook can't be used; never holds what was typed.
package enum InvalidWebhook: Error, Hashable, CustomStringConvertible {
    case address
    case unencrypted
    case secret

    package var description: String {
        switch self {
        case .address: "it is not an address like https://hooks.example.com/path, without user, password and fragment"
        case .unencrypted: "it must be https: http is for this machine only"
        case .secret: "the secret must be 16 to 512 characters long"
        }
    }
}
