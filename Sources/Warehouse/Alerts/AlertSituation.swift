/// All that is known at one moment of what alerts are about.
package struct AlertSituation: Sendable {
    package var now: Timestamp
    /// The series of active symbols whose last run failed.
    package var failedRuns: [FailedRun]
    /// The workers that live and get nothing from the vendor.
    package var troubledWorkers: [TroubledWorker]
    /// When the last run that got everything ended.
    package var lastCompletedRun: Timestamp?
    /// The active symbols.
    package var symbols: [SymbolFreshness]
    package var audit: AuditVerdict
    /// The alerts that are open.
    package var open: [Alert]

    /// A run that ended with a failure.
    package struct FailedRun: Hashable, Sendable {
        package let symbol: String
        package let timeframe: Timeframe
        package let error: String?

        package init(symbol: String, timeframe: Timeframe, error: String?) {
            self.symbol = symbol
            self.timeframe = timeframe
            self.error = error
        }
    }

    /// A worker that fetches nothing.
    package struct TroubledWorker: Hashable, Sendable {
        package let id: String
        package let trouble: String

        package init(id: String, trouble: String) {
            self.id = id
            self.trouble = trouble
        }
    }

    package init(
        now: Timestamp,
        failedRuns: [FailedRun] = [],
        troubledWorkers: [TroubledWorker] = [],
        lastCompletedRun: Timestamp? = nil,
        symbols: [SymbolFreshness] = [],
        audit: AuditVerdict = .unknown,
        open: [Alert] = []
    ) {
        self.now = now
        self.failedRuns = failedRuns
        self.troubledWorkers = troubledWorkers
        self.lastCompletedRun = lastCompletedRun
        self.symbols = symbols
        self.audit = audit
        self.open = open
    }
}

/// What is known of the audit log.
package enum AuditVerdict: Hashable, Sendable {
    /// No walk has come to its end yet.
    case unknown
    /// Every row is as it was written; the walk over all of them began at `since`.
    case intact(since: Timestamp)
    /// The first row that is wrong, and how.
    case broken(at: Int64, reason: String)
}
