import Store
import Terminal
import Warehouse

/// The four panes as tables.
extension ConsoleModel {
    func draw(_ pane: Pane, in rect: Rect, on frame: inout Frame, theme: Theme) {
        switch pane {
        case .symbols: drawList(symbols, .symbols, symbolColumns(theme), "No symbol: press a to add one.", rect, &frame, theme)
        case .keys: drawList(keys, .keys, keyColumns(theme), "No key: press c to create one.", rect, &frame, theme)
        case .backfill: drawList(jobs, .backfill, jobColumns(theme), "No job: press b to fetch candles.", rect, &frame, theme)
        case .audit: drawAudit(in: rect, on: &frame, theme: theme)
        }
    }

    private func drawList<Row>(
        _ list: ListState<Row>, _ pane: Pane, _ columns: [TableColumn<Row>], _ emptyText: String, _ rect: Rect,
        _ frame: inout Frame, _ theme: Theme
    ) {
        let height = max(0, rect.height - 2)
        let places = list.top..<max(list.top, min(list.total, list.top + height))
        let empty = !list.isLoaded ? "loading …" : list.filter.isEmpty ? emptyText : "Nothing matches: Esc drops the filter."
        TableView(
            title: "\(pane.rawValue) \(pane.title)", note: note(of: pane, total: list.total, filter: list.filter),
            columns: columns, rows: places.map { list.row(at: $0) }, cursor: list.cursor - list.top,
            isFocused: focus == pane, emptyText: empty
        ).draw(in: rect, on: &frame, theme: theme)
    }

    private func note(of pane: Pane, total: Int, filter: Filter) -> String {
        let shown = focus == pane && filterInput != nil ? filterInput?.text ?? "" : filter.text
        return filter.isEmpty && shown.isEmpty ? total.grouped : "\(total.grouped) match /\(shown.sanitized(limit: 60))"
    }

    private func drawAudit(in rect: Rect, on frame: inout Frame, theme: Theme) {
        let height = max(0, rect.height - 2)
        let rows = audit.rows.dropFirst(audit.top).prefix(height)
        var notes: [String] = []
        if !audit.filter.isEmpty || (focus == .audit && filterInput != nil) {
            notes.append("/\((filterInput?.text ?? audit.filter.text).sanitized(limit: 60))")
        }
        if audit.arrived > 0 { notes.append("+\(audit.arrived.grouped) new, G jumps there") }
        notes.append(audit.isFollowing ? "following" : "frozen")
        let empty = !audit.isLoaded ? "loading …" : audit.filter.isEmpty ? "Nothing has happened yet." : "Nothing matches."
        TableView(
            title: "4 Audit", note: notes.joined(separator: " · "), columns: auditColumns(theme), rows: Array(rows),
            cursor: audit.cursorIndex.map { $0 - audit.top }, isFocused: focus == .audit, emptyText: empty
        ).draw(in: rect, on: &frame, theme: theme)
    }

    private func symbolColumns(_ theme: Theme) -> [TableColumn<SymbolOverview>] {
        [
            TableColumn(title: "SYMBOL", width: 7, isFlexible: true, text: \.symbol.symbol) { row in
                row.symbol.active ? theme.text : theme.dim
            },
            TableColumn(title: "CLASS", width: 6, rank: 4, text: { $0.symbol.ticker.assetClass.rawValue }),
            TableColumn(title: "ACTIVE", width: 6, rank: 5) { $0.symbol.active ? "yes" : "no" },
            TableColumn(title: "FRAMES", width: 9, isFlexible: true, rank: 3, text: { $0.symbol.timeframes.joined }),
            TableColumn(title: "STATUS", width: 11, text: { $0.statusText }) { theme.style(of: $0.symbol.backfillStatus) },
            TableColumn(title: "CANDLES", width: 9, alignment: .trailing, rank: 1, text: { $0.candles.grouped }),
            TableColumn(title: "LAST", width: 10, rank: 2, text: { $0.last?.dayUTC.description ?? "–" }),
            TableColumn(title: "VALID", width: 7, alignment: .trailing, rank: 6) { $0.validatedShare?.asPercent ?? "–" },
        ]
    }

    private func keyColumns(_ theme: Theme) -> [TableColumn<APIKey>] {
        let now = now
        return [
            TableColumn(title: "ID", width: 4, alignment: .trailing, text: { String($0.id.rawValue) }),
            TableColumn(title: "NAME", width: 10, isFlexible: true, text: { $0.name.sanitized(limit: 100) }),
            TableColumn(title: "SCOPE", width: 5, rank: 3, text: \.scope.rawValue),
            TableColumn(title: "STATE", width: 11, text: { $0.state(at: now).rawValue }) { theme.style(of: $0.state(at: now)) },
            TableColumn(title: "REQUESTS", width: 9, alignment: .trailing, rank: 4, text: { $0.requestCount.grouped }),
            TableColumn(title: "LAST USED", width: 10, rank: 2) { $0.lastUsed?.relative(to: now) ?? "never" },
            TableColumn(title: "EXPIRES", width: 10, rank: 5) { $0.expiresAt?.relative(to: now) ?? "never" },
            TableColumn(title: "PREVIEW", width: 15, rank: 6) { $0.preview + "..." },
            TableColumn(title: "CREATED", width: 16, rank: 7, text: \.createdAt.minuteText),
        ]
    }

    private func jobColumns(_ theme: Theme) -> [TableColumn<BackfillJob>] {
        let paces = paces
        return [
            TableColumn(title: "JOB", width: 5, alignment: .trailing, text: { String($0.id.rawValue) }),
            TableColumn(title: "SYMBOL", width: 8, text: \.ticker.symbol),
            TableColumn(title: "FRAME", width: 5, text: \.timeframe.rawValue),
            TableColumn(title: "STATE", width: 9, text: \.state.rawValue) { theme.style(of: $0.state) },
            TableColumn(title: "PROGRESS", width: 22, text: { ProgressBar.text($0.fractionDone, width: 22) }),
            TableColumn(title: "CANDLES", width: 9, alignment: .trailing, text: { $0.progress.candles.grouped }),
            TableColumn(title: "REJ", width: 5, alignment: .trailing, rank: 2, text: { $0.progress.rejected.grouped }),
            TableColumn(title: "RATE/s", width: 8, alignment: .trailing, rank: 1) { job in
                paces[job.id]?.candlesPerSecond.map { Int64($0).grouped } ?? "–"
            },
            TableColumn(title: "ETA", width: 6, alignment: .trailing, rank: 1) { job in
                job.state == .running ? paces[job.id]?.remaining(of: job)?.shortText ?? "–" : "–"
            },
            TableColumn(title: "TRY", width: 3, alignment: .trailing, rank: 4, text: { String($0.attempts) }),
            TableColumn(title: "NOTE", width: 12, isFlexible: true, rank: 3, text: { $0.note }) { job in
                job.state == .failed ? theme.bad : theme.dim
            },
        ]
    }

    private func auditColumns(_ theme: Theme) -> [TableColumn<AuditEntry>] {
        [
            TableColumn(title: "TIME", width: 8, text: \.time.clockTime),
            TableColumn(title: "SOURCE", width: 7, rank: 1, text: \.event.actor.source.rawValue),
            TableColumn(title: "ACTOR", width: 9, rank: 2, text: \.event.actor.name),
            TableColumn(title: "KEY", width: 12, text: { $0.event.keyText }),
            TableColumn(title: "ACTION", width: 18, isFlexible: true, text: \.event.action),
            TableColumn(title: "ST", width: 3, alignment: .trailing, rank: 4, text: { $0.event.status.map(String.init) ?? "" }) {
                theme.style(ofHTTPStatus: $0.event.status)
            },
            TableColumn(title: "ADDRESS", width: 15, rank: 5, text: { $0.event.actor.address ?? "local" }),
            TableColumn(title: "TOOK", width: 7, alignment: .trailing, rank: 6) { $0.event.duration?.latencyText ?? "" },
            TableColumn(title: "DETAIL", width: 16, isFlexible: true, rank: 3, text: { $0.event.detail ?? "" }),
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
        error ?? "\(range.lowerBound.dayUTC) … \((range.upperBound - .microseconds(1)).dayUTC)"
    }
}

extension AuditEvent {
    fileprivate var keyText: String {
        guard let keyID else { return "" }
        return "\(keyID.rawValue) \(keyName ?? "")"
    }
}
