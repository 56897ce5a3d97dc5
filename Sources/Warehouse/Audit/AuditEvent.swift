/// By which door somebody came in.
package enum AuditSource: String, CaseIterable, Sendable {
    case http
    case console
    case cli
    case worker
}

/// Who acts: the name and address that audit rows carry.
package struct Actor: Hashable, Sendable {
    package let source: AuditSource
    /// The operating-system user, the key's name, or the worker's id.
    package let name: String
    /// The client's address, for the console and the command line that of the SSH client; `nil` when local.
    package let address: String?

    package init(source: AuditSource, name: String, address: String? = nil) {
        self.source = source
        self.name = name.sanitized(limit: 100)
        self.address = address?.sanitized(limit: 100)
    }

    /// An actor that the store already holds, as it is there: a row that was edited must not look like what it was.
    package init(stored source: AuditSource, name: String, address: String?) {
        self.source = source
        self.name = name
        self.address = address
    }
}

/// Something that happened, before it has its place in the audit log.
///
/// Texts are sanitised and cut on the way in.
package struct AuditEvent: Hashable, Sendable {
    package var actor: Actor
    /// The key that was used or changed, as it was then.
    package var keyID: KeyID?
    package var keyName: String?
    /// What was done (`key.revoke`), or the method and endpoint of a request (`GET /api/v1/admin/symbols`).
    package var action: String
    /// HTTP status of a request.
    package var status: Int?
    package var duration: Duration?
    package var detail: String?

    package init(
        _ action: String,
        by actor: Actor,
        key: (id: KeyID, name: String)? = nil,
        status: Int? = nil,
        duration: Duration? = nil,
        detail: String? = nil
    ) {
        self.actor = actor
        self.keyID = key?.id
        self.keyName = key?.name.sanitized(limit: 100)
        self.action = action.sanitized(limit: 300)
        self.status = status
        self.duration = duration
        self.detail = detail?.sanitized(limit: 500)
    }
}
