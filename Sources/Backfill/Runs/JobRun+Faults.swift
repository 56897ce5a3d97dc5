import Store
import Warehouse

/// What goes wrong.
extension JobRun {
    mutating func failed(_ error: FeedError, now: Timestamp) -> Action {
        switch policy.decision(on: error, failures: failures, now: now, jitter: jitter) {
        case .stopFetching: .stopFetching(error: error.description)
        case .notEntitled: refusedByPlan(error.description, now: now)
        case .holdOff(let wait): .holdOff(wait)
        case .fail: .fail(exhausted(error.description, isFinal: error.isFinal))
        case .retry(let delay): .retry(after: delay, error: error.description)
        }
    }

    /// A vendor whose plan leaves out the current day refuses a whole range because of it: then the rest is asked for
    /// alone.
    ///
    /// The current day itself stays missing: tomorrow it is over. Nothing else being asked for is a failure.
    private mutating func refusedByPlan(_ reason: String, now: Timestamp) -> Action {
        let today = grid.start(of: calendar.start(of: calendar.sessionDay(of: now)))
        let refused = position..<max(position, stretch.upperBound)
        guard refused.lowerBound < today else { return progress.pages > 0 ? nextStretch() : .fail(reason) }
        guard refused.upperBound <= today else {
            steps[0] = .fetch(refused.lowerBound..<today)
            cursor = nil
            trail = CursorTrail()
            return .fetch(request, cursor)
        }
        let batch = CandleBatch(
            candles: [],
            coverage: [CoverageInterval(refused, .notEntitled)],
            source: source,
            fetchedAt: now
        )
        return commit([JobCommit(batch: batch, progress: progress)], then: .end(.fail(reason)))
    }

    private func exhausted(_ reason: String, isFinal: Bool) -> String {
        isFinal ? reason : "\(reason) (\(failures + 1) attempts)"
    }

    func retry(_ reason: String) -> Action {
        switch policy.retry(failures: failures, jitter: jitter) {
        case .retry(let delay): .retry(after: delay, error: reason)
        default: .fail(exhausted(reason, isFinal: false))
        }
    }
}

extension FeedError {
    /// Whether another attempt could not have helped.
    fileprivate var isFinal: Bool {
        switch self {
        case .unknownTicker, .notEntitled, .unauthorized: true
        default: false
        }
    }
}
