package import Logging
import ServiceLifecycle
package import Store
package import Warehouse

/// Works off the queue of backfill jobs, until it is cancelled or shut down gracefully.
///
/// Holds each job by a lease and stores page by page, so that after a `kill -9` at any instant another worker goes on
/// where the last commit left the job: every candle is stored once, no request is made that was answered. Any number of
/// workers may share a database. When it ends in an orderly way, its jobs are back in the queue at once.
package struct BackfillWorker: Service {
    package typealias Configuration = WorkerConfiguration

    private let tools: WorkerTools

    /// `jitter`: numbers in 0..<1 that spread the attempts after a failure.
    package init(
        store: Store,
        feed: any CandleFeed,
        identity: WorkerIdentity,
        configuration: Configuration = Configuration(),
        clock: any WallClock,
        logger: Logger,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        var logger = logger
        logger[metadataKey: "worker"] = "\(identity)"
        tools = WorkerTools(
            store: store,
            feed: feed,
            identity: identity,
            configuration: configuration,
            clock: clock,
            logger: logger,
            jitter: jitter,
            condition: WorkerCondition()
        )
    }

    package func run() async throws {
        let thread = WorkerThread(name: "mdw-backfill")
        await cancelWhenGracefulShutdown {
            await withTaskExecutorPreference(thread) { await work() }
        }
        await tools.despiteCancellation("the worker's row can't be removed") { tools in
            try await tools.store.workers.remove(tools.identity.text)
        }
    }

    private func work() async {
        await Heartbeat(tools: tools).beat()
        await withTaskGroup { group in
            group.addTask { await Heartbeat(tools: tools).run() }
            for _ in 0..<max(1, tools.configuration.concurrency) {
                group.addTask { await Lane(tools: tools).run() }
            }
        }
    }
}
