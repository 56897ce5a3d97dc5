import Store
import Terminal
import Warehouse

/// Tells the console in lines, for who can't see a screen: one line for each change, nothing drawn and nothing said twice.
struct Narrator: Sendable {
    private var told: ConsoleModel?

    /// What is to be said now that the console has come to `model`.
    mutating func lines(of model: ConsoleModel) -> [String] {
        defer { told = model }
        var lines: [String] = []
        if told == nil {
            lines.append("mdw, \(model.options.databaseLabel). ? lists the keys, q quits.")
            lines += model.messages.map(\.text)
        }
        let told = told ?? model.uncovered
        lines += messages(from: told, to: model)
        lines += header(from: told, to: model)
        lines += cover(from: told, to: model)
        lines += dialog(from: told, to: model)
        if model.dialog == nil, model.overlay == nil, model.detail == nil { lines += pane(from: told, to: model) }
        lines += inputs(from: told, to: model)
        return lines.map { $0.sanitized(limit: 2000) }
    }

    private func messages(from old: ConsoleModel, to new: ConsoleModel) -> [String] {
        // Messages are only ever added at the end, and dropped at the start.
        let known = old.messages.last.flatMap { last in new.messages.lastIndex(of: last) }.map { $0 + 1 } ?? 0
        return new.messages[known...].map { message in
            switch message.severity {
            case .info: message.text
            case .success: "done: \(message.text)"
            case .warning: "warning: \(message.text)"
            case .error: "error: \(message.text)"
            }
        }
    }

    /// The parts of the header that say what is wrong, or that it no longer is; counts would never stop.
    private func header(from old: ConsoleModel, to new: ConsoleModel) -> [String] {
        func troubles(_ model: ConsoleModel) -> [String] {
            model.headerParts(theme: .monochrome).map(\.text).filter { text in
                ["worker", "no worker", "workers", "failed", "store fails"].contains { text.hasPrefix($0) }
                    || text.contains("failed job")
            }
        }
        let (before, after) = (troubles(old), troubles(new))
        var lines = after.filter { !before.contains($0) }
        if old.freshness.silentSince == nil, new.freshness.silentSince != nil {
            lines.append("the store does not answer")
        }
        if old.freshness.silentSince != nil, new.freshness.silentSince == nil {
            lines.append("the store answers again")
        }
        return lines
    }

    private func text(of lines: [TextLine]) -> [String] {
        lines.map { $0.runs.map(\.text).joined().trimmingSpaces() }.filter { !$0.isEmpty }
    }

    private func cover(from old: ConsoleModel, to new: ConsoleModel) -> [String] {
        func lines(_ model: ConsoleModel) -> [String] {
            if let overlay = model.overlay { return text(of: model.coverLines(of: overlay)) }
            guard let detail = model.detail, detail.content != nil else { return [] }
            return text(of: model.spokenLines(of: detail))
        }
        let (before, after) = (lines(old), lines(new))
        if after.isEmpty { return before.isEmpty ? [] : ["closed"] }
        // Of what is open already only the lines that are new are said.
        let known = Set(before)
        return after.filter { !known.contains($0) }
    }

    private func dialog(from old: ConsoleModel, to new: ConsoleModel) -> [String] {
        guard let dialog = new.dialog else { return old.dialog == nil ? [] : ["closed"] }
        let content = dialog.content
        guard let before = old.dialog?.content, before.title == content.title else {
            return [content.title] + content.lines.compactMap { $0.spoken(in: dialog) } + [content.hint]
        }
        // What is being typed is heard as it is typed.
        let more = content.lines.dropFirst(before.lines.count).compactMap { $0.spoken(in: dialog) }
        return zip(content.lines, before.lines).compactMap { new, old in
            if case .field(let label, _, let isFocused) = new, case .field(_, _, let wasFocused) = old {
                return isFocused && !wasFocused ? label : nil
            }
            return new == old ? nil : new.spoken(in: dialog)
        } + more
    }

    private func pane(from old: ConsoleModel, to new: ConsoleModel) -> [String] {
        // The row as it would be said now: that time passes is no change.
        var old = old
        old.now = new.now
        let wasCovered = old.dialog != nil || old.overlay != nil || old.detail != nil
        var lines: [String] = []
        if old.focus != new.focus { lines.append("\(new.focus.title), \(new.spokenCount)") }
        if old.focus == new.focus,
            old.filter(of: new.focus) != new.filter(of: new.focus) || old.spokenCount != new.spokenCount
        {
            lines.append(new.spokenCount)
        }
        if old.focus == new.focus, old.sortOrder(of: new.focus) != new.sortOrder(of: new.focus),
            let order = new.sortOrder(of: new.focus)
        {
            lines.append("sorted by \(order.column)\(order.isDescending ? ", the largest first" : "")")
        }
        let row = new.spokenRow
        if let row, row != old.spokenRow || old.focus != new.focus || wasCovered { lines.append(row) }
        return lines
    }

    private func inputs(from old: ConsoleModel, to new: ConsoleModel) -> [String] {
        if old.filterInput == nil, new.filterInput != nil { return ["filter:"] }
        if old.commandInput == nil, new.commandInput != nil { return ["command:"] }
        // What Tab put in place of the last word.
        if let before = old.commandInput, let after = new.commandInput, after.text.count > before.text.count + 1 {
            return [after.text]
        }
        return []
    }
}

extension DialogLine {
    /// How it is said; `nil` for what is only for the eye.
    fileprivate func spoken(in dialog: Dialog) -> String? {
        switch self {
        case .key: if case .oneTimeKey(let shown) = dialog { shown.created.raw.reveal() } else { nil }
        case .text(let text, _): text.isEmpty ? nil : text
        case .field(let label, let field, let isFocused): isFocused ? "\(label): \(field.text)" : nil
        case .choice(let label, let options, let selected, let isFocused):
            isFocused ? "\(label): \(options[selected]), of \(options.joined(separator: ", "))" : nil
        case .option(let text, let isSelected): isSelected ? text : nil
        case .buttons(let cancel, let confirm, let isConfirmSelected): isConfirmSelected ? confirm : cancel
        }
    }
}

extension ConsoleModel {
    /// The console before anything was opened in it.
    fileprivate var uncovered: ConsoleModel {
        var model = self
        (model.dialog, model.overlay, model.detail) = (nil, nil, nil)
        return model
    }

    /// How many rows the focused pane has.
    fileprivate var spokenCount: String {
        let (count, filter): (Int, Filter) =
            switch focus {
            case .symbols: (symbols.total, symbols.filter)
            case .keys: (keys.total, keys.filter)
            case .backfill: (jobs.total, jobs.filter)
            case .audit: (0, audit.filter)
            }
        if focus == .audit { return filter.isEmpty ? "all rows" : "rows that match \(filter.text)" }
        return filter.isEmpty ? Int64(count).counted("row") : "\(count.grouped) match \(filter.text)"
    }

    /// The selected row, each field behind its name; `nil` when there is none.
    fileprivate var spokenRow: String? {
        func spoken<Row>(_ row: Row?, _ columns: [TableColumn<Row>], isMarked: Bool = false) -> String? {
            guard let row else { return nil }
            let fields = columns.compactMap { column in
                let text = column.text(row)
                return text.isEmpty || text == "–" ? nil : "\(column.title.lowercased()) \(text)"
            }
            return (isMarked ? "marked, " : "") + fields.joined(separator: ", ")
        }
        let theme = Theme.monochrome
        return switch focus {
        case .symbols:
            spoken(
                symbols.selected,
                symbolColumns(theme),
                isMarked: symbols.selected.map { symbols.isMarked($0.id) } ?? false
            )
        case .keys:
            spoken(keys.selected, keyColumns(theme), isMarked: keys.selected.map { keys.isMarked($0.id) } ?? false)
        case .backfill:
            jobs.selected.map { job in
                let mark = jobs.isMarked(job.id) ? "marked, " : ""
                let percent = Int(job.fractionDone * 100)
                // Tens of percent: a line for each candle would never let anybody speak.
                let progress = job.state == .running ? "\(percent / 10 * 10) percent" : "\(percent) percent"
                let error = job.error.map { ", \($0)" } ?? ""
                return
                    "\(mark)job \(job.id.rawValue), \(job.ticker.symbol) \(job.timeframe.rawValue), \(job.state.rawValue), "
                    + progress + error
            }
        case .audit: spoken(audit.selected, auditColumns(theme))
        }
    }

    /// A detail in words: charts and maps are left out, as their numbers are in the lines beside them.
    fileprivate func spokenLines(of detail: Detail) -> [TextLine] {
        detailLines(of: detail, width: 200, isSpoken: true)
    }
}
