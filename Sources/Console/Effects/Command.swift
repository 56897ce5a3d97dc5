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
    case retryFailed(SymbolID, symbol: String)
    case retryAllFailed
    case pauseWorkers(Bool)
    case createKey(KeyName, KeyScope, expiresAt: Timestamp?)
    case revokeKey(KeyID, name: String, reason: String?)
    case restoreKey(KeyID, name: String)
    case rotateKey(KeyID, name: String, grace: Duration)
    case deleteKey(KeyID, name: String)
}

extension Command {
    /// What the change is about, for the list of results.
    var subject: String {
        switch self {
        case .addSymbols(let tickers, _): tickers.map(\.symbol).joined(separator: " ")
        case .setActive(_, let symbol, _), .setTimeframes(_, let symbol, _), .retryFailed(_, let symbol): symbol
        case .startBackfill(.id(_, let symbol), _, _), .startBackfill(.typed(let symbol), _, _): symbol
        case .moveJob(let id, _): "job \(id.rawValue)"
        case .retryAllFailed: "all failed jobs"
        case .pauseWorkers: "the workers"
        case .createKey(let name, _, _): name.text
        case .revokeKey(let id, let name, _), .restoreKey(let id, let name), .rotateKey(let id, let name, _),
            .deleteKey(let id, let name):
            "key \(id.rawValue) '\(name)'"
        }
    }
}

/// A key as an action meant it: what the list shows later does not matter.
struct KeyTarget: Hashable, Sendable {
    let id: KeyID
    let name: String

    init(id: KeyID, name: String) {
        self.id = id
        self.name = name
    }

    init(_ key: APIKey) {
        self.init(id: key.id, name: key.name)
    }
}

/// A symbol as an action meant it.
struct SymbolTarget: Hashable, Sendable {
    let id: SymbolID
    let symbol: String

    init(_ symbol: TrackedSymbol) {
        id = symbol.id
        self.symbol = symbol.symbol
    }
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
