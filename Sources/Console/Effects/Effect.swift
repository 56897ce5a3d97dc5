import Store
import Warehouse

/// What an update wants done outside of the model.
enum Effect: Sendable {
    /// To be done by the store, elsewhere; the answer comes back as a ``StoreReply``.
    case store(StoreRequest)
    /// To be done by the terminal, at once.
    case terminal(TerminalRequest)
}

enum TerminalRequest: Sendable {
    case copy(String)
    /// A key that is shown once.
    case copyKey(RawKey)
    case suspend
    case setMouse(Bool)
    case redraw
    case bell
}

/// A part of one of the lists.
enum ListQuery: Hashable, Sendable {
    case symbols(SymbolStore.Query)
    case keys(KeyStore.Query)
    case jobs(JobStore.Query)

    var load: Load {
        switch self {
        case .symbols: .symbols
        case .keys: .keys
        case .jobs: .jobs
        }
    }
}

/// The rows that a ``ListQuery`` found.
enum ListRows: Sendable {
    case symbols(ListPage<SymbolOverview>)
    case keys(ListPage<APIKey>)
    case jobs(ListPage<BackfillJob>)
}

/// Something to ask of the store.
enum StoreRequest: Sendable {
    case list(ListQuery)
    /// Every row that matches, to be marked.
    case markAll(ListQuery)
    case audit(AuditQuestion, Filter)
    case summary
    case detail(DetailSubject)
    /// Names that begin so, for the command line.
    case complete(CommandInput.NameQuestion)
    /// The row that a command names.
    case lookUp(RowReference, TypedCommand)
    /// Changes, one after the other; each by itself, so that one that is refused does not keep the others from being made.
    case perform([Command])
    case export(TableExport)

    /// The kind of read; `nil` for what is asked for once.
    var load: Load? {
        switch self {
        case .list(let query): query.load
        case .audit: .audit
        case .summary: .summary
        case .detail: .detail
        case .complete: .completions
        case .markAll, .lookUp, .perform, .export: nil
        }
    }
}

/// What the store answered, and to which request.
enum StoreReply: Sendable {
    case list(ListRows, ListQuery)
    case marked(ListRows)
    case audit(AuditPart, AuditQuestion, Filter)
    case auditArrivals(Int64, through: Int64, Filter)
    case summary(StoreSummary)
    case detail(DetailContent, DetailSubject)
    case completions([String], CommandInput.NameQuestion)
    case found(FoundRow, TypedCommand)
    case performed([Command], [CommandResult])
    case exported(String)
    /// A read failed.
    case failed(Load, String)
    /// What was asked for once was refused.
    case refused(String, isMarkingAll: Bool)
}

/// What a name in a command stands for.
enum NameKind: Hashable, Sendable {
    case key
    case symbol
    case job
}

/// A row as a command names it.
struct RowReference: Hashable, Sendable {
    let kind: NameKind
    let text: String
}

/// The row that a command meant.
enum FoundRow: Sendable {
    case key(APIKey)
    case symbol(TrackedSymbol)
    case job(BackfillJob)
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
    /// The configuration file was changed.
    case preferences(ConsolePreferences)
}
