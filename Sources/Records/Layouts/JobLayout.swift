package import Warehouse

extension RecordLayout<BackfillJob> {
    package static let jobs = RecordLayout([
        Field("id") { .id($0.id.rawValue) },
        Field("symbol") { .text($0.ticker.symbol) },
        Field("asset_class", nil, .machines) { .text($0.ticker.assetClass.rawValue) },
        Field("timeframe") { .text($0.timeframe.rawValue) },
        Field("start_date", "from") { .day($0.days.first) },
        Field("end_date", "to") { .day($0.days.last) },
        Field("state") { .text($0.state.rawValue) },
        Field("progress", "done") { .share($0.fractionDone) },
        Field("candles") { .integer($0.progress.candles) },
        Field("rejected") { .integer($0.progress.rejected) },
        Field("pages", nil, .detail) { .integer($0.progress.pages) },
        Field("done_until", nil, .detail) { .time($0.progress.doneUntil) },
        Field("attempts", nil, .detail) { .integer($0.attempts) },
        Field("next_attempt", nil, .detail) { $0.state == .queued ? .time($0.nextAttempt) : .none },
        Field("worker", nil, .detail) { .text($0.lease?.owner) },
        Field("priority", nil, .machines) { .integer($0.priority.rawValue) },
        Field("requested_by", nil, .detail) { .text($0.requestedBy) },
        Field("created_at", "created", .detail) { .time($0.createdAt) },
        Field("started_at", "started", .detail) { .time($0.startedAt) },
        Field("finished_at", "finished", .detail) { .time($0.finishedAt) },
        Field("error") { .text($0.error) },
    ])
}
