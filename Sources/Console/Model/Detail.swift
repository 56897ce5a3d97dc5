import Store
import Warehouse

/// What the console shows about one row when it is opened.
enum DetailSubject: Hashable, Sendable {
    case symbol(SymbolID)
    case key(KeyID)
    case job(JobID)
    case audit(Int64)
}

/// The facts that a detail view is drawn from, as the store gave them at one moment.
enum DetailContent: Sendable {
    case symbol(SymbolOverview, [SeriesDetail], rejected: [CandleStore.Rejection], runs: [BackfillRun])
    case key(APIKey, audit: [AuditEntry])
    case job(BackfillJob, runs: [BackfillRun])
    case audit(AuditEntry)
    /// The row is gone.
    case missing(String)

    /// A timeframe of a symbol with its statistics and what is covered.
    struct SeriesDetail: Sendable {
        let statistics: CandleStore.Statistics
        let coverage: [CoverageInterval]
    }
}

/// An opened detail view.
struct Detail: Sendable {
    let subject: DetailSubject
    var content: DetailContent?
    /// First line on the screen.
    var top = 0
}
