import ArgumentParser
import Backfill
import Records
import ServiceLifecycle
import Store
import UnixSignals
import Warehouse

/// `mdw worker`.
struct WorkerCommand: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Works off the queue of backfills and starts the daily one, until it is told to end.",
        discussion: """
            Any number of workers may run on a database; together they keep to MDW_VENDOR_REQUESTS_PER_MINUTE \
            (5 without it, 0 is unlimited). TERM and INT end it in order: its job goes back to the queue.

            Example: POLYGON_API_KEY=… mdw worker
            """
    )

    @Flag(inversion: .prefixedNo, help: "Start the daily backfill from this process.")
    var scheduler = true

    @Flag(inversion: .prefixedNo, help: "Watch for what goes wrong, and tell it: mdw alerts.")
    var alerts = true

    @OptionGroup var feed: FeedOptions
    @OptionGroup var options: StoreOptions

    var flags: Settings.Flags { feed.flags(options) }

    func run(in session: CommandSession) async throws {
        let composition = session.composition
        let plan = try composition.settings.feed.get()
        if let warning = plan.warning { session.surroundings.note("warning: \(warning)") }
        composition.warnOfPermissions()
        let identity = composition.makeWorkerIdentity()
        let alertPlan = alerts ? try composition.settings.alerts.get() : nil
        let feed = try composition.openFeed()
        let worker = try composition.makeWorker(on: session.store, feed: feed, identity: identity)
        var services: [any Service] = [worker]
        if scheduler {
            services.append(
                try composition.makeScheduler(
                    on: session.store,
                    identity: identity,
                    logger: composition.makeLogger("mdw.scheduler")
                )
            )
        }
        let logger = composition.makeLogger("mdw.alerts")
        let channels = alertPlan.map { composition.openChannels($0, log: logger) }
        if let alertPlan, let channels {
            services.append(
                composition.makeAlertWatch(
                    on: session.store,
                    plan: alertPlan,
                    channels: channels,
                    identity: identity,
                    logger: logger
                )
            )
        }
        // The work does not depend on anybody reading this.
        try? session.renderer.line(greeting("\(identity)", plan, composition.settings.database))
        try? session.surroundings.output.flush()
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: composition.makeLogger("mdw.services")
            )
        )
        do {
            try await group.run()
        } catch {
            await feed.close()
            await channels?.close()
            throw error
        }
        await feed.close()
        await channels?.close()
    }

    private func greeting(_ worker: String, _ plan: FeedPlan, _ database: String) -> String {
        guard options.json else {
            return "worker \(worker) runs on \(database.sanitized(limit: 500)), feed \(plan)"
        }
        return Value.object([
            Value.Member("worker", .text(worker)), Value.Member("feed", .text("\(plan)")),
            Value.Member("database", .text(database)),
        ]).json
    }
}
