import Store
import Warehouse

/// What an action that changes the store comes to, given what is selected.
enum Preparation: Sendable {
    case ask(Dialog)
    case commands([Command])
    /// It can't be done now, and why.
    case unavailable(String)
}

extension ConsoleModel {
    /// Turns an action on the marked rows, or on the selected one, into a question or into commands.
    ///
    /// The targets are captured here: what the list shows later does not matter, and the store checks them again.
    func prepare(_ action: Action) -> Preparation {
        switch action {
        case .addSymbol: return .ask(.form(.addSymbols))
        case .toggleSymbol, .editTimeframes, .backfillSymbol, .retryFailedOfSymbol:
            let targets = symbols.targets.map(\.symbol)
            guard !targets.isEmpty else {
                return .unavailable("no symbol is selected" + hint(.addSymbol, "to add one"))
            }
            return prepare(action, symbols: targets)
        case .createKey: return .ask(.form(.createKey))
        case .revokeKey, .restoreKey, .rotateKey, .deleteKey:
            guard !keys.targets.isEmpty else {
                return .unavailable("no key is selected" + hint(.createKey, "to create one"))
            }
            return prepare(action, keys: keys.targets)
        case .undoRevoke:
            guard !lastRevoked.isEmpty else {
                return .unavailable("no key was revoked here yet" + hint(.restoreKey, "to restore the selected one"))
            }
            return .commands(lastRevoked.map { .restoreKey($0.id, name: $0.name) })
        case .startBackfill: return .ask(.form(.startBackfill(suggesting: symbols.selected?.symbol)))
        case .pauseJob, .resumeJob, .cancelJob, .retryJob:
            guard !jobs.targets.isEmpty else {
                return .unavailable("no job is selected" + hint(.startBackfill, "to start one"))
            }
            return prepare(action, jobs: jobs.targets)
        case .retryAllFailed: return .commands([.retryAllFailed])
        case .toggleWorkers: return .commands([.pauseWorkers(!(summary?.workersPaused ?? false))])
        default: return .unavailable("that does nothing here")
        }
    }

    /// The same for a row that a command named.
    func prepare(_ action: Action, found: FoundRow) -> Preparation {
        guard action.needsRows else { return prepare(action) }
        return switch found {
        case .key(let key): prepare(action, keys: [key])
        case .symbol(let symbol): prepare(action, symbols: [symbol])
        case .job(let job): prepare(action, jobs: [job])
        }
    }

    /// `: press a to add one`, with the key as it is bound; empty where there is none.
    func hint(_ action: Action, _ purpose: String) -> String {
        keyMap.keyName(of: action, readOnly: options.isReadOnly).map { ": press \($0) \(purpose)" } ?? ""
    }

    // MARK: Symbols

    private func prepare(_ action: Action, symbols: [TrackedSymbol]) -> Preparation {
        switch action {
        case .toggleSymbol:
            // Together they are switched one way: off when all are on.
            guard symbols.allSatisfy(\.active) else {
                return .commands(symbols.filter { !$0.active }.map { .setActive($0.id, symbol: $0.symbol, true) })
            }
            let one = symbols.count == 1
            return .ask(
                .confirmation(
                    ConfirmationDialog(
                        title: "Deactivate \(one ? symbols[0].symbol : "\(symbols.count) symbols")",
                        lines: Self.listed(symbols.map(\.symbol), unless: one) + [
                            "No more candles are fetched for \(one ? "it" : "them").",
                            "The candles that are stored stay.",
                        ],
                        verb: "Deactivate",
                        commands: symbols.map { .setActive($0.id, symbol: $0.symbol, false) }
                    )
                )
            )
        case .editTimeframes: return .ask(.form(.timeframes(of: symbols)))
        case .retryFailedOfSymbol: return .commands(symbols.map { .retryFailed($0.id, symbol: $0.symbol) })
        default:
            let active = symbols.filter(\.active)
            guard !active.isEmpty else {
                return .unavailable("\(symbols[0].symbol) is inactive" + hint(.toggleSymbol, "to activate it first"))
            }
            return .ask(.form(.startBackfill(of: active)))
        }
    }

    // MARK: Keys

    private func prepare(_ action: Action, keys: [APIKey]) -> Preparation {
        let only = keys.count == 1 ? keys[0] : nil
        let state = only?.state(at: now)
        switch action {
        case .revokeKey:
            if let only, let state, state == .revoked || state == .compromised {
                return .unavailable("key \(only.id.rawValue) is already \(state.rawValue)")
            }
            let usable = keys.filter { $0.revocation == nil }
            guard !usable.isEmpty else { return .unavailable("none of the marked keys is in use") }
            return .ask(.typedName(TypedNameDialog(.revoke, keys: usable, lines: consequences(of: usable))))
        case .deleteKey: return .ask(.typedName(TypedNameDialog(.delete, keys: keys, lines: consequences(of: keys))))
        case .restoreKey:
            switch state {
            case .revoked, nil: return .commands(keys.map { .restoreKey($0.id, name: $0.name) })
            case .compromised:
                return .unavailable("key \(keys[0].id.rawValue) was revoked as compromised and can't be restored")
            case .some(let state):
                return .unavailable(
                    "key \(keys[0].id.rawValue) is \(state.rawValue): only a revoked key can be restored"
                )
            }
        default:
            guard let only, let state else {
                return .unavailable("keys are rotated one by one, as each new one is shown once: Esc drops the marks")
            }
            return state == .active
                ? .ask(.form(.rotate(only)))
                : .unavailable("key \(only.id.rawValue) is \(state.rawValue): only an active key can be rotated")
        }
    }

    private func consequences(of targets: [APIKey]) -> [String] {
        let one = targets.count == 1
        var lines = Self.listed(targets.map { "\($0.id.rawValue)  \($0.name.sanitized(limit: 60))" }, unless: one)
        lines.append("Programs that use \(one ? "it" : "them") are refused from their next request on.")
        let isJudged = keys.total == keys.rows.count && keys.filter.isEmpty
        let others = keys.rows.filter { key in !targets.contains { $0.id == key.id } }
        let isLastAdmin =
            targets.contains { $0.scope == .admin && $0.state(at: now).isUsable }
            && isJudged
            && !others.contains { $0.scope == .admin && $0.state(at: now).isUsable }
        if isLastAdmin { lines.append("This is the LAST usable admin key: the HTTP API will have no administrator.") }
        if !isJudged, targets.contains(where: { $0.scope == .admin && $0.state(at: now).isUsable }) {
            lines.append("If no other admin key is usable, the HTTP API will have no administrator.")
        }
        if one, let lastUsed = targets[0].lastUsed {
            lines.append("Last used \(lastUsed.relative(to: now)), \(targets[0].requestCount.grouped) requests in all.")
        }
        return lines
    }

    // MARK: Jobs

    private func prepare(_ action: Action, jobs: [BackfillJob]) -> Preparation {
        func move(_ move: JobMove, from allowed: Set<JobState>) -> Preparation {
            let able = jobs.filter { allowed.contains($0.state) }
            // Of several the store says for each why it can't be.
            guard able.isEmpty else { return .commands(jobs.map { .moveJob($0.id, move) }) }
            return .unavailable(
                jobs.count == 1
                    ? "job \(jobs[0].id.rawValue) is \(jobs[0].state.rawValue): it can't be \(move.participle)"
                    : "none of the marked jobs can be \(move.participle)"
            )
        }
        switch action {
        case .pauseJob: return move(.pause, from: [.queued, .running])
        case .resumeJob: return move(.resume, from: [.paused])
        case .retryJob: return move(.retry, from: [.failed, .cancelled])
        default:
            let unfinished = jobs.filter { !$0.state.isFinished }
            guard !unfinished.isEmpty else { return move(.cancel, from: []) }
            let only = unfinished.count == 1 ? unfinished[0] : nil
            let names = unfinished.map { "\($0.id.rawValue)  \($0.ticker.symbol) \($0.timeframe.rawValue)" }
            return .ask(
                .confirmation(
                    ConfirmationDialog(
                        title: "Cancel \(only.map { "job \($0.id.rawValue)" } ?? "\(unfinished.count) jobs")",
                        lines: Self.listed(names, unless: only != nil) + [
                            only.map {
                                "\($0.ticker.symbol) \($0.timeframe.rawValue): \($0.progress.candles.grouped) candles so far stay."
                            } ?? "The candles so far stay.",
                            "\(only == nil ? "They" : "It") can be retried later and \(only == nil ? "go" : "goes") on from there.",
                        ],
                        verb: only == nil ? "End the jobs" : "End the job",
                        commands: unfinished.map { .moveJob($0.id, .cancel) }
                    )
                )
            )
        }
    }

    /// The first of several names, for a question; nothing for one, which the title says.
    private static func listed(_ names: [String], unless isOne: Bool) -> [String] {
        guard !isOne else { return [] }
        let shown = names.prefix(8).map { "  \($0)" }
        return shown + (names.count > shown.count ? ["  and \(names.count - shown.count) more"] : [])
    }
}
