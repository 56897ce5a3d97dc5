import Store
import Warehouse

extension StoreWorker {
    /// Carries out changes, one after the other; tells of each how it went.
    ///
    /// What is told as done was committed.
    func perform(_ commands: [Command]) async -> [CommandResult] {
        var results: [CommandResult] = []
        for command in commands {
            do {
                results.append(try await perform(command))
            } catch {
                results.append(.refused(Self.sentence(error)))
            }
        }
        return results
    }

    private func perform(_ command: Command) async throws -> CommandResult {
        var generator = SystemRandomNumberGenerator()
        switch command {
        case .addSymbols(let tickers, let timeframes): return try await add(tickers, timeframes)
        case .setActive(let id, let symbol, let active):
            _ = try await store.symbols.setActive(active, symbol: id, by: actor)
            return .done("\(symbol) is \(active ? "active" : "inactive; its candles stay")")
        case .setTimeframes(let id, let symbol, let timeframes):
            let changed = try await store.symbols.setTimeframes(timeframes, symbol: id, by: actor)
            return .done("\(symbol) keeps \(changed.timeframes.joined)")
        case .startBackfill(let reference, let timeframe, let days):
            let symbol = try await store.symbols.find(reference.text)
            return .startedJob(
                try await store.jobs.start(symbol, timeframe: timeframe, from: days.from, to: days.to, by: actor)
            )
        case .moveJob(let id, let move):
            let job = try await self.move(id, move)
            return .done("job \(id.rawValue) (\(job.ticker.symbol) \(job.timeframe.rawValue)) is \(move.participle)")
        case .retryFailed(let id, let symbol):
            let jobs = try await store.jobs.retryAllFailed(of: id, by: actor)
            guard !jobs.isEmpty else { return .done("no job of \(symbol) has failed") }
            return .done(
                "\(Int64(jobs.count).counted("failed job")) of \(symbol) \(jobs.count == 1 ? "is" : "are") queued again"
            )
        case .retryAllFailed:
            let jobs = try await store.jobs.retryAllFailed(by: actor)
            return .done(jobs.isEmpty ? "no job has failed" : "\(jobs.count) failed jobs are queued again")
        case .pauseWorkers(let paused):
            try await store.workers.setPaused(paused, by: actor)
            return .done(paused ? "workers are paused after their current page" : "workers go on")
        case .createKey(let name, let scope, let expiresAt):
            return .createdKey(
                try await store.keys.create(name, scope: scope, expiresAt: expiresAt, by: actor, using: &generator)
            )
        case .revokeKey(let id, let name, let reason):
            _ = try await store.keys.revoke(id, reason: reason, lastAdmin: .confirmed, by: actor)
            return .done("key \(id.rawValue) '\(name)' is revoked")
        case .restoreKey(let id, let name):
            _ = try await store.keys.restore(id, by: actor)
            return .done("key \(id.rawValue) '\(name)' is restored")
        case .rotateKey(let id, _, let grace):
            return .createdKey(try await store.keys.rotate(id, grace: grace, by: actor, using: &generator))
        case .deleteKey(let id, let name):
            try await store.keys.delete(id, lastAdmin: .confirmed, by: actor)
            return .done("key \(id.rawValue) '\(name)' is deleted; its audit rows stay")
        }
    }

    /// Each symbol by itself, so that one which is refused does not keep the others out.
    private func add(_ tickers: [Ticker], _ timeframes: [Timeframe]) async throws -> CommandResult {
        var added: [TrackedSymbol] = []
        var refused: [String] = []
        for ticker in tickers {
            do {
                added.append(try await store.symbols.add(ticker, timeframes: timeframes, by: actor))
            } catch let error as StoreError where !error.isUnavailable {
                refused.append(error.description)
            }
        }
        guard !added.isEmpty else { return .refused(refused.joined(separator: "; ")) }
        return .addedSymbols(added, refused: refused)
    }

    private func move(_ id: JobID, _ move: JobMove) async throws -> BackfillJob {
        switch move {
        case .pause: try await store.jobs.pause(id, by: actor)
        case .resume: try await store.jobs.resume(id, by: actor)
        case .cancel: try await store.jobs.cancel(id, by: actor)
        case .retry: try await store.jobs.retry(id, by: actor)
        }
    }
}

extension SymbolReference {
    fileprivate var text: String {
        switch self {
        case .id(_, let symbol): symbol
        case .typed(let text): text
        }
    }
}
