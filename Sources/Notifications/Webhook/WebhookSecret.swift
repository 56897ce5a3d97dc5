import Warehouse

/// What the receiver of a webhook knows besides mdw: by it he sees that a notice is from mdw and unchanged.
///
/// Descriptions show `***` and mirrors nothing.
package struct WebhookSecret: Sendable {
    private let bytes: [UInt8]

    /// White space at the ends is left out.
    /// - Throws: ``InvalidWebhook/secret`` for one that is short enough to be guessed.
    package init(_ text: String) throws(InvalidWebhook) {
        let secret = text.trimmingSpaces()
        guard (16...512).contains(secret.utf8.count) else { throw .secret }
        bytes = Array(secret.utf8)
    }

    /// `sha256=<hex>` over the timestamp, a full stop and the body, so that neither can be changed or sent again later.
    func signature(of body: [UInt8], at timestamp: String) -> String {
        "sha256=" + HMACSHA256.hex(of: Array(timestamp.utf8) + [UInt8(ascii: ".")] + body, secret: bytes)
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
