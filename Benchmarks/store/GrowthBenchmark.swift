import Foundation
import Store
import Warehouse

/// What a store that has grown costs beside an empty one: a page is written to both in turn, and 10 000 jobs are listed.
struct GrowthBenchmark {
    let folder: URL

    private static let symbols = 100
    private static let candlesPerSymbol = 500_000
    private static let pageSize = 50_000
    private static let rounds = 11
    private static let jobCount = 10_000
    private static let actor = Actor(source: .worker, name: "bench")

    /// How long a page takes in a store of 50 million candles.
    func pages() async throws {
        let empty = try await Self.prepare(folder.appendingPathComponent("empty.sqlite").path)
        let path = folder.appendingPathComponent("grown.sqlite").path
        try await Store.open(sqlite: path, access: .createAndMigrate, clock: MachineClock()).close()
        // Ids from 1000 on: the store's own symbol comes in front of them, and between no two of them.
        do {
            let table = PlainTable(path: path)
            table.execute("PRAGMA synchronous = OFF")
            for symbol in 1000..<1000 + Self.symbols {
                table.fill(symbol: Int64(symbol), 0..<Self.candlesPerSymbol)
            }
        }
        let grown = try await Self.prepare(path)
        var times: (empty: [Duration], grown: [Duration]) = ([], [])
        for page in 0..<Self.rounds {
            times.empty.append(try await Self.write(page, to: empty))
            times.grown.append(try await Self.write(page, to: grown))
        }
        let median = (empty: times.empty.sorted()[Self.rounds / 2], grown: times.grown.sorted()[Self.rounds / 2])
        print("a page of \(Self.pageSize.grouped) candles into a store, \(Self.rounds) times in turn, median:")
        print("  empty                  \(median.empty.latencyText)")
        print("  of \((Self.symbols * Self.candlesPerSymbol).grouped) candles  \(median.grown.latencyText)")
        let ratio = median.grown.inSeconds / median.empty.inSeconds
        print("  ratio                  \((ratio * 100).rounded() / 100)   budget: 1.5")
        try empty.store.close()
        try grown.store.close()
    }

    private typealias Series = (store: Store, claim: LeaseStore.Claim)

    private static func prepare(_ path: String) async throws -> Series {
        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: MachineClock())
        let symbol = try await store.symbols.add(try Ticker(typed: "BTC", assetClass: .crypto), by: actor)
        _ = try await store.jobs.start(
            symbol,
            timeframe: .fiveMinutes,
            from: TradingDay(year: 2000, month: 1, day: 1),
            by: actor
        )
        guard let claim = try await store.leases.claim(by: "bench", for: .seconds(3600)) else {
            preconditionFailure("the job that was just queued can't be claimed")
        }
        return (store, claim)
    }

    /// How long a page takes, in commits of 2 500 as a worker makes them.
    private static func write(_ page: Int, to series: Series) async throws -> Duration {
        let candles = (page * pageSize..<(page + 1) * pageSize).map(SampleCandles.candle)
        let start = ContinuousClock.now
        for slice in stride(from: 0, to: pageSize, by: 2500) {
            try await series.store.leases.commit(
                CandleBatch(
                    candles: candles[slice..<slice + 2500],
                    source: .polygon,
                    fetchedAt: series.store.clock.now
                ),
                series.claim.job.progress,
                of: series.claim,
                leaseFor: .seconds(3600)
            )
        }
        return ContinuousClock.now - start
    }

    /// How long the list of 10 000 jobs takes.
    func jobs() async throws {
        let path = folder.appendingPathComponent("jobs.sqlite").path
        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: MachineClock())
        let symbol = try await store.symbols.add(try Ticker(typed: "BTC", assetClass: .crypto), by: Self.actor)
        let first = TradingDay(year: 1990, month: 1, day: 1)
        for day in 0..<Self.jobCount {
            let range = first.advanced(by: day).startUTC..<first.advanced(by: day + 1).startUTC
            _ = try await store.jobs.enqueue(
                CandleSeries(symbol: symbol.id, timeframe: .fiveMinutes),
                range: range,
                expectedUnits: 1,
                by: Self.actor
            )
        }
        for limit in [40, Self.jobCount] {
            var times: [Duration] = []
            for _ in 0..<Self.rounds {
                let start = ContinuousClock.now
                let listed = try await store.jobs.list(JobStore.Query(limit: limit))
                times.append(ContinuousClock.now - start)
                precondition(listed.count == limit)
            }
            let median = times.sorted()[Self.rounds / 2]
            print("\(limit.grouped) of \(Self.jobCount.grouped) jobs list in \(median.latencyText)   budget: 20 ms")
        }
        try store.close()
    }
}
