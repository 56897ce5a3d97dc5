import Foundation
import Warehouse

/// The JSON object that a webhook gets.
struct WebhookPayload: Encodable {
    let notice: AlertNotice
    /// The machine that sends it.
    let host: String

    private enum Key: String, CodingKey {
        case id, event, condition, kind, subject, severity, message
        case raisedAt = "raised_at"
        case resolvedAt = "resolved_at"
        case host
    }

    /// Every key is always there; `resolved_at` is `null` while the alert is open.
    func encode(to encoder: any Encoder) throws {
        let alert = notice.alert
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(alert.id.rawValue, forKey: .id)
        try container.encode(notice.event.rawValue, forKey: .event)
        try container.encode("\(alert.condition)", forKey: .condition)
        try container.encode(alert.condition.kind.rawValue, forKey: .kind)
        try container.encode(alert.condition.subject, forKey: .subject)
        try container.encode(alert.severity.rawValue, forKey: .severity)
        try container.encode(alert.message, forKey: .message)
        try container.encode("\(alert.raisedAt)", forKey: .raisedAt)
        try container.encode(alert.resolvedAt.map { "\($0)" }, forKey: .resolvedAt)
        try container.encode(host, forKey: .host)
    }

    /// The bytes that are sent and signed.
    func body() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}
