import Store
import Warehouse

/// What an action that changes the store comes to, given what is selected.
enum Preparation: Sendable {
    case ask(Dialog)
    case command(Command)
    /// It can't be done now, and why.
    case unavailable(String)
}

extension ConsoleModel {
    /// Turns an action on the selected row into a question or a command.
    ///
    /// The target is captured here: what the list shows later does not matter, and the store checks it again.
    func prepare(_ action: Action) -> Preparation {
        switch action {
        case .addSymbol: .ask(.form(.addSymbols))
        case .toggleSymbol, .editTimeframes, .backfillSymbol:
            if let row = symbols.selected {
                prepare(action, symbol: row.symbol)
            } else {
                .unavailable("no symbol is selected: press a to add one")
            }
        case .createKey: .ask(.form(.createKey))
        case .revokeKey, .restoreKey, .rotateKey, .deleteKey:
            if let key = keys.selected {
                prepare(action, key: key)
            } else {
                .unavailable("no key is selected: press c to create one")
            }
        case .startBackfill: .ask(.form(.startBackfill(suggesting: symbols.selected?.symbol)))
        case .pauseJob, .resumeJob, .cancelJob, .retryJob:
            if let job = jobs.selected {
                prepare(action, job: job)
            } else {
                .unavailable("no job is selected: press b to start one")
            }
        case .retryAllFailed: .command(.retryAllFailed)
        case .toggleWorkers: .command(.pauseWorkers(!(summary?.workersPaused ?? false)))
        default: .unavailable("that does nothing here")
        }
    }

    private func prepare(_ action: Action, symbol: TrackedSymbol) -> Preparation {
        switch action {
        case .toggleSymbol where symbol.active:
            .ask(
                .confirmation(
                    ConfirmationDialog(
                        title: "Deactivate \(symbol.symbol)",
                        lines: ["No more candles are fetched for it.", "The candles that are stored stay."],
                        verb: "Deactivate",
                        command: .setActive(symbol.id, symbol: symbol.symbol, false)
                    )
                )
            )
        case .toggleSymbol: .command(.setActive(symbol.id, symbol: symbol.symbol, true))
        case .editTimeframes: .ask(.form(.timeframes(of: symbol)))
        default:
            symbol.active
                ? .ask(.form(.startBackfill(of: symbol)))
                : .unavailable("\(symbol.symbol) is inactive: press x to activate it first")
        }
    }

    private func prepare(_ action: Action, key: APIKey) -> Preparation {
        let state = key.state(at: now)
        switch action {
        case .revokeKey where state == .revoked || state == .compromised:
            return .unavailable("key \(key.id.rawValue) is already \(state.rawValue)")
        case .revokeKey: return .ask(.typedName(TypedNameDialog(.revoke, key: key, lines: consequences(of: key))))
        case .deleteKey: return .ask(.typedName(TypedNameDialog(.delete, key: key, lines: consequences(of: key))))
        case .restoreKey:
            switch state {
            case .revoked: return .command(.restoreKey(key.id, name: key.name))
            case .compromised:
                return .unavailable("key \(key.id.rawValue) was revoked as compromised and can't be restored")
            default:
                return .unavailable("key \(key.id.rawValue) is \(state.rawValue): only a revoked key can be restored")
            }
        default:
            return state == .active
                ? .ask(.form(.rotate(key)))
                : .unavailable("key \(key.id.rawValue) is \(state.rawValue): only an active key can be rotated")
        }
    }

    private func consequences(of key: APIKey) -> [String] {
        var lines = ["Programs that use it are refused from their next request on."]
        let isLastAdmin =
            key.scope == .admin && key.state(at: now).isUsable && keys.total == keys.rows.count && keys.filter.isEmpty
            && !keys.rows.contains { $0.id != key.id && $0.scope == .admin && $0.state(at: now).isUsable }
        if isLastAdmin { lines.append("This is the LAST usable admin key: the HTTP API will have no administrator.") }
        if let lastUsed = key.lastUsed {
            lines.append("Last used \(lastUsed.relative(to: now)), \(key.requestCount.grouped) requests in all.")
        }
        return lines
    }

    private func prepare(_ action: Action, job: BackfillJob) -> Preparation {
        func move(_ move: JobMove, from allowed: Set<JobState>) -> Preparation {
            allowed.contains(job.state)
                ? .command(.moveJob(job.id, move))
                : .unavailable("job \(job.id.rawValue) is \(job.state.rawValue): it can't be \(move.participle)")
        }
        switch action {
        case .pauseJob: return move(.pause, from: [.queued, .running])
        case .resumeJob: return move(.resume, from: [.paused])
        case .retryJob: return move(.retry, from: [.failed, .cancelled])
        default:
            guard !job.state.isFinished else { return move(.cancel, from: []) }
            return .ask(
                .confirmation(
                    ConfirmationDialog(
                        title: "Cancel job \(job.id.rawValue)",
                        lines: [
                            "\(job.ticker.symbol) \(job.timeframe.rawValue): \(job.progress.candles.grouped) candles so far stay.",
                            "It can be retried later and goes on from there.",
                        ],
                        verb: "End the job",
                        command: .moveJob(job.id, .cancel)
                    )
                )
            )
        }
    }
}
