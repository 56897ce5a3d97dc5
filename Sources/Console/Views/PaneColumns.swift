import Store
import Terminal
import Warehouse

/// The columns of the four panes.
extension ConsoleModel {
    func symbolColumns(_ theme: Theme) -> [TableColumn<SymbolOverview>] {
        [
            TableColumn("SYMBOL", width: 7, isFlexible: true, sort: "symbol") { $0.symbol.symbol }
                .styled { $0.symbol.active ? theme.text : theme.dim },
            TableColumn("CLASS", width: 6, rank: 4, sort: "class") { $0.symbol.ticker.assetClass.rawValue },
            TableColumn("ACTIVE", width: 6, rank: 5, sort: "active") { $0.symbol.active ? "yes" : "no" },
            TableColumn("FRAMES", width: 9, isFlexible: true, rank: 3, sort: "timeframes") {
                $0.symbol.timeframes.joined
            },
            TableColumn("STATUS", width: 11, sort: "status") { $0.statusText }.styled {
                theme.style(of: $0.symbol.backfillStatus)
            },
            TableColumn("CANDLES", width: 9, alignment: .trailing, rank: 1, sort: "candles") { $0.candles.grouped },
            TableColumn("LAST", width: 10, rank: 2, sort: "last") { $0.last?.dayUTC.description ?? "–" },
            TableColumn("VALID", width: 7, alignment: .trailing, rank: 6, sort: "validated") {
                $0.validatedShare?.asPercent ?? "–"
            },
        ]
    }

    func keyColumns(_ theme: Theme) -> [TableColumn<APIKey>] {
        let now = shownTime
        return [
            TableColumn("ID", width: 4, alignment: .trailing, sort: "id") { String($0.id.rawValue) },
            TableColumn("NAME", width: 10, isFlexible: true, sort: "name") { $0.name.sanitized(limit: 100) },
            TableColumn("SCOPE", width: 5, rank: 3, sort: "scope") { $0.scope.rawValue },
            TableColumn("STATE", width: 11, sort: "state") { $0.state(at: now).rawValue }.styled {
                theme.style(of: $0.state(at: now))
            },
            TableColumn("REQUESTS", width: 9, alignment: .trailing, rank: 4, sort: "requests") {
                $0.requestCount.grouped
            },
            TableColumn("LAST USED", width: 10, rank: 2, sort: "last used") {
                $0.lastUsed.map { min($0, now).relative(to: now) } ?? "never"
            },
            TableColumn("EXPIRES", width: 10, rank: 5, sort: "expires") { $0.expiresAt?.relative(to: now) ?? "never" },
            TableColumn("PREVIEW", width: 15, rank: 6) { $0.preview + "..." },
            TableColumn("CREATED", width: 16, rank: 7, sort: "created") { $0.createdAt.minuteText },
        ]
    }

    func jobColumns(_ theme: Theme) -> [TableColumn<BackfillJob>] {
        let paces = paces
        return [
            TableColumn("JOB", width: 5, alignment: .trailing, sort: "job") { String($0.id.rawValue) },
            TableColumn("SYMBOL", width: 8, sort: "symbol") { $0.ticker.symbol },
            TableColumn("FRAME", width: 5, sort: "timeframe") { $0.timeframe.rawValue },
            TableColumn("STATE", width: 9, sort: "state") { $0.state.rawValue }.styled { theme.style(of: $0.state) },
            TableColumn("PROGRESS", width: 22, sort: "progress") { ProgressBar.text($0.fractionDone, width: 22) }
                .styled { $0.state == .running ? theme.busy : theme.dim },
            TableColumn("CANDLES", width: 9, alignment: .trailing, sort: "candles") { $0.progress.candles.grouped },
            TableColumn("REJ", width: 5, alignment: .trailing, rank: 2, sort: "rejected") {
                $0.progress.rejected.grouped
            },
            TableColumn("RATE/s", width: 8, alignment: .trailing, rank: 1) { job in
                paces[job.id]?.candlesPerSecond.map { Int64($0).grouped } ?? "–"
            },
            TableColumn("ETA", width: 6, alignment: .trailing, rank: 1) { job in
                job.state == .running ? paces[job.id]?.remaining(of: job)?.shortText ?? "–" : "–"
            },
            TableColumn("TRY", width: 3, alignment: .trailing, rank: 4, sort: "attempts") { String($0.attempts) },
            TableColumn("NOTE", width: 12, isFlexible: true, rank: 3) { $0.note }
                .styled { $0.state == .failed ? theme.bad : theme.dim },
        ]
    }

    func auditColumns(_ theme: Theme) -> [TableColumn<AuditEntry>] {
        let now = shownTime
        // The day stands in front where there is room for it.
        let isWide = size.width >= Layout.wide
        return [
            TableColumn("TIME", width: isWide ? 14 : 8) { entry in
                guard entry.time.dayUTC != now.dayUTC else { return entry.time.clockTime }
                let day = String(entry.time.dayUTC.description.dropFirst(5))
                return isWide ? "\(day) \(entry.time.clockTime)" : day
            },
            TableColumn("SOURCE", width: 7, rank: 1) { $0.event.actor.source.rawValue },
            TableColumn("ACTOR", width: 9, rank: 2) { $0.event.actor.name },
            TableColumn("KEY", width: 12) { $0.event.keyText },
            // What a change was about belongs to it: `symbol.add` alone says little.
            TableColumn("ACTION", width: 30, isFlexible: true) { entry in
                entry.event.detail.map { "\(entry.event.action)  \($0)" } ?? entry.event.action
            },
            TableColumn("ST", width: 3, alignment: .trailing, rank: 4) { $0.event.status.map(String.init) ?? "" }
                .styled { theme.style(ofHTTPStatus: $0.event.status) },
            TableColumn("ADDRESS", width: 15, rank: 5) { $0.event.actor.address ?? "local" },
            TableColumn("TOOK", width: 7, alignment: .trailing, rank: 6) { $0.event.duration?.latencyText ?? "" },
        ]
    }
}

extension SymbolOverview {
    fileprivate var statusText: String {
        isSimulated && symbol.backfillStatus == .completed ? "simulated" : symbol.backfillStatus.rawValue
    }
}

extension BackfillJob {
    /// What there is to know besides numbers: the last error, or the days that are fetched.
    fileprivate var note: String {
        error ?? "\(days.first) … \(days.last)"
    }
}

extension AuditEvent {
    fileprivate var keyText: String {
        guard let keyID else { return "" }
        return "\(keyID.rawValue) \(keyName ?? "")"
    }
}
