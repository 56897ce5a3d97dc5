import Logging
import Store
import Warehouse

/// What every part of a worker works with.
struct WorkerTools: Sendable {
    let store: Store
    let feed: any CandleFeed
    let identity: WorkerIdentity
    let configuration: WorkerConfiguration
    let clock: any WallClock
    let logger: Logger
    let jitter: @Sendable () -> Double
    let condition: WorkerCondition

    var actor: Actor { Actor(source: .worker, name: identity.text) }

    /// Does something with the store, again and again while the store is unavailable: full, locked or broken.
    ///
    /// Waits longer
    /// each time; what is in hand is kept meanwhile.
    /// - Throws: `CancellationError`, and the ``StoreError`` of a store that is well and refuses.
    func persisting<Value>(_ body: () async throws -> Value) async throws -> Value {
        var failures = 0
        while true {
            do {
                return try await body()
            } catch let error as StoreError where error.isUnavailable {
                failures += 1
                logger.error("the store is not available, trying again", metadata: ["error": "\(error)"])
                try await clock.sleep(for: delay(failures: failures))
            }
        }
    }

    /// How long a store that is not available is left alone: at most half a minute, at least a tenth of a second.
    func delay(failures: Int) -> Duration {
        let policy = RetryPolicy(base: .seconds(1), cap: .seconds(30))
        return max(.milliseconds(100), policy.delay(failures: failures, jitter: jitter()))
    }

    /// Runs `body` to its end although the task that asks for it is cancelled; a failure is only logged.
    func despiteCancellation(
        _ complaint: String,
        _ body: @escaping @Sendable (WorkerTools) async throws -> Void
    ) async {
        await Task {
            do {
                try await body(self)
            } catch {
                logger.warning("\(complaint)", metadata: ["error": "\(error)"])
            }
        }.value
    }
}
