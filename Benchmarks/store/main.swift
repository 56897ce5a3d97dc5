import Foundation
import Store
import Warehouse

/// Measures what has a budget, and prints one line for each figure.
///
/// `mdw-bench PATH-OF-MDW [NAME…]`: all of them, or those that are named; the worker runs as a process of its own, as it
/// does in production. `mdw-bench refresh DATABASE`: the console's questions on a database that exists.
struct Benchmarks {
    let mdw: String
    let folder: URL

    /// How long an administrator's revocation takes while a worker writes candles at full speed.
    func revocationUnderLoad(rounds: Int) async throws {
        let path = folder.appendingPathComponent("mdw.sqlite").path
        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: MachineClock())
        let actor = Actor(source: .console, name: "bench")
        var generator = SystemRandomNumberGenerator()
        _ = try await store.bootstrap(by: actor, using: &generator)
        let key = try await store.keys.create(try KeyName("bench"), scope: .read, by: actor, using: &generator).key
        for symbol in try await store.symbols.list() where symbol.ticker.assetClass == .crypto {
            _ = try await store.jobs.start(
                symbol,
                timeframe: .fiveMinutes,
                from: TradingDay(year: 2000, month: 1, day: 1),
                by: actor
            )
        }
        let worker = Process()
        worker.executableURL = URL(fileURLWithPath: mdw)
        worker.arguments = ["worker", "--simulated", "--database", path]
        worker.environment = ["HOME": folder.path]
        worker.standardOutput = FileHandle.nullDevice
        try worker.run()
        while try await store.candles.statistics().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        let started = ContinuousClock.now
        let before = try await store.summary().candles
        var latencies: [Duration] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            _ = try await store.keys.revoke(key.id, by: actor)
            latencies.append(ContinuousClock.now - start)
            _ = try await store.keys.restore(key.id, by: actor)
            try await Task.sleep(for: .milliseconds(5))
        }
        let elapsed = (ContinuousClock.now - started).inSeconds
        let written = try await store.summary().candles - before
        kill(worker.processIdentifier, SIGTERM)
        worker.waitUntilExit()
        latencies.sort()
        func percentile(_ share: Double) -> String { latencies[Int(Double(rounds - 1) * share)].latencyText }
        print("revocation while a worker writes \(Int(Double(written) / elapsed).grouped) candles/s, \(rounds) times:")
        print("  p50 \(percentile(0.5))  p99 \(percentile(0.99))  max \(percentile(1))   budget: p99 50 ms")
        try store.close()
    }

    /// How many candles a second a store takes in slices of 5 000, each a transaction of its own.
    func insertion(candles count: Int) async throws {
        let path = folder.appendingPathComponent("insert.sqlite").path
        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: MachineClock())
        let actor = Actor(source: .worker, name: "bench")
        let symbol = try await store.symbols.add(try Ticker(typed: "BTC", assetClass: .crypto), by: actor)
        _ = try await store.jobs.start(
            symbol,
            timeframe: .fiveMinutes,
            from: TradingDay(year: 2000, month: 1, day: 1),
            by: actor
        )
        guard let claim = try await store.leases.claim(by: "bench", for: .seconds(600)) else { return }
        let first = claim.job.range.lowerBound
        let candles = (0..<count).map { index in
            Candle(
                time: first + .seconds(Int64(index) * 300),
                open: 100,
                high: 101.5,
                low: 99.25,
                close: 100.75,
                volume: 1234.5678,
                vwap: 100.3,
                trades: 42
            )
        }
        var longest = Duration.zero
        let started = ContinuousClock.now
        for start in stride(from: 0, to: count, by: 5000) {
            let slice = candles[start..<min(count, start + 5000)]
            let begin = ContinuousClock.now
            try await store.leases.commit(
                CandleBatch(candles: slice, source: .simulated, fetchedAt: store.clock.now),
                claim.job.progress,
                of: claim,
                leaseFor: .seconds(600)
            )
            longest = max(longest, ContinuousClock.now - begin)
        }
        let elapsed = (ContinuousClock.now - started).inSeconds
        print("insertion of \(count.grouped) candles in transactions of 5,000:")
        print("  \(Int(Double(count) / elapsed).grouped) candles/s, longest transaction \(longest.latencyText)")
        try store.close()
    }
}

/// The machine's own time.
struct MachineClock: WallClock {
    var now: Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) }

    func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}

let all = ["insertion", "page", "growth", "jobs", "revocation"]
if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "refresh" {
    try await RefreshBenchmark(database: CommandLine.arguments[2]).run()
    exit(0)
}
let chosen = CommandLine.arguments.dropFirst(2)
guard CommandLine.arguments.count > 1, chosen.allSatisfy(all.contains) else {
    print("usage: mdw-bench PATH-OF-MDW [\(all.joined(separator: "|"))]…, or mdw-bench refresh DATABASE")
    exit(2)
}
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-bench-\(UUID().uuidString)")
let benchmarks = Benchmarks(mdw: CommandLine.arguments[1], folder: folder)
for name in chosen.isEmpty ? all : Array(chosen) {
    switch name {
    case "insertion": try await benchmarks.insertion(candles: 500_000)
    case "page": try await PageBenchmark(folder: folder).run()
    case "growth": try await GrowthBenchmark(folder: folder).pages()
    case "jobs": try await GrowthBenchmark(folder: folder).jobs()
    default: try await benchmarks.revocationUnderLoad(rounds: 300)
    }
}
try FileManager.default.removeItem(at: folder)
