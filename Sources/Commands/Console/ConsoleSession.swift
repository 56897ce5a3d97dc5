import Backfill
import Console
import Foundation
import Glibc
import ServiceLifecycle
import Store
import Warehouse

/// A console with the worker that runs beside it.
///
/// They share nothing but the store.
struct ConsoleSession: Sendable {
    let composition: Composition
    let ready: Composition.ReadyStore
    let options: ConsoleOptions

    /// Runs the console on a terminal.
    ///
    /// While it does, standard error goes to a file: a line written by anybody would damage the screen.
    func runOnTerminal(
        withWorker: Bool,
        _ body: @escaping @Sendable (Console) async throws -> Int32
    ) async throws -> Int32 {
        let log = StandardErrorLog(file: UserFolders(composition.surroundings).state + "/console.log")
        log.begin()
        return try await run(withWorker: withWorker) { console in
            defer { log.end() }
            return try await body(console)
        }
    }

    /// Runs the console, and the worker as long as it lasts.
    func run(
        withWorker: Bool,
        _ body: @escaping @Sendable (Console) async throws -> Int32
    ) async throws -> Int32 {
        let console = Console(store: ready.store, actor: composition.actor(.console), options: options)
        // What was changed is committed: a failure to close changes nothing about it.
        defer { try? ready.store.close() }
        guard withWorker else { return try await body(console) }
        let feed = try composition.openFeed()
        let worker = try composition.makeWorker(
            on: ready.store,
            feed: feed,
            identity: composition.makeWorkerIdentity()
        )
        let group = ServiceGroup(services: [worker], logger: composition.makeLogger("mdw.services"))
        // Fetched pages are decoded on all processors.
        async let work: Void = withTaskExecutorPreference(globalConcurrentExecutor) { try await group.run() }
        do {
            let code = try await body(console)
            await group.triggerGracefulShutdown()
            try await work
            await feed.close()
            return code
        } catch {
            await group.triggerGracefulShutdown()
            await feed.close()
            throw error
        }
    }
}

/// Ends the process soon after the console was closed, even when the store or the vendor hangs.
///
/// Nothing is lost by it: what is not committed is rolled back, and the next worker takes the job over at once.
enum LastExit {
    /// How long a worker has to give its job back.
    private static let grace: useconds_t = 70_000

    static func arm(_ code: Int32) {
        Thread.detachNewThread {
            usleep(grace)
            _exit(code)
        }
    }
}
