import Backfill
import Feeds
import Store
import Testing
import VendorStub
import Warehouse

/// The worker with the real client, over HTTP.
@Suite(.timeLimit(.minutes(2))) struct WorkerVendorTests {
    static let apple = Ticker(stored: "AAPL", assetClass: .stock)

    private func withFeed(
        _ stub: VendorStub,
        clock: TestClock,
        _ body: (PolygonFeed) async throws -> Void
    ) async throws {
        let configuration = PolygonConfiguration(key: try VendorKey("secret"), base: try VendorBase(stub.url))
        try await PolygonFeed.withPolygonFeed(configuration, clock: clock, body)
    }

    @Test func `January 2019 of AAPL is stored as it was recorded`() async throws {
        try await Workshop.with(Self.apple) { shop in
            try await VendorStub.with({ _ in .json(RecordedAnswers.appleJanuary2019) }) { stub in
                try await withFeed(stub, clock: shop.clock) { feed in
                    let job = try await shop.finish(
                        try await shop.enqueue("2019-01-01", "2019-02-01", .oneDay),
                        shop.worker(feed)
                    )
                    #expect(job.state == .completed)
                    #expect(job.progress.candles == 21)
                    #expect(job.progress.rejected == 0)
                    #expect(job.progress.expectedUnits == 21)
                    #expect(job.progress.doneUnits == 21)
                    let stored = try await shop.candles(.oneDay)
                    #expect(stored.count == 21)
                    let first = try #require(stored.first).candle
                    #expect(first.time == .at("2019-01-02T05:00:00Z"))
                    #expect([first.open, first.high, first.low, first.close] == [154.89, 158.85, 154.23, 157.92])
                    #expect(first.volume == 37_039_737)
                    #expect(first.vwap == 155.5485)
                    let last = try #require(stored.last)
                    #expect(last.candle.time == .at("2019-01-31T05:00:00Z"))
                    #expect(last.candle.close == 166.44)
                    #expect(last.source == .polygon)
                    #expect(try await shop.coverage(.oneDay) == [CoverageInterval(job.range, .had)])

                    shop.clock.advance(by: .seconds(3600))
                    let again = try await shop.finish(
                        try await shop.enqueue("2019-01-01", "2019-02-01", .oneDay),
                        shop.worker(feed)
                    )
                    #expect(again.state == .completed)
                    #expect(await stub.requests.count == 1)
                    #expect(try await shop.candles(.oneDay) == stored)
                }
            }
        }
    }

    @Test func `pages are followed to the end`() async throws {
        try await Workshop.with { shop in
            let stub = try await VendorStub.synthetic(SyntheticMarket(pageSize: 100, key: "secret"))
            try await withFeed(stub, clock: shop.clock) { feed in
                let worker = shop.worker(feed) { $0.sliceSize = 30 }
                let job = try await shop.finish(try await shop.enqueue("2024-05-01", "2024-05-21"), worker)
                #expect(job.state == .completed)
                #expect(job.progress.candles == 480)
                #expect(job.progress.pages == 5)
                #expect(await stub.requests.count == 5)
                #expect(try await shop.candles().count == 480)
                #expect(try await shop.coverage() == [CoverageInterval(job.range, .had)])
            }
            await stub.shutdown()
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: StubAnswer
        let state: JobState
        let requests: Int
        /// The beginning of the job's error.
        let error: String
    }

    static let faults = [
        Fault(
            testDescription: "plan",
            answer: .notAuthorized,
            state: .failed,
            requests: 1,
            error: "not in the vendor plan"
        ),
        Fault(
            testDescription: "ticker",
            answer: .unknownTicker,
            state: .failed,
            requests: 1,
            error: "the vendor does not know the ticker"
        ),
        Fault(
            testDescription: "504 in HTML",
            answer: .html("504 Gateway Time-out", status: 504),
            state: .failed,
            requests: 8,
            error: "the vendor can't be reached or sends rubbish"
        ),
        Fault(
            testDescription: "cut-off JSON",
            answer: .json(#"{"ticker":"AAPL","results":[{"#),
            state: .failed,
            requests: 8,
            error: "the vendor can't be reached or sends rubbish"
        ),
        Fault(
            testDescription: "200 with an error",
            answer: .json(#"{"status":"ERROR","error":"no"}"#),
            state: .failed,
            requests: 8,
            error: "the vendor reports an error"
        ),
        Fault(
            testDescription: "another ticker",
            answer: .json(RecordedAnswers.appleJanuary2019.replacing("AAPL", with: "AAP")),
            state: .failed,
            requests: 8,
            error: "V09: the answer is about 'AAP', not AAPL"
        ),
    ]

    @Test(arguments: faults) func `a fault of the vendor`(fault: Fault) async throws {
        try await Workshop.with(Self.apple) { shop in
            try await VendorStub.with({ _ in fault.answer }) { stub in
                try await withFeed(stub, clock: shop.clock) { feed in
                    let job = try await shop.finish(
                        try await shop.enqueue("2019-01-01", "2019-02-01", .oneDay),
                        shop.worker(feed)
                    )
                    #expect(job.state == fault.state)
                    #expect(job.error?.hasPrefix(fault.error) == true, "\(job.error ?? "no error")")
                    #expect(job.error?.contains("secret") == false)
                    #expect(await stub.requests.count == fault.requests)
                    #expect(try await shop.candles(.oneDay).isEmpty)
                }
            }
        }
    }

    @Test func `a refused key stops the worker and burns no attempt`() async throws {
        try await Workshop.with(Self.apple) { shop in
            try await VendorStub.with({ _ in .unknownKey }) { stub in
                try await withFeed(stub, clock: shop.clock) { feed in
                    let job = try await shop.enqueue("2019-01-01", "2019-02-01", .oneDay)
                    try await shop.run(shop.worker(feed)) {
                        try await shop.store.workers.list().first?.trouble?.hasPrefix("the vendor refuses the key")
                            == true
                    }
                    #expect(try await shop.store.jobs.find(job.id).attempts == 0)
                    #expect(try await shop.store.jobs.find(job.id).state == .queued)
                    #expect(await stub.requests.count == 1)
                }
            }
        }
    }

    @Test func `a session that the vendor leaves out is missing`() async throws {
        try await Workshop.with(Self.apple) { shop in
            let left = RecordedAnswers.appleJanuary2019.replacing("1547442000000", with: "1547442000001")
            try await VendorStub.with({ _ in .json(left) }) { stub in
                try await withFeed(stub, clock: shop.clock) { feed in
                    let job = try await shop.finish(
                        try await shop.enqueue("2019-01-01", "2019-02-01", .oneDay),
                        shop.worker(feed)
                    )
                    #expect(job.progress.candles == 20)
                    #expect(job.progress.rejected == 1)
                    let day: Range<Timestamp> = .at("2019-01-14T05:00Z") ..< .at("2019-01-15T05:00Z")
                    #expect(
                        try await shop.coverage(.oneDay) == [
                            CoverageInterval(job.range.lowerBound..<day.lowerBound, .had),
                            CoverageInterval(day, .missing),
                            CoverageInterval(day.upperBound..<job.range.upperBound, .had),
                        ]
                    )
                }
            }
        }
    }
}
