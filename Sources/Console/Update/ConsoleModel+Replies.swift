import Store
import Warehouse

extension ConsoleModel {
    mutating func update(_ event: ConsoleEvent) -> [Effect] {
        switch event {
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
            return start()
        }
    }

    private mutating func receive(_ reply: StoreReply) -> [Effect] {
        switch reply {
        case .symbols(let rows, let total, let query):
            if query.words == symbols.filter.words { symbols.receive(rows, start: query.offset, total: total) }
            return end(.symbols)
        case .keys(let rows, let total, let query):
            if query.words == keys.filter.words { keys.receive(rows, start: query.offset, total: total) }
            return end(.keys)
        case .jobs(let rows, let total, let query):
            if query.words == jobs.filter.words {
                jobs.receive(rows, start: query.offset, total: total)
                observePaces()
            }
            return end(.jobs)
        case .audit(let entries, let load, let filter):
            if filter == audit.filter { receive(entries, load) }
            return end(load)
        case .summary(let summary):
            self.summary = summary
            return end(.summary)
        case .detail(let content, let subject):
            if detail?.subject == subject { detail?.content = content }
            return end(.detail)
        case .performed(_, let result):
            freshness.pendingCommands -= 1
            report(result)
            // What was changed is shown at once, not only when the store is next looked at.
            return layout.visiblePanes.flatMap { reload($0) } + load(.summary)
        case .failed(let load, let sentence):
            if freshness.failure != sentence {
                freshness.failure = sentence
                say(.error, sentence)
            }
            return end(load)
        }
    }

    private mutating func end(_ load: Load) -> [Effect] {
        loads.end(load) ? self.load(load) : []
    }

    private mutating func receive(_ entries: [AuditEntry], _ load: Load) {
        switch load {
        case .auditNewest: audit.receiveNewest(entries)
        case .auditNewer: audit.receiveNewer(entries)
        default: audit.receiveOlder(entries)
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

    private mutating func report(_ result: CommandResult) {
        switch result {
        case .done(let sentence): say(.success, sentence)
        case .addedSymbols(let added, let refused):
            if let first = added.first { symbols.pin(first.id) }
            say(.success, "added \(added.map(\.symbol).joined(separator: ", ")); press b to fetch candles")
            for refusal in refused { say(.warning, refusal) }
        case .createdKey(let created):
            keys.pin(created.key.id)
            dialog = .oneTimeKey(OneTimeKeyDialog(created))
            say(.success, "key \(created.key.id.rawValue) '\(created.key.name)' is created")
        case .startedJob(let job):
            jobs.pin(job.id)
            say(.success, "job \(job.id.rawValue) fetches \(job.ticker.symbol) \(job.timeframe.rawValue)")
        case .refused(let sentence): say(.error, sentence)
        }
    }
}
