import Store
import Terminal
import Warehouse

/// What an opened row shows, as lines.
extension ConsoleModel {
    func detailLines(of detail: Detail, width: Int) -> [TextLine] {
        switch detail.content {
        case nil: [.title("loading …")]
        case .missing(let sentence): [.title("Gone"), TextLine("   \(sentence)", .caution)]
        case .symbol(let overview, let series, let rejected, let runs):
            symbolLines(overview, series) + rejectedLines(rejected) + runLines(runs)
        case .key(let key, let audit): keyLines(key) + auditLines(audit)
        case .job(let job, let runs): jobLines(job) + runLines(runs)
        case .audit(let entry): entryLines(entry)
        }
    }

    private func symbolLines(_ overview: SymbolOverview, _ series: [DetailContent.SeriesDetail]) -> [TextLine] {
        let symbol = overview.symbol
        var lines: [TextLine] = [
            .title("\(symbol.symbol)  \(symbol.ticker.assetClass.rawValue)"),
            .fact("active", symbol.active ? "yes" : "no: nothing is fetched", symbol.active ? .good : .caution),
            .fact("vendor ticker", symbol.ticker.vendorTicker),
            .fact("timeframes", symbol.timeframes.joined),
            .fact("added", absolute(symbol.dateAdded)),
            .fact("last backfill", symbol.lastBackfill.map(absolute) ?? "never"),
            .fact("status", symbol.backfillStatus.rawValue),
        ]
        if let error = symbol.backfillError { lines.append(.fact("error", error, .bad)) }
        if overview.isSimulated { lines.append(.fact("source", "SIMULATED: these candles are made up", .caution)) }
        lines += [.blank, .section("Candles by timeframe")]
        if series.isEmpty { lines.append(TextLine("   none yet: press Esc, then b to fetch some", .dim)) }
        for detail in series {
            let statistics = detail.statistics
            let span = "\(statistics.first?.dayUTC.description ?? "–") … \(statistics.last?.dayUTC.description ?? "–")"
            let numbers =
                "\(statistics.candles.grouped) candles  \(span)  validated \(statistics.validatedShare?.asPercent ?? "–")"
            lines.append(.fact(statistics.series.timeframe.rawValue, numbers))
            let extras =
                "rejected \(statistics.rejected.grouped)  revised \(statistics.revisions.grouped)  gaps \(statistics.gaps.grouped)"
            lines.append(.fact("", extras, .dim))
            for interval in detail.coverage.suffix(5) {
                let days = TradingCalendar(for: symbol.ticker.assetClass).days(of: interval.range)
                let span = "\(days.first) … \(days.last)"
                lines.append(.fact("", "\(interval.state.rawValue.padded(to: 16)) \(span)", .dim))
            }
        }
        return lines
    }

    private func rejectedLines(_ rejected: [CandleStore.Rejection]) -> [TextLine] {
        guard !rejected.isEmpty else { return [] }
        return [.blank, .section("Rejected candles")]
            + rejected.map { rejection in
                let candle = rejection.candle
                let time = candle.time?.minuteText ?? "no time"
                return .fact(
                    "\(candle.rule.rawValue) \(rejection.timeframe.rawValue)",
                    "\(time)  \(candle.reason)  \(candle.raw.sanitized(limit: 120))",
                    .caution
                )
            }
    }

    private func runLines(_ runs: [BackfillRun]) -> [TextLine] {
        [.blank, .section("History")]
            + (runs.isEmpty ? [TextLine("   no run has ended yet", .dim)] : [])
            + runs.map { run in
                let took = (run.finishedAt - run.startedAt).shortText
                let numbers = "\(run.candles.grouped) candles, \(run.rejected.grouped) rejected, \(took)"
                return .fact(
                    run.finishedAt.minuteText,
                    "\(run.symbol) \(run.timeframe.rawValue) \(run.outcome.rawValue): \(run.error ?? numbers)",
                    run.outcome == .completed ? .good : run.outcome == .failed ? .bad : .dim
                )
            }
    }

    private func keyLines(_ key: APIKey) -> [TextLine] {
        let state = key.state(at: now)
        var lines: [TextLine] = [
            .title("Key \(key.id.rawValue)  \(key.name.sanitized(limit: 100))"),
            .fact("state", state.rawValue, state.isUsable ? .good : .bad),
            .fact("scope", key.scope == .admin ? "admin: everything" : "read: GETs only"),
            .fact("preview", key.preview + "..."),
            .fact("created", "\(absolute(key.createdAt)) by \(key.createdBy)"),
            .fact("expires", key.expiresAt.map(absolute) ?? "never"),
            .fact("last used", key.lastUsed.map { "\(absolute($0))  \(key.lastUsedEndpoint ?? "")" } ?? "never"),
            .fact("requests", key.requestCount.grouped),
        ]
        if let revocation = key.revocation {
            lines.append(.fact("revoked", "\(absolute(revocation.at)) by \(revocation.by)", .bad))
            if let reason = revocation.reason { lines.append(.fact("reason", reason)) }
        }
        if let successor = key.rotatedTo { lines.append(.fact("replaced by", "key \(successor.rawValue)")) }
        return lines
    }

    private func auditLines(_ audit: [AuditEntry]) -> [TextLine] {
        [.blank, .section("Audit of this key, the newest first")]
            + (audit.isEmpty ? [TextLine("   nothing yet", .dim)] : [])
            + audit.map { entry in
                let status = entry.event.status.map { " \($0)" } ?? ""
                let detail = entry.event.detail.map { "  \($0)" } ?? ""
                return .fact(
                    entry.time.minuteText,
                    "\(entry.event.actor.name)  \(entry.event.action)\(status)\(detail)"
                )
            }
    }

    private func jobLines(_ job: BackfillJob) -> [TextLine] {
        let progress = job.progress
        var lines: [TextLine] = [
            .title("Job \(job.id.rawValue)  \(job.ticker.symbol) \(job.timeframe.rawValue)"),
            .fact("state", job.state.rawValue, job.state == .failed ? .bad : job.state == .completed ? .good : .text),
            .fact("progress", ProgressBar.text(job.fractionDone, width: 30)),
            .fact("expected", "\(progress.doneUnits.grouped) of \(progress.expectedUnits.grouped) by the calendar"),
            .fact("candles", progress.candles.grouped),
            .fact("rejected", progress.rejected.grouped, progress.rejected > 0 ? .caution : .text),
            .fact("pages", progress.pages.grouped),
            .fact("from", absolute(job.range.lowerBound)),
            .fact("until", "\(absolute(job.range.upperBound)), not included"),
            .fact("done until", absolute(progress.doneUntil)),
            .fact("attempts", String(job.attempts)),
            .fact("requested", "\(absolute(job.createdAt)) by \(job.requestedBy)"),
        ]
        if job.state == .queued, job.nextAttempt > now {
            lines.append(.fact("next attempt", absolute(job.nextAttempt)))
        }
        if let lease = job.lease { lines.append(.fact("worker", lease.owner)) }
        if let error = job.error { lines.append(.fact("error", error, .bad)) }
        return lines
    }

    private func entryLines(_ entry: AuditEntry) -> [TextLine] {
        let event = entry.event
        return [
            .title("Audit row \(entry.sequence)"),
            .fact("time", entry.time.description),
            .fact("source", event.actor.source.rawValue),
            .fact("actor", event.actor.name),
            .fact("address", event.actor.address ?? "local"),
            .fact("key", event.keyID.map { "\($0.rawValue) \(event.keyName ?? "")" } ?? "–"),
            .fact("action", event.action),
            .fact("status", event.status.map(String.init) ?? "–"),
            .fact("duration", event.duration?.latencyText ?? "–"),
            .fact("detail", event.detail ?? "–"),
            .fact("hash", entry.hash),
            .fact("previous hash", entry.previousHash),
            .fact("hash is right", entry.isIntact ? "yes" : "NO: the row was changed", entry.isIntact ? .good : .bad),
        ]
    }

    private func absolute(_ time: Timestamp) -> String { "\(time.minuteText) UTC (\(time.relative(to: now)))" }
}
