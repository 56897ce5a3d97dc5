import Warehouse

/// A change that the administrator asked for.
///
/// The store checks its target again when it is carried out.
enum Command: Hashable, Sendable {
    case addSymbols([Ticker], [Timeframe])
    case setActive(SymbolID, symbol: String, Bool)
    case setTimeframes(SymbolID, symbol: String, [Timeframe])
    case startBackfill(SymbolReference, Timeframe, DaySpan)
    case moveJob(JobID, JobMove)
    case retryAllFailed
    case pauseWorkers(Bool)
    case createKey(KeyName, KeyScope, expiresAt: Timestamp?)
    case revokeKey(KeyID, name: String, reason: String?)
    case restoreKey(KeyID, name: String)
    case rotateKey(KeyID, name: String, grace: Duration)
    case deleteKey(KeyID, name: String)
}

/// A symbol that was chosen in a list, or typed.
enum SymbolReference: Hashable, Sendable {
    case id(SymbolID, symbol: String)
    case typed(String)
}

/// First and last day of a backfill; a missing one is left to the default.
struct DaySpan: Hashable, Sendable {
    var from: TradingDay?
    var to: TradingDay?
}

/// What an administrator does to a job.
enum JobMove: String, Hashable, Sendable {
    case pause
    case resume
    case cancel
    case retry

    var participle: String {
        switch self {
        case .pause: "paused"
        case .resume: "resumed"
        case .cancel: "cancelled"
        case .retry: "queued again"
        }
    }
}
