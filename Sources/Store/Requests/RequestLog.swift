import Foundation
package import Warehouse

/// Writes the audit rows of requests, many of them in one commit.
///
/// While a commit is under way the requests that come in wait for the next one, so that under load a single
/// synchronisation of the disk serves them all, and a lone request waits for nobody. Commits are made on a thread of
/// their own: handing each of them to a queue would cost more than the commit.
package final class RequestLog: @unchecked Sendable {
    // Unchecked: `state` is only touched while `condition` is locked; the rest never changes.

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
        var isWriting = false
        var statistics = Statistics()
    }

    private let engine: any StoreEngine
    private let clock: any WallClock
    /// Keeps the usage figures of the keys along with each commit.
    private let ring: KeyRing
    private let condition = NSCondition()
    private var state = State()

    package init(engine: any StoreEngine, clock: any WallClock, ring: KeyRing) {
        self.engine = engine
        self.clock = clock
        self.ring = ring
    }

    package var statistics: Statistics {
        withLock { state in
            var statistics = state.statistics
            statistics.waiting += state.waiting.count
            return statistics
        }
    }

    /// Returns when the row of `request`, and the usage of its key, are on disk.
    /// - Throws: ``StoreError``; nothing was written then.
    package func record(_ request: AuditEvent) async throws {
        try await withCheckedThrowingContinuation { continuation in
            withLock { state in
                state.waiting.append(Waiting(request: request, continuation: continuation))
                // The thread lasts while there is work, and a little longer.
                if !state.isWriting {
                    state.isWriting = true
                    Thread(block: write).start(named: "mdw-audit")
                } else if state.waiting.count == 1 {
                    condition.signal()
                }
            }
        }
    }

    private func write() {
        while let batch = nextBatch() {
            let start = ContinuousClock.now
            let result = commit(batch.map(\.request))
            let elapsed = ContinuousClock.now - start
            withLock { state in
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

    /// Waits for requests; `nil` when none has come for a while.
    private func nextBatch() -> [Waiting]? {
        condition.lock()
        defer { condition.unlock() }
        // No access to the state may last over the wait, in which others change it.
        let end = Date(timeIntervalSinceNow: 5)
        while state.waiting.isEmpty {
            guard condition.wait(until: end) || !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
        }
        let batch = Array(state.waiting.prefix(Self.batchLimit))
        state.waiting.removeFirst(batch.count)
        state.statistics.waiting = batch.count
        return batch
    }

    private func commit(_ requests: [AuditEvent]) -> Result<Void, any Error> {
        ring.expectCommit()
        do {
            let commit = try engine.writeAtOnce { session in
                let now = clock.now
                return KeyRing.Usage(time: now, firstRow: try session.record(requests, at: now) ?? 0)
            }
            ring.follow(commit, of: requests)
            return .success(())
        } catch {
            ring.follow(nil, of: requests)
            return .failure(error)
        }
    }

    private func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        condition.lock()
        defer { condition.unlock() }
        return try body(&state)
    }
}

extension Thread {
    fileprivate func start(named name: String) {
        self.name = name
        start()
    }
}
