import Feeds
import Store
import Synchronization
import Warehouse

/// A warehouse that looks used, made anew and always the same.
enum DemoStore {
    static let administrator = Actor(source: .console, name: "alice", address: "192.0.2.7")
    private static let now = Timestamp(seconds: 1_769_002_500)  // 2026-01-21 13:35 UTC
    private static let owner = "warehouse:4711:demo-1-1"

    static func make(at path: String) async throws -> Store {
        let clock = DemoClock(now + .seconds(-48 * 3600))
        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: clock)
        var generator = DemoGenerator(state: 7)
        let keys = try await makeKeys(in: store, using: &generator)
        let symbols = try await makeSymbols(in: store)
        for (ticker, timeframe, days) in [
            ("AAPL", Timeframe.oneDay, 500), ("AAPL", .oneHour, 60), ("SPY", .oneDay, 500), ("BTC", .oneDay, 730),
            ("ETH", .oneHour, 45), ("MSFT", .oneDay, 500), ("NVDA", .oneDay, 365), ("BRK.B", .oneDay, 365),
        ] {
            guard let symbol = symbols[ticker] else { continue }
            try await fill(symbol, timeframe, days: days, in: store, clock: clock)
        }
        try await makeRequests(with: keys, in: store, clock: clock, using: &generator)
        clock.set(now)
        try await store.workers.beat(owner, feed: .polygon, trouble: nil)
        if let coin = symbols["BTC"] { try await leaveRunning(coin, in: store, clock: clock) }
        if let stock = symbols["TSLA"] { try await leaveFailed(stock, in: store) }
        return store
    }

    private static func makeKeys(in store: Store, using generator: inout DemoGenerator) async throws -> [APIKey] {
        var keys: [APIKey] = []
        for (name, scope, days) in [
            ("admin", KeyScope.admin, nil), ("dashboard", .read, nil), ("research", .read, 90), ("ci-bot", .read, 30),
            ("nightly-export", .read, nil), ("backtest-αβ", .read, 7),
        ] as [(String, KeyScope, Int64?)] {
            let key = try await store.keys.create(
                try KeyName(name),
                scope: scope,
                expiresAt: days.map { now + .seconds($0 * 86_400) },
                by: administrator,
                using: &generator
            )
            keys.append(key.key)
        }
        _ = try await store.keys.revoke(keys[4].id, reason: "left the team", by: administrator)
        return keys
    }

    private static func makeSymbols(in store: Store) async throws -> [String: TrackedSymbol] {
        var symbols: [String: TrackedSymbol] = [:]
        for (symbol, assetClass) in [
            ("AAPL", AssetClass.stock), ("MSFT", .stock), ("NVDA", .stock), ("TSLA", .stock), ("BRK.B", .stock),
            ("SPY", .etf), ("QQQ", .etf), ("BTC", .crypto), ("ETH", .crypto), ("SOL", .crypto),
        ] {
            symbols[symbol] = try await store.symbols.add(
                Ticker(stored: symbol, assetClass: assetClass),
                timeframes: [.fiveMinutes, .oneHour, .oneDay],
                by: administrator
            )
        }
        return symbols
    }

    /// The bars of the last days through the rules, as a worker stores them; a few sessions are missing.
    private static func fill(
        _ symbol: TrackedSymbol,
        _ timeframe: Timeframe,
        days: Int,
        in store: Store,
        clock: DemoClock
    ) async throws {
        let actor = Actor(source: .worker, name: owner)
        _ = try await store.jobs.start(
            symbol,
            timeframe: timeframe,
            from: now.dayUTC.advanced(by: -days),
            to: now.dayUTC.advanced(by: -1),
            by: actor
        )
        guard let claim = try await store.leases.claim(by: owner, for: .seconds(60)) else { return }
        let request = CandleRequest(ticker: symbol.ticker, timeframe: timeframe, range: claim.job.range)
        let page = try await SimulatedFeed(seed: 3, pageSize: 50_000, clock: clock).page(of: request, at: nil)
        let verdict = CandleRules().judge(page, of: request, now: clock.now, after: PageContext())
        let calendar = TradingCalendar(for: symbol.ticker.assetClass)
        let lost = timeframe == .oneDay ? Set([40, 41, 133, 260].map { now.dayUTC.advanced(by: -$0) }) : []
        let candles = verdict.candles.filter { !lost.contains(calendar.sessionDay(of: $0.time)) }
        var coverage = [CoverageInterval(claim.job.range, .had)]
        for day in lost where calendar.isSession(day) {
            coverage = coverage.marking(calendar.start(of: day)..<calendar.start(of: day.advanced(by: 1)), as: .missing)
        }
        if let last = candles.last {
            coverage = coverage.marking(last.time..<claim.job.range.upperBound, as: .provisional)
        }
        var progress = claim.job.progress
        progress.candles = Int64(candles.count)
        progress.doneUnits = progress.expectedUnits
        progress.doneUntil = claim.job.range.upperBound
        for start in stride(from: 0, to: candles.count, by: 2500) {
            let slice = candles[start..<min(candles.count, start + 2500)]
            try await store.leases.commit(
                CandleBatch(candles: slice, coverage: coverage, source: .polygon, fetchedAt: clock.now),
                progress,
                of: claim,
                leaseFor: .seconds(60)
            )
        }
        clock.advance(by: .seconds(95))
        try await store.leases.complete(claim, source: .polygon, by: actor)
    }

    /// Two days of requests, more of them by day than by night.
    private static func makeRequests(
        with keys: [APIKey],
        in store: Store,
        clock: DemoClock,
        using generator: inout DemoGenerator
    ) async throws {
        let endpoints = [
            "GET /api/v1/historical/AAPL", "GET /api/v1/symbols", "GET /api/v1/historical/BTC",
            "GET /api/v1/admin/backfills",
            "GET /api/v1/historical/SPY",
        ]
        let log = store.makeRequestLog(ring: store.makeKeyRing())
        for hour in 0..<48 {
            let busy = [1, 1, 1, 1, 2, 3, 5, 8, 10, 9, 11, 12, 12, 10, 9, 7, 6, 4, 3, 2, 2, 1, 1, 1][(hour + 14) % 24]
            for request in 0..<busy {
                let second =
                    Int64(hour - 48) * 3600 + Int64(request) * (3500 / Int64(busy)) + Int64(generator.next() % 200)
                clock.set(now + .seconds(second))
                let key = keys[Int(generator.next() % 3) + 1]
                var event = AuditEvent(
                    endpoints[Int(generator.next() % UInt64(endpoints.count))],
                    by: Actor(source: .http, name: key.name, address: "203.0.113.\(20 + generator.next() % 9)"),
                    key: (key.id, key.name)
                )
                event.status = generator.next() % 17 == 0 ? 404 : 200
                event.duration = .microseconds(Int64(generator.next() % 4000) + 180)
                try await log.record(event)
            }
        }
        clock.set(now + .seconds(-40))
        var refused = AuditEvent(
            "GET /api/v1/admin/api-keys",
            by: Actor(source: .http, name: "mdw_nightlyX…", address: "203.0.113.99")
        )
        refused.status = 401
        try await log.record(refused)
    }

    private static func leaveRunning(_ symbol: TrackedSymbol, in store: Store, clock: DemoClock) async throws {
        _ = try await store.jobs.start(
            symbol,
            timeframe: .fiveMinutes,
            from: now.dayUTC.advanced(by: -365),
            to: now.dayUTC.advanced(by: -1),
            by: administrator
        )
        guard let claim = try await store.leases.claim(by: owner, for: .seconds(600)) else { return }
        var progress = claim.job.progress
        progress.doneUnits = progress.expectedUnits * 62 / 100
        progress.candles = 65_184
        progress.pages = 2
        progress.doneUntil = claim.job.range.lowerBound + .seconds(226 * 86_400)
        try await store.leases.commit(
            CandleBatch(candles: [], source: .polygon, fetchedAt: clock.now),
            progress,
            of: claim,
            leaseFor: .seconds(600)
        )
        for ticker in ["SOL", "QQQ"] {
            let queued = try await store.symbols.find(ticker)
            _ = try await store.jobs.start(queued, timeframe: .oneDay, by: administrator)
        }
    }

    private static func leaveFailed(_ symbol: TrackedSymbol, in store: Store) async throws {
        _ = try await store.jobs.start(
            symbol,
            timeframe: .fiveMinutes,
            from: now.dayUTC.advanced(by: -1000),
            to: now.dayUTC.advanced(by: -900),
            by: administrator
        )
        for paused in ["SOL", "QQQ"] {
            let jobs = try await store.jobs.list(JobStore.Query(symbol: try await store.symbols.find(paused).id))
            for job in jobs where job.state == .queued { _ = try await store.jobs.pause(job.id, by: administrator) }
        }
        if let claim = try await store.leases.claim(by: owner, for: .seconds(60)) {
            try await store.leases.fail(
                claim,
                error: "403 NOT_AUTHORIZED: the plan does not include this range (request_id 6a7e466379af0a71)",
                source: .polygon,
                by: Actor(source: .worker, name: owner)
            )
        }
        for paused in ["SOL", "QQQ"] {
            let jobs = try await store.jobs.list(JobStore.Query(symbol: try await store.symbols.find(paused).id))
            for job in jobs where job.state == .paused { _ = try await store.jobs.resume(job.id, by: administrator) }
        }
    }
}

/// A clock that goes only when it is told to.
final class DemoClock: WallClock {
    private let time: Mutex<Timestamp>

    init(_ now: Timestamp) {
        time = Mutex(now)
    }

    var now: Timestamp { time.withLock { $0 } }

    func set(_ now: Timestamp) { time.withLock { $0 = now } }
    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }

    func sleep(for duration: Duration) async throws {
        // The console looks for changes as often as it would, but need not wait for them here.
        try await Task.sleep(for: min(duration, .milliseconds(5)))
    }
}

/// SplitMix64: the same numbers each time.
struct DemoGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
