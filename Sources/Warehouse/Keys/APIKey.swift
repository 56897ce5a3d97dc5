/// The identity of an API key; never used again, not even after the key was deleted.
package struct KeyID: Hashable, Sendable, Comparable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    package static func < (left: KeyID, right: KeyID) -> Bool { left.rawValue < right.rawValue }
}

/// What a key opens.
package enum KeyScope: String, CaseIterable, Sendable {
    /// Everything under `/api/v1/admin`.
    case admin
    /// The GETs of it only.
    case read
}

/// Whether a key opens anything at a given instant.
package enum KeyState: String, CaseIterable, Sendable {
    case active
    /// Replaced, but still good until its grace period ends.
    case rotating
    case expired
    case revoked
    /// Revoked for good: it can't be restored.
    case compromised

    /// Whether a request with the key is let in.
    package var isUsable: Bool { self == .active || self == .rotating }
}

/// What the store knows of an API key: everything but the key.
package struct APIKey: Hashable, Sendable, Identifiable {
    package let id: KeyID
    package var name: String
    /// The first 12 characters of the key.
    package let preview: String
    package let scope: KeyScope
    package let createdAt: Timestamp
    package let createdBy: String
    package var expiresAt: Timestamp?
    package var lastUsed: Timestamp?
    package var lastUsedEndpoint: String?
    package var requestCount: Int64
    package var revocation: Revocation?
    /// The key that replaced this one.
    package var rotatedTo: KeyID?

    /// When, by whom and why a key was revoked.
    package struct Revocation: Hashable, Sendable {
        package var at: Timestamp
        package var by: String
        package var reason: String?
        package var compromised: Bool

        package init(at: Timestamp, by: String, reason: String?, compromised: Bool) {
            self.at = at
            self.by = by
            self.reason = reason
            self.compromised = compromised
        }
    }

    package init(
        id: KeyID,
        name: String,
        preview: String,
        scope: KeyScope,
        createdAt: Timestamp,
        createdBy: String,
        expiresAt: Timestamp?,
        lastUsed: Timestamp?,
        lastUsedEndpoint: String?,
        requestCount: Int64,
        revocation: Revocation?,
        rotatedTo: KeyID?
    ) {
        self.id = id
        self.name = name
        self.preview = preview
        self.scope = scope
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.lastUsed = lastUsed
        self.lastUsedEndpoint = lastUsedEndpoint
        self.requestCount = requestCount
        self.revocation = revocation
        self.rotatedTo = rotatedTo
    }

    package func state(at now: Timestamp) -> KeyState {
        if let revocation { return revocation.compromised ? .compromised : .revoked }
        if let expiresAt, expiresAt <= now { return .expired }
        return rotatedTo == nil ? .active : .rotating
    }
}
