package import Warehouse

extension RecordLayout<APIKey> {
    /// The fields of a key, whose state is judged at `now`.
    package static func keys(at now: Timestamp) -> RecordLayout {
        RecordLayout([
            Field("id") { .id($0.id.rawValue) },
            Field("name") { .text($0.name) },
            Field("key_preview", "preview") { .text($0.preview + "...") },
            Field("scope") { .text($0.scope.rawValue) },
            Field("state") { .text($0.state(at: now).rawValue) },
            Field("active", nil, .machines) { .flag($0.state(at: now).isUsable) },
            Field("created_at", "created") { .time($0.createdAt) },
            Field("created_by", nil, .detail) { .text($0.createdBy) },
            Field("last_used") { .time($0.lastUsed) },
            Field("last_used_endpoint", nil, .detail) { .text($0.lastUsedEndpoint) },
            Field("request_count", "requests") { .integer($0.requestCount) },
            Field("expires_at", "expires") { .time($0.expiresAt) },
            Field("revoked_at", "revoked", .detail) { .time($0.revocation?.at) },
            Field("revoked_by", nil, .detail) { .text($0.revocation?.by) },
            Field("revoked_reason", "reason", .detail) { .text($0.revocation?.reason) },
            Field("rotated_to", nil, .detail) { .id($0.rotatedTo?.rawValue) },
        ])
    }
}
