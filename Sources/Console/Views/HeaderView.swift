import Store
import Terminal
import Warehouse

extension ConsoleModel {
    /// The parts of the header in the order of their importance.
    func headerParts(theme: Theme) -> [(text: String, style: Style)] {
        var parts: [(String, Style)] = []
        if options.isReadOnly { parts.append(("[RO]", theme.caution)) }
        if let age = freshness.staleness(at: now) { parts.append(("stale \(age.shortText)", theme.bad)) }
        if let waiting { parts.append(("waiting \(waiting.shortText) for the store", theme.caution)) }
        if freshness.failure != nil { parts.append(("store fails: m tells why", theme.bad)) }
        guard let summary else { return parts + [(options.databaseLabel, theme.text)] }
        let worker = workerPart(summary, theme: theme)
        parts.append(worker)
        parts.append((options.databaseLabel, theme.text))
        if summary.failedJobs > 0 { parts.append((summary.failedJobs.counted("failed job"), theme.bad)) }
        parts.append((summary.candles.counted("candle"), theme.text))
        parts.append((summary.activeSymbols.counted("symbol"), theme.dim))
        parts.append((summary.usableKeys.counted("key"), theme.dim))
        return parts
    }

    /// For how long the store has owed an answer, once that is worth telling; `nil` when it owes none.
    var waiting: Duration? {
        guard let since = [freshness.pendingSince, loads.oldest].compactMap(\.self).min() else { return nil }
        return now - since >= .seconds(1) ? now - since : nil
    }

    /// Which of the summary's workers the header tells of.
    var livingWorker: Int? { summary?.workers.lastIndex { $0.isAlive(at: now) } }

    private func workerPart(_ summary: StoreSummary, theme: Theme) -> (String, Style) {
        guard !summary.workersPaused else { return ("workers paused", theme.caution) }
        guard let worker = livingWorker.map({ summary.workers[$0] }) else { return ("no worker", theme.caution) }
        if worker.trouble != nil { return ("worker in trouble", theme.bad) }
        let feed = worker.feed.isSimulated ? "SIMULATED DATA" : worker.feed.rawValue
        return ("worker: \(feed)", worker.feed.isSimulated ? theme.caution : theme.good)
    }

    /// The keys that the footer names.
    var footerKeys: [(key: String, label: String)] {
        if dialog != nil { return [] }
        if overlay != nil { return [("Esc", "back"), ("↑↓", "scroll"), ("?", "help")] }
        let bindings = keyMap.bindings(in: keyContext, readOnly: options.isReadOnly)
        if detail != nil {
            let own = bindings.filter { $0.context == .symbolDetail && keyContext == .symbolDetail }
            let named = own.compactMap { binding in binding.label.map { ("←→", $0) } }
            return named + [("Esc", "back"), ("↑↓", "scroll"), ("?", "help")]
        }
        return bindings.compactMap { binding in
            guard let label = binding.label, let key = binding.keys.first else { return nil }
            // Rows of the audit are neither sorted nor marked.
            if focus == .audit, binding.action == .sort || binding.action == .mark { return nil }
            return (key.displayName, label)
        }
    }
}

extension Key {
    /// How footer and help name the key.
    var displayName: String {
        switch self {
        case .enter: "Enter"
        case .up: "↑"
        case .down: "↓"
        case " ": "Space"
        case .control(.character(let letter)): "^\(letter.uppercased())"
        default:
            description.hasPrefix("<") && description.hasSuffix(">")
                ? String(description.dropFirst().dropLast()) : description
        }
    }
}
