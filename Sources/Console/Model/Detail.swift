import Store
import Warehouse

/// What the console shows about one row when it is opened, or about many at once.
enum DetailSubject: Hashable, Sendable {
    /// `timeframe`: whose chart and coverage are drawn; the longest that has candles where it is `nil`.
    case symbol(SymbolID, timeframe: Timeframe?)
    case key(KeyID)
    case job(JobID)
    case audit(Int64)
    /// The refused candles of a symbol.
    case rejected(SymbolID)
    /// The runs of backfills that ended, and the daily runs.
    case history
}

/// The facts that a detail view is drawn from, as the store gave them at one moment.
enum DetailContent: Sendable {
    case symbol(SymbolDetail)
    case key(APIKey, requestsByHour: [Int64], audit: [AuditEntry])
    case job(BackfillJob, runs: [BackfillRun])
    case audit(AuditEntry)
    case rejected(TrackedSymbol, [CandleStore.Rejection])
    case history([BackfillRun], daily: [ScheduleStore.Run])
    /// The row is gone.
    case missing(String)
}

extension DetailContent {
    /// The row that actions in the view are meant for; `nil` where it is none that anything can be done to.
    var row: FoundRow? {
        switch self {
        case .symbol(let detail): .symbol(detail.overview.symbol)
        case .key(let key, _, _): .key(key)
        case .job(let job, _): .job(job)
        case .rejected(let symbol, _): .symbol(symbol)
        case .audit, .history, .missing: nil
        }
    }
}

/// A symbol with its series, and one of them in full.
struct SymbolDetail: Sendable {
    let overview: SymbolOverview
    /// By timeframe.
    let series: [CandleStore.Statistics]
    /// Whose candles and coverage these are; `nil` when there are none.
    let timeframe: Timeframe?
    /// The newest candles, ascending.
    let candles: [Candle]
    let coverage: [CoverageInterval]
    let rejected: [CandleStore.Rejection]
    let runs: [BackfillRun]
}

/// An opened detail view.
struct Detail: Sendable {
    var subject: DetailSubject
    /// What was open before it, to which closing leads back.
    var parent: DetailSubject?
    var content: DetailContent?
    /// First line on the screen.
    var top = 0
    /// By how many timeframes to go on as soon as the content is there: no key is lost that was typed before.
    var pendingSteps = 0
}
