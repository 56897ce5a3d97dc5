import Backfill
import Foundation
import Logging
import Store
import Warehouse

/// A real database in a folder of its own, with one symbol, and workers on it.
struct Workshop {
    let folder: URL
    let clock: TestClock
    let store: Store
    let symbol: TrackedSymbol
    let admin = Actor(source: .cli, name: "tester")

    /// Runs `body` in a new workshop, which is removed afterwards.
    static func with(
        _ ticker: Ticker = Ticker(stored: "BTC", assetClass: .crypto),
        clock: TestClock = TestClock(),
        _ body: (Workshop) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mdw-backfill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // What is left over is in the folder for temporary files.
            try? FileManager.default.removeItem(at: folder)
        }
        let path = folder.appending(path: "mdw.sqlite").path
        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: clock)
        let symbol = try await store.symbols.add(ticker, by: Actor(source: .cli, name: "tester"))
        try await body(Workshop(folder: folder, clock: clock, store: store, symbol: symbol))
        try store.close()
    }

    /// Another connection to the same database, as another process has it.
    func secondStore() async throws -> Store {
        try await Store.open(sqlite: folder.appending(path: "mdw.sqlite").path, access: .readWrite, clock: clock)
    }

    func series(_ timeframe: Timeframe = .oneHour) -> CandleSeries {
        CandleSeries(symbol: symbol.id, timeframe: timeframe)
    }

    /// Queues a job from the start of one UTC day to that of another.
    func enqueue(_ from: String, _ to: String, _ timeframe: Timeframe = .oneHour) async throws -> BackfillJob {
        let calendar = TradingCalendar(for: symbol.ticker.assetClass)
        let range = calendar.start(of: .on(from))..<calendar.start(of: .on(to))
        let units = BackfillSpan.units(of: range, assetClass: symbol.ticker.assetClass, timeframe: timeframe)
        return try await store.jobs.enqueue(series(timeframe), range: range, expectedUnits: units, by: admin)
    }

    static func identity(_ process: Int32 = 1, nonce: UInt32 = 7) -> WorkerIdentity {
        WorkerIdentity(host: "test", process: process, processes: ProcessTable(mark: "?") { _ in nil }, nonce: nonce)
    }

    func worker(
        _ feed: any CandleFeed,
        store: Store? = nil,
        identity: WorkerIdentity = identity(),
        jitter: Double = 0.5,
        configure: (inout BackfillWorker.Configuration) -> Void = { _ in }
    ) -> BackfillWorker {
        var configuration = BackfillWorker.Configuration()
        configuration.requestsPerMinute = 0
        configuration.heartbeat = TestClock.passive
        configure(&configuration)
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return BackfillWorker(
            store: store ?? self.store,
            feed: feed,
            identity: identity,
            configuration: configuration,
            clock: clock,
            logger: logger,
            jitter: { jitter }
        )
    }

    /// Runs workers until `condition` holds, then stops them in the orderly way.
    func run(_ workers: BackfillWorker..., until condition: () async throws -> Bool) async throws {
        try await withThrowingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.run() } }
            while try await !condition() { await Task.yield() }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Runs workers until the job has ended; returns it.
    func finish(_ job: BackfillJob, _ workers: BackfillWorker...) async throws -> BackfillJob {
        try await withThrowingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.run() } }
            while try await !store.jobs.find(job.id).state.isFinished { await Task.yield() }
            group.cancelAll()
            try await group.waitForAll()
        }
        return try await store.jobs.find(job.id)
    }

    func candles(_ timeframe: Timeframe = .oneHour) async throws -> [CandleStore.Stored] {
        try await store.candles.list(
            series(timeframe),
            in: Timestamp(seconds: 0)..<Timestamp(seconds: 1 << 40),
            limit: .max
        )
    }

    func coverage(_ timeframe: Timeframe = .oneHour) async throws -> [CoverageInterval] {
        try await store.candles.coverage(of: series(timeframe))
    }
}
