package import Warehouse

extension RecordLayout<AuditEntry> {
    /// A row as people and machines read it; every field that is hashed is there.
    package static let audit = RecordLayout([
        Field("sequence", "row") { .id($0.sequence) },
        Field("time") { .time($0.time) },
        Field("source") { .text($0.event.actor.source.rawValue) },
        Field("actor") { .text($0.event.actor.name) },
        Field("api_key_id", nil, .machines) { .id($0.event.keyID?.rawValue) },
        Field("api_key_name", "key") { .text($0.event.keyName) },
        Field("action") { .text($0.event.action) },
        Field("status") { .id($0.event.status.map { Int64($0) }) },
        Field("address") { .text($0.event.actor.address) },
        Field("duration_us", nil, .machines) { .id($0.event.duration?.wholeMicroseconds) },
        Field("detail") { .text($0.event.detail) },
        Field("previous_hash", nil, .machines) { .text($0.previousHash) },
        Field("hash", nil, .machines) { .text($0.hash) },
    ])

    /// What an export holds: the same, with the time as the number that is hashed.
    package static let auditExport = RecordLayout(
        audit.fields.flatMap { field in
            field.key == "time" ? [field, Field("time_us") { .id($0.time.microseconds) }] : [field]
        }
    )
}
