package import Backfill
import Feeds
package import Logging
package import Store
package import Warehouse

/// The composition root: the one place that makes a store, a feed and a worker.
package struct Composition: Sendable {
    package let settings: Settings
    package let surroundings: Surroundings

    package init(settings: Settings, surroundings: Surroundings) {
        self.settings = settings
        self.surroundings = surroundings
    }

    /// Reads the settings in the surroundings of the current task.
    /// - Throws: ``SettingsError``.
    package static func read(_ flags: Settings.Flags) async throws -> Composition {
        let surroundings = Surroundings.current
        return Composition(settings: try await Settings.read(flags, in: surroundings), surroundings: surroundings)
    }

    /// Opens the database.
    ///
    /// Whoever gets the store closes it.
    /// - Throws: `StoreError`.
    package func openStore(_ access: Store.Access) async throws -> Store {
        try await Store.open(sqlite: settings.database, access: access, clock: surroundings.clock)
    }

    /// Runs `body` with the database, which is closed afterwards, however `body` ends.
    package func withStore<Result>(_ access: Store.Access, _ body: (Store) async throws -> Result) async throws
        -> Result
    {
        let store = try await openStore(access)
        // What `body` did is committed: a failure to close changes nothing about it.
        defer { try? store.close() }
        return try await body(store)
    }

    /// Who acts: the user of the operating system, with the address of the SSH client where there is one.
    package func actor(_ source: AuditSource) -> Actor {
        let connection = surroundings.environment["SSH_CONNECTION"] ?? ""
        return Actor(
            source: source,
            name: surroundings.user,
            address: connection.split(separator: " ").first.map { String($0) }
        )
    }

    /// The feed that the settings name; whoever gets it closes it.
    ///
    /// `pageDelay` is how long the simulated feed takes for a page, so that progress can be watched.
    /// - Throws: ``SettingsError``.
    package func openFeed(pageDelay: Duration = .zero) throws -> OpenFeed {
        switch try settings.feed.get().choice {
        case .polygon(let configuration): .polygon(PolygonFeed(configuration, clock: surroundings.clock))
        case .simulated: .simulated(SimulatedFeed(pageDelay: pageDelay, clock: surroundings.clock))
        }
    }

    /// The identity of a worker that is about to start in this process.
    package func makeWorkerIdentity() -> WorkerIdentity {
        var generator = SystemRandomNumberGenerator()
        return .current(using: &generator)
    }

    /// A worker of `store` that has not started yet.
    /// - Throws: ``SettingsError``.
    package func makeWorker(on store: Store, feed: OpenFeed, identity: WorkerIdentity) throws -> BackfillWorker {
        var configuration = BackfillWorker.Configuration()
        let plan = try settings.feed.get()
        configuration.requestsPerMinute = plan.requestsPerMinute
        configuration.concurrency = plan.concurrency
        return BackfillWorker(
            store: store,
            feed: feed.feed,
            identity: identity,
            configuration: configuration,
            clock: surroundings.clock,
            logger: makeLogger("mdw.backfill")
        )
    }

    /// The daily schedule of `store`, on behalf of `identity`.
    /// - Throws: ``SettingsError``.
    package func makeScheduler(on store: Store, identity: WorkerIdentity, logger: Logger) throws -> Scheduler {
        Scheduler(
            store: store,
            schedule: try settings.schedule.get(),
            owner: "\(identity)",
            clock: surroundings.clock,
            logger: logger
        )
    }

    /// A logger to standard error.
    package func makeLogger(_ label: String) -> Logger {
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = settings.logLevel
        return logger
    }

    /// The logger of a server, which tells more, and in the format that was asked for.
    package func makeLogger(_ label: String, for plan: ServerPlan) -> Logger {
        var logger = Logger(label: label) { label in
            switch plan.logFormat {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler(label: label, output: surroundings.errors, clock: surroundings.clock)
            }
        }
        logger.logLevel = plan.logLevel
        return logger
    }
}
