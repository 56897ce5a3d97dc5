/// Thrown when a deadline passed first.
struct DeadlineExceeded: Error {}

/// Runs `operation` and cancels it at `deadline`.
///
/// Returns when `operation` has ended, so `operation` must heed cancellation.
/// - Throws: ``DeadlineExceeded``, or what `operation` throws.
func withDeadline<Result: Sendable>(
    _ deadline: ContinuousClock.Instant,
    _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(until: deadline, clock: .continuous)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else { throw DeadlineExceeded() }
        return result
    }
}
