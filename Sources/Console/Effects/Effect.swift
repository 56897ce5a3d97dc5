import Store
import Warehouse

/// What an update wants done outside of the model.
enum Effect: Sendable {
    /// To be done by the store, elsewhere; the answer comes back as a ``StoreReply``.
    case store(StoreRequest)
    /// To be done by the terminal, at once.
    case terminal(TerminalRequest)
}

enum TerminalRequest: Hashable, Sendable {
    case copy(String)
    case suspend
    case setMouse(Bool)
    case redraw
    case bell
}

/// Something to ask of the store.
enum StoreRequest: Sendable {
    case symbols(SymbolStore.Query)
    case keys(KeyStore.Query)
    case jobs(JobStore.Query)
    case auditNewest(limit: Int, filter: Filter)
    case auditNewer(than: Int64, filter: Filter)
    case auditOlder(than: Int64, limit: Int, filter: Filter)
    case summary
    case detail(DetailSubject)
    case perform(Command)

    /// The kind of read; `nil` for a change.
    var load: Load? {
        switch self {
        case .symbols: .symbols
        case .keys: .keys
        case .jobs: .jobs
        case .auditNewest: .auditNewest
        case .auditNewer: .auditNewer
        case .auditOlder: .auditOlder
        case .summary: .summary
        case .detail: .detail
        case .perform: nil
        }
    }
}

/// What the store answered, and to which request.
enum StoreReply: Sendable {
    case symbols([SymbolOverview], total: Int, SymbolStore.Query)
    case keys([APIKey], total: Int, KeyStore.Query)
    case jobs([BackfillJob], total: Int, JobStore.Query)
    case audit([AuditEntry], Load, Filter)
    case summary(StoreSummary)
    case detail(DetailContent, DetailSubject)
    case performed(Command, CommandResult)
    /// A read failed.
    case failed(Load, String)
}

/// How a change went.
enum CommandResult: Sendable {
    /// What was done, in one sentence.
    case done(String)
    case createdKey(CreatedKey)
    /// At least one; what was refused is told by sentences.
    case addedSymbols([TrackedSymbol], refused: [String])
    case startedJob(BackfillJob)
    case refused(String)
}

/// What reaches the update function.
enum ConsoleEvent: Sendable {
    case store(StoreReply)
    /// The store's counters, after a commit of anybody.
    case changed(Generations, counter: Int64)
    /// The store can't be read, or has not answered since then.
    case silent(since: Timestamp, failure: String?)
    /// The store answers again.
    case answering
}
