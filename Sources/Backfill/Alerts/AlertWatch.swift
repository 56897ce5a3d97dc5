package import Logging
import ServiceLifecycle
package import Store
package import Warehouse

/// Looks once a minute for what an administrator must hear of, and tells it by every channel.
///
/// Any number of processes may watch a database: a condition has one open alert, and each channel is told once. A channel
/// that does not answer holds up neither the looks nor the other channels.
package struct AlertWatch: Service {
    private let store: Store
    private let rules: AlertRules
    private let channels: [any AlertChannel]
    private let owner: String
    private let clock: any WallClock
    private let logger: Logger
    private let patrol: AuditPatrol

    private static let look = Duration.seconds(60)
    private static let actor = Actor(source: .worker, name: "alerts")

    /// `owner`: the name of this process in the deliveries that it makes.
    package init(
        store: Store,
        rules: AlertRules,
        channels: [any AlertChannel],
        owner: String,
        clock: any WallClock,
        logger: Logger
    ) {
        self.store = store
        self.rules = rules
        self.channels = channels
        self.owner = owner
        self.clock = clock
        self.logger = logger
        self.patrol = AuditPatrol(store: store, clock: clock)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await every(Self.look) { await look() } }
                // Beside it: the first walk over a long log takes a while.
                group.addTask { await every(Self.look) { await verify() } }
                for courier in couriers { group.addTask { await courier.run() } }
            }
        }
    }

    /// Raises and resolves what there is to raise and to resolve now.
    func look() async {
        do {
            let settlement = try await store.alerts.settle(
                by: rules,
                audit: await patrol.verdict,
                channels: channels.map(\.name),
                actor: Self.actor
            )
            guard !settlement.raised.isEmpty || !settlement.resolved.isEmpty else { return }
            logger.info(
                "alerts changed",
                metadata: ["raised": "\(settlement.raised.count)", "resolved": "\(settlement.resolved.count)"]
            )
        } catch {
            // The next look tries again.
            logger.error("alerts can't be looked for", metadata: ["error": "\(error)"])
        }
    }

    /// Checks the audit log as far as it was not checked yet.
    func verify() async {
        do {
            let open = try await store.alerts.open().first { $0.condition.kind == .auditBroken }
            try await patrol.look(alarmedAt: open?.raisedAt)
            // At once: what is wrong only in comparison with an earlier walk is found one time.
            if case .broken = await patrol.verdict { await look() }
        } catch is CancellationError {
            return
        } catch {
            logger.error("the audit log can't be verified", metadata: ["error": "\(error)"])
        }
    }

    /// Sends what is due, by every channel at once.
    func deliver() async {
        await withTaskGroup { group in
            for courier in couriers { group.addTask { _ = await courier.deliverDue() } }
        }
    }

    private var couriers: [AlertCourier] {
        channels.map { AlertCourier(store: store, channel: $0, owner: owner, clock: clock, logger: logger) }
    }

    private func every(_ period: Duration, _ body: () async -> Void) async {
        repeat {
            await body()
            // Only cancellation ends the sleep early.
        } while (try? await clock.sleep(for: period)) != nil
    }
}
