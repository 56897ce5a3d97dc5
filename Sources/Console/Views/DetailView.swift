import Store
import Terminal
import Warehouse

/// What an opened row shows, as lines.
extension ConsoleModel {
    /// `isSpoken`: without what only an eye can take in.
    func detailLines(of detail: Detail, width: Int, isSpoken: Bool = false) -> [TextLine] {
        switch detail.content {
        case nil: [.title("loading …")]
        case .missing(let sentence): [.title("Gone"), TextLine("   \(sentence)", .caution)]
        case .symbol(let symbol): symbolLines(symbol, width: width, isSpoken: isSpoken)
        case .key(let key, let usage, let audit):
            keyLines(key) + usageLines(usage, width: width, isSpoken: isSpoken) + auditLines(audit)
        case .rejected(let symbol, let rejected):
            [.title("Refused candles of \(symbol.symbol)"), .blank] + rejectedLines(rejected)
        case .history(let runs, let daily): [.title("All symbols")] + runLines(runs) + dailyLines(daily)
        case .job(let job, let runs): jobLines(job) + runLines(runs)
        case .audit(let entry): entryLines(entry)
        }
    }

    private func symbolLines(_ detail: SymbolDetail, width: Int, isSpoken: Bool) -> [TextLine] {
        let symbol = detail.overview.symbol
        var lines: [TextLine] = [
            .title("\(symbol.symbol)  \(symbol.ticker.assetClass.rawValue)"),
            .fact("active", symbol.active ? "yes" : "no: nothing is fetched", symbol.active ? .good : .caution),
            .fact("timeframes", "\(symbol.timeframes.joined)   vendor ticker \(symbol.ticker.vendorTicker)"),
            .fact("added", absolute(symbol.dateAdded)),
            .fact(
                "last backfill",
                "\(symbol.lastBackfill.map(absolute) ?? "never")   \(symbol.backfillStatus.rawValue)"
            ),
        ]
        if let error = symbol.backfillError { lines.append(.fact("error", error, .bad)) }
        if detail.overview.isSimulated {
            lines.append(.fact("source", "SIMULATED: these candles are made up", .caution))
        }
        lines += [.blank, .section("Candles by timeframe")] + seriesLines(detail)
        if let timeframe = detail.timeframe {
            let candles = detail.candles
            if !isSpoken {
                let chart = PriceChart(width: min(100, max(10, width - 18)), height: 10)
                lines += [.blank, .section("Price, \(timeframe.rawValue)")]
                lines += chart.lines(of: Array(candles.suffix(chart.width * 3))) { time in
                    timeframe < .oneDay ? time.minuteText : time.dayUTC.description
                }
            } else if let last = candles.last {
                lines.append(.fact("last close", PriceChart.text(of: last.close)))
            }
            lines += [.blank, .section("Coverage, \(timeframe.rawValue)")]
            let map = CoverageMap(detail.coverage, calendar: TradingCalendar(for: symbol.ticker.assetClass))
            lines += isSpoken ? map.lines(width: width).suffix(1) : map.lines(width: width)
        }
        if !detail.rejected.isEmpty {
            lines +=
                [.blank, .section("The last that were refused" + hint(.showRejected, "to see all"))]
                + rejectedLines(detail.rejected)
        }
        return lines + runLines(detail.runs)
    }

    private func seriesLines(_ detail: SymbolDetail) -> [TextLine] {
        guard !detail.series.isEmpty else {
            return [TextLine("   none yet" + hint(.backfillSymbol, "to fetch some"), .dim)]
        }
        let titles = ["", "candles", "from", "to", "valid", "refused", "revised", "gaps"]
        let rows = detail.series.map { statistics in
            [
                statistics.series.timeframe.rawValue, statistics.candles.grouped,
                statistics.first?.dayUTC.description ?? "–", statistics.last?.dayUTC.description ?? "–",
                statistics.validatedShare?.asPercent ?? "–", statistics.rejected.grouped, statistics.revisions.grouped,
                statistics.gaps.grouped,
            ]
        }
        let widths = titles.indices.map { column in ([titles] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String], _ role: TextRole, mark: String) -> TextLine {
            let text = zip(cells, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(
                separator: "  "
            )
            return TextLine([TextLine.Run(text: " \(mark) ", role: .accent), TextLine.Run(text: text, role: role)])
        }
        return [line(titles, .dim, mark: " ")]
            + zip(detail.series, rows).map { statistics, cells in
                line(cells, .text, mark: statistics.series.timeframe == detail.timeframe ? "▸" : " ")
            }
    }

    private func rejectedLines(_ rejected: [CandleStore.Rejection]) -> [TextLine] {
        guard !rejected.isEmpty else { return [TextLine("   none: every candle passed the rules", .dim)] }
        return rejected.map { rejection in
            let candle = rejection.candle
            let time = candle.time?.minuteText ?? "no time"
            return .fact(
                "\(candle.rule.rawValue) \(rejection.timeframe.rawValue)",
                "\(time)  \(candle.reason)  \(candle.raw.sanitized(limit: 120))",
                .caution
            )
        }
    }

    private func dailyLines(_ runs: [ScheduleStore.Run]) -> [TextLine] {
        [.blank, .section("Daily runs")]
            + (runs.isEmpty ? [TextLine("   none yet: a worker or server starts them", .dim)] : [])
            + runs.map { run in
                let outcome = run.outcome
                let numbers =
                    "\(outcome.symbols.grouped) symbols, \(outcome.jobs.grouped) jobs, \(outcome.skipped.grouped) skipped"
                let text = outcome.error ?? (run.finishedAt == nil ? "under way" : numbers)
                return .fact(run.dueAt.minuteText, "\(text)   by \(run.owner)", outcome.error == nil ? .text : .bad)
            }
    }

    /// Requests of the last hours; the current one is at the right end.
    private func usageLines(_ hours: [Int64], width: Int, isSpoken: Bool) -> [TextLine] {
        let total = hours.reduce(0, +)
        let section = TextLine.section("Requests by the hour, the last \(hours.count)")
        guard total > 0 else { return [.blank, section, TextLine("   none", .dim)] }
        let numbers = TextLine("   \(total.grouped) in all, \((hours.max() ?? 0).grouped) in the busiest hour", .text)
        guard !isSpoken else { return [section, numbers] }
        // Two columns an hour where there is room for them.
        let columns = width >= hours.count * 2 + 6 ? 2 : 1
        let bars = Sparkline.text(hours).map { String(repeating: $0, count: columns) }.joined()
        let length = hours.count * columns
        let (left, right) = ("\(hours.count) hours ago", "now")
        let gap = String(repeating: " ", count: max(1, length - left.count - right.count))
        return [
            .blank, section, TextLine("   \(bars)", .busy), TextLine("   \(left)\(gap)\(right)", .dim),
            numbers,
        ]
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
