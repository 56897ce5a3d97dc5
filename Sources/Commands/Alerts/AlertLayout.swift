import Records
import Store
import Warehouse

extension RecordLayout<AlertRecord> {
    /// An alert with what became of its notices.
    static let alerts = RecordLayout([
        Field("id") { .id($0.alert.id.rawValue) },
        Field("condition") { .text("\($0.alert.condition)") },
        Field("kind", nil, .machines) { .text($0.alert.condition.kind.rawValue) },
        Field("subject", nil, .machines) { .text($0.alert.condition.subject) },
        Field("severity") { .text($0.alert.severity.rawValue) },
        Field("raised_at", "raised") { .time($0.alert.raisedAt) },
        Field("resolved_at", "resolved") { .time($0.alert.resolvedAt) },
        Field("told", nil, .people) { .text($0.told) },
        Field("message") { .text($0.alert.message) },
        Field("deliveries", nil, .machines) { record in .list(record.deliveries.map(Value.delivery)) },
    ])
}

extension AlertRecord {
    /// `log, webhook`; with what keeps the others from being told.
    fileprivate var told: String? {
        let event: AlertEvent = alert.resolvedAt == nil ? .raised : .resolved
        let parts = deliveries.filter { $0.event == event }.map { delivery in
            if delivery.deliveredAt != nil { return delivery.channel }
            return "not \(delivery.channel)" + (delivery.lastError.map { " (\($0))" } ?? "")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Value {
    fileprivate static func delivery(_ delivery: AlertRecord.Delivery) -> Value {
        .object([
            Member("event", .text(delivery.event.rawValue)), Member("channel", .text(delivery.channel)),
            Member("attempts", .integer(delivery.attempts)), Member("delivered_at", .time(delivery.deliveredAt)),
            Member("last_error", .text(delivery.lastError)),
        ])
    }
}
