import Logging
import Store
import Warehouse

/// Does what a ``JobRun`` decides: asks the feed, writes to the store, waits.
struct JobDriver {
    let tools: WorkerTools
    let claim: LeaseStore.Claim
    let logger: Logger

    private var store: Store { tools.store }
    private var series: CandleSeries { CandleSeries(symbol: claim.job.symbolID, timeframe: claim.job.timeframe) }

    /// Works on the job until it has ended or is back in the queue.
    /// - Throws: ``StoreError/leaseLost(_:)``, and `CancellationError` when the worker is to stop: the job is as its last
    ///   commit left it then.
    func run() async throws {
        logger.info("the job is claimed", metadata: ["attempts": "\(claim.job.attempts)"])
        let policy = RetryPolicy(maxAttempts: tools.configuration.maxAttempts)
        var run = JobRun(
            claim.job,
            source: tools.feed.source,
            policy: policy,
            sliceSize: tools.configuration.sliceSize,
            jitter: tools.jitter()
        )
        do {
            let coverage = try await tools.persisting { try await store.candles.coverage(of: series) }
            var base: (timeframe: Timeframe, coverage: [CoverageInterval])?
            if let shorter = claim.job.timeframe.base {
                let series = CandleSeries(symbol: claim.job.symbolID, timeframe: shorter)
                base = (shorter, try await tools.persisting { try await store.candles.coverage(of: series) })
            }
            var next: JobRun.Action? = run.start(coverage: coverage, base: base, now: tools.clock.now)
            while let action = next { next = try await perform(action, of: &run) }
        } catch let error as StoreError where !error.isUnavailable && error != .leaseLost(claim.job.id) {
            // The store is well and refuses these candles, for example because they would mix with simulated ones.
            try await fail(error.description)
        }
    }

    /// Returns what follows; `nil` when the job is no longer this worker's.
    private func perform(_ action: JobRun.Action, of run: inout JobRun) async throws -> JobRun.Action? {
        try Task.checkCancellation()
        switch action {
        case .fetch(let request, let cursor):
            guard try await mayFetch() else {
                try await giveBack(until: tools.clock.now, error: nil, isAttempt: false)
                return nil
            }
            return try await fetch(request, cursor, for: &run)
        case .derive(let range, let base):
            let series = CandleSeries(symbol: claim.job.symbolID, timeframe: base)
            let shorter = try await tools.persisting {
                try await store.candles.list(series, in: range, limit: .max).map(\.candle)
            }
            return run.derived(shorter, now: tools.clock.now)
        case .recall(let time):
            return run.recalled(try await candles(before: time))
        case .commit(let commit):
            for warning in run.takeWarnings() { logger.notice("a strange page", metadata: ["rule": "\(warning)"]) }
            try await tools.persisting {
                try await store.leases.commit(
                    commit.batch,
                    commit.progress,
                    of: claim,
                    leaseFor: tools.configuration.leaseDuration
                )
            }
            return run.committed()
        case .holdOff(let wait):
            logger.notice("over the vendor's rate limit", metadata: ["wait": "\(wait)"])
            try await tools.persisting { try await store.vendorRequests.holdOff(for: wait) }
            return run.heldOff()
        case .retry(let delay, let error):
            logger.warning("the attempt failed", metadata: ["error": "\(error)", "retry": "in \(delay)"])
            try await giveBack(until: tools.clock.now + delay, error: error, isAttempt: true)
        case .stopFetching(let error):
            if await tools.condition.stop(because: error) { logger.critical("no more requests: \(error)") }
            try await giveBack(until: tools.clock.now, error: error, isAttempt: false)
            await Heartbeat(tools: tools).beat()
        case .fail(let error):
            try await fail(error)
        case .complete:
            try await tools.persisting {
                try await store.leases.complete(claim, source: tools.feed.source, by: tools.actor)
            }
            logger.info("the job is completed", metadata: ["candles": "\(run.progress.candles)"])
        }
        return nil
    }

    private func fetch(
        _ request: CandleRequest,
        _ cursor: FeedCursor?,
        for run: inout JobRun
    ) async throws -> JobRun.Action {
        do {
            let page = try await tools.feed.page(of: request, at: cursor)
            return run.received(page, now: tools.clock.now)
        } catch {
            try Task.checkCancellation()
            return run.failed(error, now: tools.clock.now)
        }
    }

    /// Waits until a request may be made, and books it; `false` when the workers are paused.
    /// - Throws: ``StoreError/leaseLost(_:)`` when the job was taken away meanwhile.
    private func mayFetch() async throws -> Bool {
        while true {
            try await tools.persisting { try await store.leases.renew(claim, for: tools.configuration.leaseDuration) }
            guard try await !tools.persisting({ try await store.workers.isPaused() }) else { return false }
            guard await tools.condition.trouble == nil else { return false }
            let wait = try await tools.persisting {
                try await store.vendorRequests.book(limit: tools.configuration.requestsPerMinute)
            }
            guard let wait else { return true }
            try await sleep(for: wait)
        }
    }

    /// Sleeps, but not longer than until something changes in the database: the job, or all workers, may be paused.
    private func sleep(for duration: Duration) async throws {
        let end = tools.clock.now + duration
        let counter = try await tools.persisting { try store.changeCounter() }
        while case let rest = end - tools.clock.now, rest > .zero {
            try await tools.clock.sleep(for: min(rest, tools.configuration.pollInterval))
            if try await tools.persisting({ try store.changeCounter() }) != counter { return }
        }
    }

    /// The last stored candles before `time`.
    ///
    /// Six days of the shortest timeframes bridge the longest closing of a market.
    private func candles(before time: Timestamp) async throws -> [Candle] {
        let count = PageContext.storedCandleCount
        let span = max(.seconds(6 * 86_400), claim.job.timeframe.duration * (2 * count))
        let stored = try await tools.persisting {
            try await store.candles.list(series, in: (time - span)..<time, limit: .max)
        }
        return stored.suffix(count).map(\.candle)
    }

    private func fail(_ error: String) async throws {
        logger.error("the job has failed", metadata: ["error": "\(error)"])
        try await tools.persisting {
            try await store.leases.fail(claim, error: error, source: tools.feed.source, by: tools.actor)
        }
    }

    private func giveBack(until time: Timestamp, error: String?, isAttempt: Bool) async throws {
        try await tools.persisting {
            try await store.leases.postpone(claim, until: time, error: error, countsAsAttempt: isAttempt)
        }
    }
}
