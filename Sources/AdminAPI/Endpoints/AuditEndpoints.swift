import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Warehouse

/// The audit log, for administrators.
enum AuditEndpoints {
    static let all: [Endpoint] = [list, stream, verify]

    private static let key = Input<Int64?>.optionalQuery("key", .id, "Only rows that concern this key")
    private static let source = Input<AuditSource?>.optionalQuery(
        "source",
        .choice,
        "Only rows that came in by this door"
    )
    private static let status = Input<Int64?>.optionalQuery(
        "status",
        .integer(100...599),
        "Only requests that were answered so"
    )
    private static let words = Input.query(
        "q",
        .text(0...200),
        default: "",
        "Words that must all stand somewhere in actor, key name, action, address or detail"
    )
    private static let since = Input<Timestamp?>.optionalQuery("since", .time, "Not before this time")
    private static let until = Input<Timestamp?>.optionalQuery("until", .time, "Before this time")
    private static let before = Input<Int64?>.optionalQuery("before", .id, "Only rows older than this one")
    private static let after = Input<Int64?>.optionalQuery(
        "after",
        .integer(0...Int64.max),
        "Begins behind this row instead of with what comes next; Last-Event-ID does the same"
    )
    private static let limit = Input.query("limit", .integer(1...1000), default: 100, "At most so many rows")
    private static let anchor = Input<String?>.optionalQuery(
        "anchor",
        .text(1...100),
        "A head that was kept elsewhere, SEQUENCE:HASH"
    )

    private static let list = Endpoint(
        .get,
        "/api/v1/admin/audit",
        .administrators,
        "The audit log, the newest rows first",
        inputs: [
            key.described, source.described, status.described, words.described, since.described, until.described,
            before.described, limit.described,
        ],
        answers: [.json(pageShape.schema, "One page of it")]
    ) { call in
        let (key, source, status, words, since, until, before, limit) = try call.read(
            key,
            source,
            status,
            words,
            since,
            until,
            before,
            limit
        )
        var filter = AuditLog.Filter(
            key: key.map { KeyID($0) },
            source: source,
            text: .words(words.split(separator: " ").map { String($0) })
        )
        filter.status = status.map { Int($0) }
        filter.since = since
        filter.until = until
        let entries = try await call.store.audit.newest(Int(limit), before: before, matching: filter)
        return .json(
            Page(entries: entries, nextBefore: entries.count == Int(limit) ? entries.last?.sequence : nil),
            as: pageShape
        )
    }

    private static let stream = Endpoint(
        .get,
        "/api/v1/admin/audit/stream",
        .administrators,
        "The audit log as it grows, as server-sent events",
        inputs: [key.described, source.described, after.described],
        answers: [.text("text/event-stream", "One event a row, until the client or the server ends it")]
    ) { call in
        let (key, source, after) = try call.read(key, source, after)
        let resumed = call.request.headers[.lastEventID].flatMap { Int64($0) }
        let start: Int64 =
            if let position = resumed ?? after { position } else { try await call.store.audit.anchor().sequence }
        return AuditEventStream(
            services: call.services,
            filter: AuditLog.Filter(key: key.map { KeyID($0) }, source: source),
            reader: call.key
        ).response(after: start)
    }

    private static let verify = Endpoint(
        .get,
        "/api/v1/admin/audit/verify",
        .administrators,
        "Walks along the whole hash chain",
        inputs: [anchor.described],
        answers: [.json(verificationShape.schema, "What the walk found")]
    ) { call in
        let text = try call.read(anchor)
        let kept = text.flatMap { AuditAnchor(text: $0) }
        if let text, kept == nil {
            throw ValidationFailure(anchor, .value("use SEQUENCE:HASH, as mdw audit anchor prints it"), .text(text))
        }
        return .json(try await call.store.audit.verify(against: kept), as: verificationShape)
    }

    // MARK: - Shapes

    private struct Page: Sendable {
        let entries: [AuditEntry]
        let nextBefore: Int64?
    }

    private static let pageShape = Shape<Page>(
        "AuditPage",
        [
            .list("entries", entryShape) { $0.entries },
            .optionalInteger("next_before") { $0.nextBefore },
        ]
    )

    /// A row as a key's own audit shows it.
    static let requestShape = Shape<AuditEntry>(
        "KeyRequest",
        [
            .integer("id") { $0.sequence },
            .text("endpoint") { $0.event.endpoint },
            .text("method") { $0.event.method ?? "" },
            .integer("status_code") { Int64($0.event.status ?? 0) },
            .time("timestamp") { $0.time },
        ]
    )

    /// A row with all that it holds.
    static let entryShape = Shape<AuditEntry>(
        "AuditEntry",
        [
            .integer("id") { $0.sequence },
            .time("timestamp") { $0.time },
            .text("source", .text(AuditSource.allCases.map(\.rawValue))) { $0.event.actor.source.rawValue },
            .text("actor") { $0.event.actor.name },
            .optionalInteger("key_id") { $0.event.keyID?.rawValue },
            .optionalText("key_name") { $0.event.keyName },
            .text("action") { $0.event.action },
            .optionalInteger("status_code") { $0.event.status.map { Int64($0) } },
            .optionalText("address") { $0.event.actor.address },
            .optionalInteger("duration_us") { $0.event.duration?.wholeMicroseconds },
            .optionalText("detail") { $0.event.detail },
            .text("previous_hash") { $0.previousHash },
            .text("hash") { $0.hash },
        ]
    )

    private static let verificationShape = Shape<AuditVerification>(
        "AuditVerification",
        [
            .text("status", .text(["intact", "broken"])) { $0.isIntact ? "intact" : "broken" },
            .optionalInteger("rows") { if case .intact(let rows, _) = $0 { rows } else { nil } },
            .optionalText("anchor") { if case .intact(_, let head) = $0 { "\(head)" } else { nil } },
            .optionalInteger("broken_at") { if case .broken(let row, _) = $0 { row } else { nil } },
            .optionalText("reason") { if case .broken(_, let reason) = $0 { reason } else { nil } },
        ]
    )
}

extension AuditVerification {
    fileprivate var isIntact: Bool { if case .intact = self { true } else { false } }
}

extension AuditEvent {
    /// The method of a request; `nil` for anything else.
    fileprivate var method: String? {
        status == nil ? nil : action.split(separator: " ", maxSplits: 1).first.map { String($0) }
    }

    /// The path of a request; of anything else what was done.
    fileprivate var endpoint: String {
        let parts = action.split(separator: " ", maxSplits: 1)
        return status != nil && parts.count == 2 ? String(parts[1]) : action
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = literal("Last-Event-ID")
}
