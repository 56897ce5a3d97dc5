import Logging
import Store
import Warehouse

/// Claims one job after the other and works on it.
struct Lane {
    let tools: WorkerTools

    /// Runs until cancelled.
    func run() async {
        var queue = JobQueueWatch(tools: tools)
        var failures = 0
        while !Task.isCancelled {
            do {
                if let claim = try await queue.claim() {
                    await tools.condition.hold(claim)
                    await work(on: claim)
                    await tools.condition.release(claim)
                } else {
                    try await tools.clock.sleep(for: tools.configuration.pollInterval)
                }
                failures = 0
            } catch is CancellationError {
                return
            } catch {
                failures += 1
                tools.logger.error("the queue can't be read", metadata: ["error": "\(error)"])
                // Throws only when cancelled, which ends the loop.
                try? await tools.clock.sleep(for: tools.delay(failures: failures))
            }
        }
    }

    private func work(on claim: LeaseStore.Claim) async {
        var logger = tools.logger
        logger[metadataKey: "job"] =
            "\(claim.job.id.rawValue) \(claim.job.ticker.symbol) \(claim.job.timeframe.rawValue)"
        do {
            try await JobDriver(tools: tools, claim: claim, logger: logger).run()
        } catch StoreError.leaseLost {
            logger.info("the job was paused or cancelled, or is another worker's now")
        } catch {
            // The job keeps its checkpoint, for the worker that comes next.
            let pause: Duration = Task.isCancelled ? .zero : .seconds(10)
            if !Task.isCancelled { logger.error("the job is given back", metadata: ["error": "\(error)"]) }
            await tools.despiteCancellation("the job can't be given back, its lease will run out") { tools in
                try await tools.store.leases.postpone(
                    claim,
                    until: tools.clock.now + pause,
                    error: nil,
                    countsAsAttempt: false
                )
            }
        }
    }
}
