/// The time of day as a parameter, so that tests own it.
package protocol WallClock: Sendable {
    var now: Timestamp { get }

    /// Suspends for `duration`; throws `CancellationError` as soon as the task is cancelled.
    func sleep(for duration: Duration) async throws
}
