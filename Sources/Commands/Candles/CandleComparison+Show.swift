import Feeds
import Records
import Warehouse

extension CandleComparison {
    func show(_ renderer: Renderer, symbol: String) throws {
        guard !renderer.json else { return try renderer.object(object) }
        if !differences.isEmpty { try renderer.list(differences, as: Self.layout) }
        for row in unreadableRows {
            try renderer.line(
                "no candle: line \(row.line): \(row.candle.rule.rawValue): \(row.candle.reason.sanitized(limit: 200))"
            )
        }
        try renderer.line(
            "\(symbol): \(equal.grouped) equal, \(different.grouped) different, \(missingHere.grouped) missing here, "
                + "\(missingThere.grouped) missing there, \(unreadable.counted("row")) of the file no candle"
        )
    }

    private static let layout = RecordLayout<Difference>([
        Field("kind") { .text($0.kind.rawValue) },
        Field("time") { .time($0.time) },
        Field("field") { .text($0.field?.rawValue) },
        Field("here") { .real($0.here) },
        Field("there") { .real($0.there) },
    ])

    private var object: Value {
        .object([
            Value.Member("is_equal", .flag(isEqual)),
            Value.Member("equal", .integer(equal)),
            Value.Member("different", .integer(different)),
            Value.Member("missing_here", .integer(missingHere)),
            Value.Member("missing_there", .integer(missingThere)),
            Value.Member("unreadable", .integer(unreadable)),
            Value.Member("differences", .list(differences.map(Self.layout.object))),
            Value.Member(
                "unreadable_rows",
                .list(
                    unreadableRows.map { row in
                        .object([
                            Value.Member("line", .integer(row.line)),
                            Value.Member("rule", .text(row.candle.rule.rawValue)),
                            Value.Member("reason", .text(row.candle.reason)),
                        ])
                    }
                )
            ),
        ])
    }
}
