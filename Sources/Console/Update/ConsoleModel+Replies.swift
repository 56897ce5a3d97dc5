import Store
import Warehouse

extension ConsoleModel {
    mutating func update(_ event: ConsoleEvent) -> [Effect] {
        switch event {
        // What failed is not asked again at once: the next commit, or the store's next answer, does that.
        case .store(.failed(let load, let sentence)): return fail(load, sentence)
        case .store(let reply): return receive(reply) + settle()
        case .changed(let generations, let counter):
            freshness.counter = counter
            return refresh(generations)
        case .silent(let since, let failure):
            if freshness.silentSince == nil, let failure { say(.error, failure) }
            freshness.silentSince = since
            freshness.failure = failure
            return []
        case .answering:
            guard freshness.silentSince != nil else { return [] }
            if freshness.failure != nil { say(.success, "the store answers again") }
            freshness.silentSince = nil
            freshness.failure = nil
            return reloadAll()
        case .preferences(let preferences):
            take(preferences)
            return []
        }
    }

    private mutating func receive(_ reply: StoreReply) -> [Effect] {
        switch reply {
        case .list(let rows, let query):
            take(rows, for: query)
            return end(query.load) + (heldKeys == nil || isMarkingAll || awaitsRows ? [] : releaseKeys())
        case .marked(let rows):
            switch rows {
            case .symbols(let page): symbols.mark(page.rows)
            case .keys(let page): keys.mark(page.rows)
            case .jobs(let page): jobs.mark(page.rows)
            }
            isMarkingAll = false
            freshness.pendingCommands -= 1
            return releaseKeys()
        case .audit(let part, let question, let filter):
            if filter.conditions == audit.filter.conditions { audit.receive(part, for: question) }
            return end(.audit)
        case .auditArrivals(let count, let through, let filter):
            if filter.conditions == audit.filter.conditions { audit.receiveArrivals(count, through: through) }
            return end(.audit)
        case .summary(let summary):
            self.summary = summary
            // It reads again.
            if freshness.silentSince == nil { freshness.failure = nil }
            return end(.summary)
        case .detail(let content, let subject):
            guard detail?.subject == subject else { return end(.detail) }
            detail?.content = content
            let steps = detail?.pendingSteps ?? 0
            detail?.pendingSteps = 0
            return end(.detail) + (steps == 0 ? [] : showTimeframe(by: steps))
        case .completions(let names, let question):
            let effects = end(.completions)
            return effects + receive(names, for: question)
        case .found(let row, let command):
            freshness.pendingCommands -= 1
            return execute(command, on: row)
        case .exported(let sentence):
            freshness.pendingCommands -= 1
            say(.success, sentence)
            return []
        case .refused(let sentence, let isMarkingAll):
            freshness.pendingCommands -= 1
            say(.error, sentence)
            guard isMarkingAll else { return [] }
            self.isMarkingAll = false
            dropHeldKeys()
            return []
        case .performed(let commands, let results):
            freshness.pendingCommands -= 1
            report(results, of: commands)
            // What was changed is shown at once, not only when the store is next looked at.
            return layout.visiblePanes.flatMap { reload($0) } + load(.summary)
        case .failed(let load, let sentence): return fail(load, sentence)
        }
    }

    private mutating func fail(_ load: Load, _ sentence: String) -> [Effect] {
        if freshness.failure != sentence {
            freshness.failure = sentence
            say(.error, sentence)
        }
        if load == .completions { commandInput?.giveUp() }
        if !isMarkingAll, load == focusedLoad { dropHeldKeys() }
        _ = loads.end(load)
        return []
    }

    private var focusedLoad: Load? {
        switch focus {
        case .symbols: .symbols
        case .keys: .keys
        case .backfill: .jobs
        case .audit: nil
        }
    }

    private mutating func end(_ load: Load) -> [Effect] {
        loads.end(load) ? self.load(load) : []
    }

    /// Takes rows, unless something else is asked for by now.
    private mutating func take(_ rows: ListRows, for query: ListQuery) {
        switch (rows, query) {
        case (.symbols(let page), .symbols(let query)):
            guard query.filter == symbols.filter.conditions, query.order == symbols.order else { return }
            symbols.receive(page)
        case (.keys(let page), .keys(let query)):
            guard query.filter == keys.filter.conditions, query.order == keys.order else { return }
            keys.receive(page)
        case (.jobs(let page), .jobs(let query)):
            guard query.filter == jobs.filter.conditions, query.order == jobs.order else { return }
            jobs.receive(page)
            observePaces()
        default: break
        }
    }

    private mutating func observePaces() {
        var observed: [JobID: JobPace] = [:]
        for job in jobs.rows where job.state == .running {
            var pace = paces[job.id] ?? JobPace(job, at: now)
            pace.observe(job, at: now)
            observed[job.id] = pace
        }
        paces = observed
    }

    private mutating func report(_ results: [CommandResult], of commands: [Command]) {
        let revoked = zip(commands, results).compactMap { command, result -> KeyTarget? in
            guard case .revokeKey(let id, let name, _) = command, case .done = result else { return nil }
            return KeyTarget(id: id, name: name)
        }
        if !revoked.isEmpty { lastRevoked = revoked }
        let restored = zip(commands, results).compactMap { command, result -> KeyID? in
            guard case .restoreKey(let id, _) = command, case .done = result else { return nil }
            return id
        }
        lastRevoked.removeAll { restored.contains($0.id) }
        for command in commands { unmark(command) }
        guard results.count > 1 else {
            if let result = results.first {
                report(result, hint: revoked.isEmpty ? "" : hint(.undoRevoke, "to undo that"))
            }
            return
        }
        let lines = zip(commands, results).map { command, result in
            BulkResult.Line(text: result.sentence(about: command.subject), isDone: !result.isRefusal)
        }
        let result = BulkResult(lines: lines)
        overlay = .results(result, top: 0)
        for line in lines { say(line.isDone ? .success : .error, line.text) }
        showsMessage = false
    }

    /// `hint`: what can be done next, behind a sentence that says that it is done.
    private mutating func report(_ result: CommandResult, hint: String) {
        switch result {
        case .addedSymbols(let added, let refused):
            if let first = added.first { symbols.pin(first.id) }
            say(.success, result.sentence(about: "") + self.hint(.backfillSymbol, "to fetch candles"))
            for refusal in refused { say(.warning, refusal) }
        case .createdKey(let created):
            keys.pin(created.key.id)
            present(.oneTimeKey(OneTimeKeyDialog(created)))
            say(.success, result.sentence(about: ""))
        case .startedJob(let job):
            jobs.pin(job.id)
            say(.success, result.sentence(about: ""))
        case .done(let sentence): say(.success, sentence + hint)
        case .refused(let sentence): say(.error, sentence)
        }
    }
}

extension CommandResult {
    fileprivate var isRefusal: Bool {
        if case .refused = self { true } else { false }
    }

    /// How it went, in one sentence that says whom it is about.
    fileprivate func sentence(about subject: String) -> String {
        switch self {
        case .done(let sentence): sentence
        case .createdKey(let created): "key \(created.key.id.rawValue) '\(created.key.name)' is created"
        case .addedSymbols(let added, _):
            "added \(added.map(\.symbol).joined(separator: ", "))"
        case .startedJob(let job): "job \(job.id.rawValue) fetches \(job.ticker.symbol) \(job.timeframe.rawValue)"
        case .refused(let sentence): sentence.contains(subject) ? sentence : "\(subject): \(sentence)"
        }
    }
}
