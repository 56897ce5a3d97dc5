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
            if case .perform(let command) = request { return .performed(command, .refused(Self.sentence(error))) }
            return .failed(request.load ?? .summary, Self.sentence(error))
        }
    }

    private func read(_ request: StoreRequest) async throws -> StoreReply {
        switch request {
        case .symbols(let query):
            let rows = try await store.symbols.overview(query)
            return .symbols(rows, total: Int(try await store.symbols.count(query)), query)
        case .keys(let query):
            let rows = try await store.keys.list(query)
            return .keys(rows, total: Int(try await store.keys.count(query)), query)
        case .jobs(let query):
            let rows = try await store.jobs.list(query)
            return .jobs(rows, total: Int(try await store.jobs.count(query)), query)
        case .auditNewest(let limit, let filter):
            let entries = try await store.audit.newest(limit, matching: filter.forAudit)
            return .audit(entries.reversed(), .auditNewest, filter)
        case .auditNewer(let sequence, let filter):
            let entries = try await store.audit.oldest(AuditTail.capacity, after: sequence, matching: filter.forAudit)
            return .audit(entries, .auditNewer, filter)
        case .auditOlder(let sequence, let limit, let filter):
            let entries = try await store.audit.newest(limit, before: sequence, matching: filter.forAudit)
            return .audit(entries.reversed(), .auditOlder, filter)
        case .summary: return .summary(try await store.summary())
        case .detail(let subject): return .detail(try await detail(of: subject), subject)
        case .perform(let command): return .performed(command, try await perform(command))
        }
    }

    static func sentence(_ error: any Error) -> String {
        "\(error)".sanitized(limit: 300)
    }
}

extension Filter {
    /// The filter as the audit log understands it.
    var forAudit: AuditLog.Filter { AuditLog.Filter(words: words) }
}
