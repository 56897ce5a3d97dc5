/// The identity of a backfill job.
package struct JobID: Hashable, Sendable, Comparable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    package static func < (left: JobID, right: JobID) -> Bool { left.rawValue < right.rawValue }
}

/// Where a job stands.
///
/// `queued` and `running` are the worker's, the administrator moves jobs between the others.
package enum JobState: String, CaseIterable, Sendable {
    /// Waits for a worker, or for its next attempt.
    case queued
    /// A worker holds its lease.
    case running
    case paused
    case completed
    case failed
    case cancelled

    /// Whether nothing more happens by itself.
    package var isFinished: Bool { self == .completed || self == .failed || self == .cancelled }
}

/// Why a job was made; the lower the number, the sooner it runs.
package enum JobPriority: Int, CaseIterable, Sendable, Comparable {
    case manual = 0
    case newSymbol = 10
    case dailyTail = 20
    case gapRepair = 30
    case deepHistory = 40

    package static func < (left: JobPriority, right: JobPriority) -> Bool { left.rawValue < right.rawValue }
}

/// Candles of one symbol, timeframe and range that a worker is to fetch, and how far it has come.
package struct BackfillJob: Hashable, Sendable, Identifiable {
    package let id: JobID
    package let symbolID: SymbolID
    package let ticker: Ticker
    package let timeframe: Timeframe
    /// Start times of the candles; the upper bound is not part of it.
    package let range: Range<Timestamp>
    package var state: JobState
    package var progress: Progress
    /// Attempts that failed since the last success.
    package var attempts: Int
    /// Not before this instant.
    package var nextAttempt: Timestamp
    package var lease: Lease?
    /// The last failure, in one sentence.
    package var error: String?
    package let priority: JobPriority
    package let requestedBy: String
    package let createdAt: Timestamp
    package var startedAt: Timestamp?
    package var finishedAt: Timestamp?

    /// How far a job is; moves with each page, in the transaction that stores the page.
    package struct Progress: Hashable, Sendable {
        /// Everything before this instant is done.
        package var doneUntil: Timestamp
        /// The feed's cursor to the next page; `nil` when the next page starts at `doneUntil`.
        package var cursor: String?
        /// Candles that were stored: new, revised and unchanged ones.
        package var candles: Int64
        package var rejected: Int64
        package var pages: Int64
        /// Sessions (or windows) of the range that should exist, and how many of them are done.
        package var expectedUnits: Int64
        package var doneUnits: Int64

        package init(
            doneUntil: Timestamp,
            cursor: String? = nil,
            candles: Int64 = 0,
            rejected: Int64 = 0,
            pages: Int64 = 0,
            expectedUnits: Int64 = 0,
            doneUnits: Int64 = 0
        ) {
            self.doneUntil = doneUntil
            self.cursor = cursor
            self.candles = candles
            self.rejected = rejected
            self.pages = pages
            self.expectedUnits = expectedUnits
            self.doneUnits = doneUnits
        }
    }

    /// A worker's hold on a job.
    package struct Lease: Hashable, Sendable {
        package var owner: String
        /// Rises with each claim of the job; a worker with an older token can't commit.
        package var token: Int64
        package var expiresAt: Timestamp

        package init(owner: String, token: Int64, expiresAt: Timestamp) {
            self.owner = owner
            self.token = token
            self.expiresAt = expiresAt
        }
    }

    package init(
        id: JobID,
        symbolID: SymbolID,
        ticker: Ticker,
        timeframe: Timeframe,
        range: Range<Timestamp>,
        state: JobState,
        progress: Progress,
        attempts: Int,
        nextAttempt: Timestamp,
        lease: Lease?,
        error: String?,
        priority: JobPriority,
        requestedBy: String,
        createdAt: Timestamp,
        startedAt: Timestamp?,
        finishedAt: Timestamp?
    ) {
        self.id = id
        self.symbolID = symbolID
        self.ticker = ticker
        self.timeframe = timeframe
        self.range = range
        self.state = state
        self.progress = progress
        self.attempts = attempts
        self.nextAttempt = nextAttempt
        self.lease = lease
        self.error = error
        self.priority = priority
        self.requestedBy = requestedBy
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }

    /// Share of the expected sessions that is done, 0…1; a completed job is 1 whatever the calendar expected.
    package var fractionDone: Double {
        if state == .completed { return 1 }
        guard progress.expectedUnits > 0 else { return 0 }
        return min(1, Double(progress.doneUnits) / Double(progress.expectedUnits))
    }
}

extension BackfillJob {
    /// First and last day of the range, as the exchange counts days.
    package var days: (first: TradingDay, last: TradingDay) {
        TradingCalendar(for: ticker.assetClass).days(of: range)
    }
}

extension TradingCalendar {
    /// First and last day of a range of start times whose upper bound is not part of it.
    package func days(of range: Range<Timestamp>) -> (first: TradingDay, last: TradingDay) {
        (sessionDay(of: range.lowerBound), sessionDay(of: range.upperBound - .microseconds(1)))
    }
}
