import Store
import Warehouse

/// Does what the console asks of the store, away from the thread that draws.
struct StoreWorker: Sendable {
    let store: Store
    let actor: Actor

    func answer(_ request: StoreRequest) async -> StoreReply {
        do {
            return try await read(request)
        } catch {
            guard let load = request.load else {
                let isMarkingAll = if case .markAll = request { true } else { false }
                return .refused(Self.sentence(error), isMarkingAll: isMarkingAll)
            }
            return .failed(load, Self.sentence(error))
        }
    }

    private func read(_ request: StoreRequest) async throws -> StoreReply {
        switch request {
        case .list(let query): return .list(try await rows(of: query), query)
        case .markAll(let query): return .marked(try await rows(of: query))
        case .audit(let question, let filter): return try await read(question, filter)
        case .summary: return .summary(try await store.summary())
        case .detail(let subject): return .detail(try await detail(of: subject), subject)
        case .complete(let question): return .completions(try await names(question), question)
        case .lookUp(let reference, let command): return .found(try await row(of: reference), command)
        case .perform(let commands): return .performed(commands, await perform(commands))
        case .export(let export):
            return .exported(
                try await withTaskExecutorPreference(ConsoleExecutor.files) { try await carryOut(export) }
            )
        }
    }

    private func rows(of query: ListQuery) async throws -> ListRows {
        switch query {
        case .symbols(let query): .symbols(try await store.symbols.page(query))
        case .keys(let query): .keys(try await store.keys.page(query))
        case .jobs(let query): .jobs(try await store.jobs.page(query))
        }
    }

    private func read(_ question: AuditQuestion, _ filter: Filter) async throws -> StoreReply {
        let matching = AuditLog.Filter(text: filter.conditions)
        let (limit, span) = (AuditTail.pageLength, AuditTail.searchSpan)
        let part: AuditPart
        switch question {
        case .newest:
            part = try await store.audit.part(limit: AuditTail.newestLength, span: span, matching: matching)
        case .newestAfter(let sequence):
            part = try await store.audit.part(newestAfter: sequence, limit: limit, matching: matching)
        case .oldest: part = try await store.audit.part(after: 0, limit: limit, matching: matching)
        case .after(let sequence): part = try await store.audit.part(after: sequence, limit: limit, matching: matching)
        case .before(let sequence):
            part = try await store.audit.part(before: sequence, limit: limit, span: span, matching: matching)
        case .arrivals(let sequence):
            let arrivals = try await store.audit.arrivals(after: sequence, matching: matching)
            return .auditArrivals(arrivals.count, through: arrivals.through, filter)
        }
        return .audit(part, question, filter)
    }

    /// How many names the command line offers at most.
    private static let nameLimit = 50

    private func names(_ question: CommandInput.NameQuestion) async throws -> [String] {
        let field =
            switch question.kind {
            case .key: "name"
            case .symbol: "symbol"
            case .job: "job"
            }
        let filter = ListFilter(question.prefix.isEmpty ? [] : [ListFilter.Term(field: field, question.prefix)])
        return switch question.kind {
        case .key:
            try await store.keys.list(
                KeyStore.Query(filter: filter, order: ListOrder(.name), limit: Self.nameLimit)
            ).map(\.name)
        case .symbol:
            try await store.symbols.list(SymbolStore.Query(filter: filter, limit: Self.nameLimit)).map(\.symbol)
        case .job:
            try await store.jobs.list(JobStore.Query(filter: filter, limit: Self.nameLimit)).map {
                String($0.id.rawValue)
            }
        }
    }

    private func row(of reference: RowReference) async throws -> FoundRow {
        switch reference.kind {
        case .key: return .key(try await store.keys.resolve(reference.text))
        case .symbol: return .symbol(try await store.symbols.find(reference.text))
        case .job:
            guard let id = Int64(reference.text) else {
                throw UnreadableReference(description: "'\(reference.text)' is no job: give its number")
            }
            return .job(try await store.jobs.find(JobID(id)))
        }
    }

    static func sentence(_ error: any Error) -> String {
        "\(error)".sanitized(limit: 300)
    }
}

/// A name that can't stand for a row.
private struct UnreadableReference: Error, CustomStringConvertible {
    let description: String
}
