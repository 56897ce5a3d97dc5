package import Warehouse

/// Writes the audit rows of requests, many of them in one commit.
///
/// While a commit is under way the requests that come in wait for the next one, so that under load a single
/// synchronisation of the disk serves them all, and a lone request waits for nobody.
package final class RequestLog: Sendable {
    /// How busy the log is, and has been.
    package struct Statistics: Sendable {
        /// Requests whose rows are not on disk yet.
        package var waiting = 0
        package var rows: Int64 = 0
        package var commits: Int64 = 0
        package var failures: Int64 = 0
        /// Time spent in commits, the failed ones included.
        package var commitTime: Duration = .zero
        package var longestCommit: Duration = .zero
    }

    /// The most rows in one commit: what an administrator's change may have to wait for.
    private static let batchLimit = 1000

    private struct Waiting {
        let request: AuditEvent
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isCommitting = false
        var statistics = Statistics()
    }

    private let engine: any StoreEngine
    private let clock: any WallClock
    private let state = LockedBox(State())

    package init(engine: any StoreEngine, clock: any WallClock) {
        self.engine = engine
        self.clock = clock
    }

    package var statistics: Statistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.waiting += state.waiting.count
            return statistics
        }
    }

    /// Returns when the row of `request`, and the usage of its key, are on disk.
    /// - Throws: ``StoreError``; nothing was written then.
    package func record(_ request: AuditEvent) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append(Waiting(request: request, continuation: continuation))
                defer { state.isCommitting = true }
                return !state.isCommitting
            }
            // Not a part of the request's own task: the commit serves others too when this one is cancelled.
            if isFirst { Task { await commitWaiting() } }
        }
    }

    private func commitWaiting() async {
        let clock = ContinuousClock()
        while let batch = nextBatch() {
            let start = clock.now
            let result = await commit(batch.map(\.request))
            let elapsed = clock.now - start
            state.withLock { state in
                state.statistics.waiting = 0
                state.statistics.commits += 1
                state.statistics.commitTime += elapsed
                state.statistics.longestCommit = max(state.statistics.longestCommit, elapsed)
                switch result {
                case .success: state.statistics.rows += Int64(batch.count)
                case .failure: state.statistics.failures += 1
                }
            }
            for waiting in batch { waiting.continuation.resume(with: result) }
        }
    }

    private func nextBatch() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isCommitting = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.batchLimit))
            state.waiting.removeFirst(batch.count)
            state.statistics.waiting = batch.count
            return batch
        }
    }

    private func commit(_ requests: [AuditEvent]) async -> Result<Void, any Error> {
        do {
            try await engine.write { [clock] in try $0.record(requests, at: clock.now) }
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}
