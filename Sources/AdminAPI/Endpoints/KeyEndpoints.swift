import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Warehouse

/// The API keys, for administrators.
enum KeyEndpoints {
    static let all: [Endpoint] = [create, list, audit, change, delete]

    private static let id = Input<Int64>.path("id", .id, "The key's id")
    private static let name = Input.body("name", InputKind<KeyName>.keyName, "By which people know the key")
    private static let scope = Input.body(
        "scope",
        InputKind<KeyScope>.choice,
        default: .admin,
        "What it opens: everything, or reading only"
    )
    private static let expiry = Input<Timestamp?>.optionalBody("expires_at", .time, "When it stops working")
    private static let activeOnly = Input.query(
        "active_only",
        .flag,
        default: false,
        "Leaves out keys that open nothing"
    )
    private static let listLimit = Input<Int64?>.optionalQuery("limit", .integer(1...10_000), "At most so many keys")
    private static let pageLimit = Input.query("limit", .integer(1...1000), default: 100, "At most so many entries")
    private static let offset = Input.query(
        "offset",
        .integer(0...Int64.max),
        default: 0,
        "Leaves out so many of the newest entries"
    )
    private static let before = Input<Int64?>.optionalQuery(
        "before",
        .id,
        "Only entries older than this one: pages that stay where they are while entries are added"
    )
    private static let active = Input<Bool?>.optionalBody("active", .flag, "false revokes the key, true restores it")
    private static let rotate = Input.body("rotate", .flag, default: false, "Replaces the key by a new one")
    private static let grace = Input.body(
        "grace_seconds",
        .integer(0...Int64(KeyStore.longestGrace.components.seconds)),
        default: 0,
        "How long the replaced key keeps working"
    )

    private static let create = Endpoint(
        .post,
        "/api/v1/admin/api-keys",
        .administrators,
        "Makes a key; this answer is the only place where it is ever shown",
        inputs: [name.described, scope.described, expiry.described],
        answers: [.json(createdShape.schema, "The key")]
    ) { call in
        let (name, scope, expiresAt) = try call.read(name, scope, expiry)
        if let expiresAt, expiresAt <= call.now {
            throw ValidationFailure(
                expiry,
                .value("the expiry has passed: use a time in the future"),
                .text("\(expiresAt)")
            )
        }
        var generator = SystemRandomNumberGenerator()
        let created = try await call.store.keys.create(
            name,
            scope: scope,
            expiresAt: expiresAt,
            by: call.actor,
            using: &generator
        )
        return handOver(Handover(created: created, rotatedFrom: nil))
    }

    private static let list = Endpoint(
        .get,
        "/api/v1/admin/api-keys",
        .administrators,
        "The keys, the newest first; never what they are",
        inputs: [activeOnly.described, listLimit.described],
        answers: [.json(.list(of: shape.schema), "The keys")]
    ) { call in
        let (activeOnly, limit) = try call.read(activeOnly, listLimit)
        let now = call.now
        let (keys, changeCounter) = try call.services.ring.list(limit: limit.map { Int($0) } ?? .max) { key in
            !activeOnly || key.state(at: now).isUsable
        }
        let request = KeyListCache.Request(usableOnly: activeOnly, limit: limit, changeCounter: changeCounter)
        let make: @Sendable () -> ByteBuffer = {
            ByteBuffer(bytes: shape.bytes(keys.map { Listed(key: $0, state: $0.state(at: now)) }))
        }
        let cache = call.services.keyList
        let isLong = keys.count > 500
        let body =
            isLong
            ? try await EventLoopExecutor.elsewhere { cache.body(of: request, make) } : cache.body(of: request, make)
        return .bytes(body, type: "application/json")
    }

    private static let audit = Endpoint(
        .get,
        "/api/v1/admin/api-keys/{id}/audit",
        .administrators,
        "The requests that were made with a key, the newest first; of deleted keys too",
        inputs: [id.described, pageLimit.described, offset.described, before.described],
        answers: [.json(auditShape.schema, "One page of them"), .refusal(.notFound, "There never was such a key")]
    ) { call in
        let (id, limit, offset, before) = try call.read(id, pageLimit, offset, before)
        let key = KeyID(id)
        let (entries, total) = try await call.store.audit.requests(
            of: key,
            limit: Int(limit),
            offset: offset,
            before: before
        )
        // A deleted key is known by the rows that it left.
        if total == 0 {
            var filter = AuditLog.Filter()
            filter.key = key
            if try await call.store.audit.newest(1, matching: filter).isEmpty {
                _ = try await call.store.keys.find(key)
            }
        }
        return .json(
            AuditPage(key: id, entries: entries, total: total, limit: limit, offset: offset),
            as: auditShape
        )
    }

    private static let change = Endpoint(
        .put,
        "/api/v1/admin/api-keys/{id}",
        .administrators,
        "Revokes, restores or rotates a key",
        inputs: [id.described, active.described, rotate.described, grace.described],
        answers: [
            .json(Schema.oneOf([changedShape.schema, createdShape.schema]), "What was done, or the new key"), notFound,
            .refusal(.conflict, "It is the last admin key, was compromised, or can't be rotated"),
        ]
    ) { call in
        let (id, active, isRotated, grace) = try call.read(id, active, rotate, grace)
        let key = KeyID(id)
        if isRotated {
            var generator = SystemRandomNumberGenerator()
            let created = try await call.store.keys.rotate(
                key,
                grace: .seconds(grace),
                by: call.actor,
                using: &generator
            )
            return handOver(Handover(created: created, rotatedFrom: id))
        }
        guard let active else { throw ValidationFailure(Self.active, .missing, call.inputs.body ?? .null) }
        do {
            _ =
                active
                ? try await call.store.keys.restore(key, by: call.actor)
                : try await call.store.keys.revoke(key, by: call.actor)
        } catch StoreError.alreadyRevoked, StoreError.notRevoked {
            // It is so already: asking twice is no error, and nothing is changed.
        }
        return .json(Changed(key: id, active: active), as: changedShape)
    }

    private static let delete = Endpoint(
        .delete,
        "/api/v1/admin/api-keys/{id}",
        .administrators,
        "Removes a key for good; its audit rows stay",
        inputs: [id.described],
        answers: [
            .json(deletedShape.schema, "It is gone"), notFound, .refusal(.conflict, "It is the last admin key"),
        ]
    ) { call in
        let id = try call.read(id)
        try await call.store.keys.delete(KeyID(id), by: call.actor)
        return .json(id, as: deletedShape)
    }

    private static let notFound = DescribedAnswer.refusal(.notFound, "There is no such key")

    // MARK: - Shapes

    private struct Listed: Sendable {
        let key: APIKey
        let state: KeyState
    }

    private static let shape = Shape<Listed>(
        "APIKey",
        [
            .integer("id") { $0.key.id.rawValue },
            .text("name") { $0.key.name },
            .flag("active") { $0.key.revocation == nil },
            .time("created_at") { $0.key.createdAt },
            .optionalTime("last_used") { $0.key.lastUsed },
            .integer("request_count") { $0.key.requestCount },
            .text("key_preview") { $0.key.preview + "..." },
            .text("scope", .text(KeyScope.allCases.map(\.rawValue))) { $0.key.scope.rawValue },
            .optionalTime("expires_at") { $0.key.expiresAt },
            .text("state", .text(KeyState.allCases.map(\.rawValue))) { $0.state.rawValue },
        ]
    )

    private struct Handover: Sendable {
        let created: CreatedKey
        let rotatedFrom: Int64?
    }

    private static let createdShape = Shape<Handover>(
        "CreatedAPIKey",
        [
            .integer("id") { $0.created.key.id.rawValue },
            .text("api_key") { $0.created.raw.reveal() },
            .text("key_preview") { $0.created.key.preview + "..." },
            .text("name") { $0.created.key.name },
            .time("created_at") { $0.created.key.createdAt },
            .text("scope", .text(KeyScope.allCases.map(\.rawValue))) { $0.created.key.scope.rawValue },
            .optionalTime("expires_at") { $0.created.key.expiresAt },
            .presentInteger("rotated_from") { $0.rotatedFrom },
        ]
    )

    /// The one answer that holds a key in clear: nobody on the way may keep it.
    private static func handOver(_ handover: Handover) -> Response {
        .json(createdShape.bytes(handover), headers: [.cacheControl: "no-store"])
    }

    private struct AuditPage: Sendable {
        let key: Int64
        let entries: [AuditEntry]
        let total: Int64
        let limit: Int64
        let offset: Int64
    }

    private static let auditShape = Shape<AuditPage>(
        "KeyAudit",
        [
            .integer("key_id") { $0.key },
            .list("entries", AuditEndpoints.requestShape) { $0.entries },
            .integer("total") { $0.total },
            .integer("limit") { $0.limit },
            .integer("offset") { $0.offset },
        ]
    )

    private struct Changed: Sendable {
        let key: Int64
        let active: Bool
    }

    private static let changedShape = Shape<Changed>(
        "APIKeyChanged",
        [
            .text("status", .text(["success"])) { _ in "success" },
            .text("message") { $0.active ? "API key restored" : "API key revoked" },
            .integer("key_id") { $0.key },
            .flag("active") { $0.active },
        ]
    )

    private static let deletedShape = Shape<Int64>(
        "APIKeyDeleted",
        [
            .text("status", .text(["success"])) { _ in "success" },
            .text("message") { _ in "API key permanently deleted" },
            .integer("key_id") { $0 },
        ]
    )
}
