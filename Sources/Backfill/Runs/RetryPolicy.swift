import Warehouse

/// What is done about a fault, and how long to wait before the next attempt.
struct RetryPolicy: Hashable, Sendable {
    var base: Duration = .seconds(2)
    var cap: Duration = .seconds(300)
    /// So many failures in a row, and the job has failed.
    var maxAttempts = 8

    enum Decision: Hashable, Sendable {
        /// No request makes sense until the configuration changes.
        case stopFetching
        /// The plan leaves the range out.
        case notEntitled
        /// Another attempt would fail the same way.
        case fail
        /// All workers leave the vendor alone; no attempt is used up.
        case holdOff(Duration)
        case retry(after: Duration)
    }

    /// What is done about `error`.
    ///
    /// `failures`: how many attempts failed in a row before this one. `jitter`: 0..<1, drawn anew for each attempt.
    func decision(on error: FeedError, failures: Int, now: Timestamp, jitter: Double) -> Decision {
        switch error {
        case .unauthorized: .stopFetching
        case .notEntitled: .notEntitled
        case .unknownTicker: .fail
        case .rateLimited(let retryAfter): .holdOff(retryAfter.map(Self.clamped) ?? Self.untilNextMinute(now))
        case .transient, .vendor, .untrustworthy, .cancelled: retry(failures: failures, jitter: jitter)
        }
    }

    /// The answer to a passing fault.
    func retry(failures: Int, jitter: Double) -> Decision {
        failures + 1 >= maxAttempts ? .fail : .retry(after: delay(failures: failures + 1, jitter: jitter))
    }

    /// Full jitter: anything between nothing and `base` doubled with every failure, at most `cap`.
    func delay(failures: Int, jitter: Double) -> Duration {
        let doubled = base * (1 << min(max(failures - 1, 0), 30))
        return .microseconds(Int64(Double(min(cap, doubled).wholeMicroseconds) * jitter))
    }

    /// A vendor may ask for patience, but not for a day.
    private static func clamped(_ wait: Duration) -> Duration {
        min(max(wait, .seconds(1)), .seconds(3600))
    }

    private static func untilNextMinute(_ now: Timestamp) -> Duration {
        let minute: Int64 = 60_000_000
        return .microseconds((now.microseconds.flooredDivision(by: minute) + 1) * minute - now.microseconds)
    }
}
