import Backfill
import ServiceLifecycle
import Store
import UnixSignals
import Warehouse

/// Runs a worker in this process until one job has ended.
struct JobWait {
    let job: JobID
    let session: CommandSession

    /// The job as it stands when it has ended, was paused, or can't go on here: the vendor refuses the key, or TERM or
    /// INT came.
    func run() async throws -> BackfillJob {
        let composition = session.composition
        let identity = composition.makeWorkerIdentity()
        let feed = try composition.openFeed()
        do {
            let watch = JobWatch(job: job, worker: "\(identity)", session: session)
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [
                        .init(service: try composition.makeWorker(on: session.store, feed: feed, identity: identity)),
                        .init(service: watch, successTerminationBehavior: .gracefullyShutdownGroup),
                    ],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: composition.makeLogger("mdw.services")
                )
            )
            try await group.run()
        } catch {
            await feed.close()
            throw error
        }
        await feed.close()
        return try await session.store.jobs.find(job)
    }
}

/// Looks at a job until nothing more happens to it, and shows a person how far it is.
private struct JobWatch: Service {
    let job: JobID
    let worker: String
    let session: CommandSession

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await watch()
            } catch is CancellationError {
                // Told to end: the job stays in the queue.
            }
        }
    }

    private func watch() async throws {
        var line = ProgressLine(surroundings: session.surroundings)
        defer { line.clear() }
        var seen: Int64?
        while true {
            let counter = try session.store.changeCounter()
            if counter != seen {
                seen = counter
                let current = try await session.store.jobs.find(job)
                guard !current.state.isFinished, current.state != .paused else { return }
                line.show(current)
                let isStuck = try await session.store.workers.list().contains { $0.id == worker && $0.trouble != nil }
                if isStuck { return }
            }
            try await session.surroundings.clock.sleep(for: .milliseconds(100))
        }
    }
}
