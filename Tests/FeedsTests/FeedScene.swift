import Feeds
import Testing
import VendorStub
import Warehouse

/// A feed in front of a stub, with the made-up key that must show up in the header and nowhere else.
struct FeedScene {
    static let key = "made-up-key-0123456789"
    static let apple = CandleRequest(
        ticker: Ticker(stored: "AAPL", assetClass: .stock),
        timeframe: .oneDay,
        range: TradingDay(year: 2019, month: 1, day: 1).startUTC..<TradingDay(year: 2019, month: 2, day: 1).startUTC
    )
    static let okay = StubAnswer.json(#"{"status":"OK","ticker":"AAPL","adjusted":true,"results":[{"t":1}]}"#)

    /// Runs `body` with a feed for the base `url`, which is closed afterwards.
    static func with<Result>(
        url: String,
        timeout: Duration = .seconds(30),
        maximumBodyBytes: Int = 10_000_000,
        clock: any WallClock = StoppedClock(),
        _ body: (PolygonFeed) async throws -> Result
    ) async throws -> Result {
        let configuration = PolygonConfiguration(
            key: try VendorKey(key),
            base: try VendorBase(url),
            timeout: timeout,
            maximumBodyBytes: maximumBodyBytes
        )
        return try await PolygonFeed.withPolygonFeed(configuration, clock: clock, body)
    }

    /// The error of one request to a stub that gives `answer`.
    static func error(
        of answer: StubAnswer,
        timeout: Duration = .seconds(30),
        maximumBodyBytes: Int = 10_000_000,
        clock: any WallClock = StoppedClock()
    ) async throws -> FeedError? {
        try await VendorStub.with(answers: [answer]) { stub in
            try await with(url: stub.url, timeout: timeout, maximumBodyBytes: maximumBodyBytes, clock: clock) { feed in
                await #expect(throws: FeedError.self) { try await feed.page(of: apple, at: nil) }
            }
        }
    }
}

extension FeedError {
    /// The case's name.
    var kind: String {
        switch self {
        case .unauthorized: "unauthorized"
        case .notEntitled: "notEntitled"
        case .unknownTicker: "unknownTicker"
        case .rateLimited: "rateLimited"
        case .transient: "transient"
        case .vendor: "vendor"
        case .untrustworthy: "untrustworthy"
        case .cancelled: "cancelled"
        }
    }
}
