/// Which conditions hold, and what follows for the alerts that are open.
///
/// Pure: the same situation always has the same changes.
package struct AlertRules: Hashable, Sendable {
    /// How long after the end of a session its candles may be missing.
    package var staleAfter: Duration

    package init(staleAfter: Duration = .seconds(36 * 3600)) {
        self.staleAfter = staleAfter
    }

    /// What is to be raised and what to be resolved.
    package struct Changes: Hashable, Sendable {
        package var raised: [AlertFinding] = []
        package var resolved: [Alert] = []

        package var isEmpty: Bool { raised.isEmpty && resolved.isEmpty }
    }

    /// Raises what holds and has no open alert; resolves the open alerts whose condition is known to have ended.
    package func changes(in situation: AlertSituation) -> Changes {
        let findings = findings(in: situation)
        let holding = Set(findings.map(\.condition))
        let open = Set(situation.open.map(\.condition))
        return Changes(
            raised: findings.filter { !open.contains($0.condition) },
            resolved: situation.open.filter { !holding.contains($0.condition) && hasEnded($0, in: situation) }
        )
    }

    /// The conditions that hold, each once.
    private func findings(in situation: AlertSituation) -> [AlertFinding] {
        var findings = situation.failedRuns.map { run in
            AlertFinding(
                AlertCondition(.backfillFailed, "\(run.symbol) \(run.timeframe.rawValue)"),
                run.error ?? "the backfill failed"
            )
        }
        if let worker = situation.troubledWorkers.first {
            findings.append(AlertFinding(AlertCondition(.keyRefused), "worker \(worker.id): \(worker.trouble)"))
        }
        findings += situation.symbols.compactMap { stale($0, at: situation.now) }
        if case .broken(let row, let reason) = situation.audit {
            findings.append(
                AlertFinding(AlertCondition(.auditBroken), "the audit log is broken at row \(row): \(reason)")
            )
        }
        return findings
    }

    private func stale(_ symbol: SymbolFreshness, at now: Timestamp) -> AlertFinding? {
        let stale = symbol.staleTimeframes(at: now, after: staleAfter)
        guard !stale.isEmpty else { return nil }
        let parts = stale.map { timeframe in
            guard let last = symbol.lastCandles[timeframe] ?? nil else { return "no \(timeframe.rawValue) candle" }
            return "the last \(timeframe.rawValue) candle is of \(last.minuteText) UTC"
        }
        return AlertFinding(
            AlertCondition(.dataStale, symbol.ticker.symbol),
            "\(symbol.ticker.symbol) is behind its calendar: \(parts.joined(separator: ", "))"
        )
    }

    /// Whether a condition that does not hold has ended, as opposed to being out of sight.
    private func hasEnded(_ alert: Alert, in situation: AlertSituation) -> Bool {
        switch alert.condition.kind {
        case .backfillFailed, .dataStale, .test: return true
        case .keyRefused:
            // A worker that has just started, or none at all, proves nothing: an answer of the vendor does.
            guard let last = situation.lastCompletedRun else { return false }
            return last > alert.raisedAt
        case .auditBroken:
            // Somebody else may have seen what this process had walked past before it was changed.
            guard case .intact(let since) = situation.audit else { return false }
            return since > alert.raisedAt
        }
    }
}
