import Feeds
import Foundation
import Store
import VendorStub
import Warehouse

/// The way of a vendor's page from HTTP to the commit, beside what a plain loop over SQLite's C API inserts.
struct PageBenchmark {
    let folder: URL

    private static let pageSize = 50_000
    private static let pages = 10
    private static let symbol = Ticker(stored: "BTC", assetClass: .crypto)

    func run() async throws {
        let bodies = (0..<Self.pages).map(Self.body)
        let parsed = try parse(bodies)
        let plain = try await insertPlainly()
        let whole = try await takePages(bodies)
        print("a page of \(Self.pageSize.grouped) candles, \(Self.pages) times:")
        print("  parsed              \(Int(parsed).grouped) candles/s   budget: 1,000,000")
        print("  C loop into SQLite  \(Int(plain).grouped) candles/s")
        print("  HTTP to commit      \(Int(whole).grouped) candles/s   budget: 300,000")
        print("  ratio to the C loop \((whole / plain * 100).rounded() / 100)   budget: 0.6")
    }

    /// Candles a second that become bars.
    private func parse(_ bodies: [[UInt8]]) throws -> Double {
        let start = ContinuousClock.now
        var count = 0
        for body in bodies { count += try PolygonResponseParser.parse(body).page.bars.count }
        return Double(count) / (ContinuousClock.now - start).inSeconds
    }

    /// Candles a second over a loopback connection, through the rules, in commits of 2 500 as a worker makes them.
    private func takePages(_ bodies: [[UInt8]]) async throws -> Double {
        let path = folder.appendingPathComponent("pages.sqlite").path
        let store = try await Store.open(sqlite: path, access: .createAndMigrate, clock: MachineClock())
        let tracked = try await store.symbols.add(Self.symbol, by: Actor(source: .worker, name: "bench"))
        _ = try await store.jobs.start(
            tracked,
            timeframe: .fiveMinutes,
            from: TradingDay(year: 2000, month: 1, day: 1),
            by: Actor(source: .worker, name: "bench")
        )
        guard let claim = try await store.leases.claim(by: "bench", for: .seconds(600)) else { return 0 }
        let turn = Turn(bodies)
        let answer: VendorStub.Handler = { _ in .json(await turn.next()) }
        let rate = try await VendorStub.with(answer) { stub in
            let configuration = PolygonConfiguration(
                key: try VendorKey("benchmark-key"),
                base: try VendorBase(stub.url)
            )
            return try await PolygonFeed.withPolygonFeed(configuration, clock: MachineClock()) { feed in
                let start = ContinuousClock.now
                var context = PageContext()
                for page in 0..<Self.pages {
                    let lower = SampleCandles.time(page * Self.pageSize)
                    let request = CandleRequest(
                        ticker: Self.symbol,
                        timeframe: .fiveMinutes,
                        range: lower..<SampleCandles.time((page + 1) * Self.pageSize)
                    )
                    let answer = try await feed.page(of: request, at: nil)
                    let now = store.clock.now
                    let verdict = CandleRules().judge(answer, of: request, now: now, after: context)
                    context = verdict.context
                    precondition(verdict.candles.count == Self.pageSize, "the rules refused candles of the benchmark")
                    for slice in stride(from: 0, to: Self.pageSize, by: 2500) {
                        try await store.leases.commit(
                            CandleBatch(
                                candles: verdict.candles[slice..<slice + 2500],
                                source: .polygon,
                                fetchedAt: now
                            ),
                            claim.job.progress,
                            of: claim,
                            leaseFor: .seconds(600)
                        )
                    }
                }
                return Double(Self.pages * Self.pageSize) / (ContinuousClock.now - start).inSeconds
            }
        }
        try store.close()
        return rate
    }

    /// Candles a second that a loop of `sqlite3_bind` and `sqlite3_step` puts into the same table, a page a transaction.
    private func insertPlainly() async throws -> Double {
        let path = folder.appendingPathComponent("plain.sqlite").path
        try await Store.open(sqlite: path, access: .createAndMigrate, clock: MachineClock()).close()
        let table = PlainTable(path: path)
        let start = ContinuousClock.now
        for page in 0..<Self.pages { table.fill(symbol: 1, page * Self.pageSize..<(page + 1) * Self.pageSize) }
        return Double(Self.pages * Self.pageSize) / (ContinuousClock.now - start).inSeconds
    }

    /// An answer of the vendor with a page of bars.
    private static func body(_ page: Int) -> [UInt8] {
        var text =
            #"{"ticker":"X:BTCUSD","adjusted":true,"queryCount":\#(pageSize),"resultsCount":\#(pageSize),"status":"OK","results":["#
        for index in page * pageSize..<(page + 1) * pageSize {
            let price = SampleCandles.price(index)
            text += index % pageSize == 0 ? "" : ","
            text += #"{"v":1234.5678,"vw":\#(price + 0.1),"o":\#(price),"c":\#(price + 0.25),"h":\#(price + 1.5),"#
            text += #""l":\#(price - 1.25),"t":\#(SampleCandles.time(index).milliseconds),"n":42}"#
        }
        return Array((text + "]}").utf8)
    }
}

/// Hands out bodies in turn.
private actor Turn {
    private var bodies: ArraySlice<[UInt8]>

    init(_ bodies: [[UInt8]]) {
        self.bodies = bodies[...]
    }

    func next() -> [UInt8] { bodies.popFirst() ?? [] }
}
