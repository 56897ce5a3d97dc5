import Testing
import Warehouse

@testable import struct Backfill.RetryPolicy

@Suite struct RetryPolicyTests {
    typealias Decision = RetryPolicy.Decision

    static let decisions: [(error: FeedError, failures: Int, decision: Decision)] = [
        (.unauthorized(detail: ""), 0, .stopFetching),
        (.unauthorized(detail: ""), 7, .stopFetching),
        (.notEntitled(detail: ""), 0, .notEntitled),
        (.notEntitled(detail: ""), 7, .notEntitled),
        (.unknownTicker(detail: ""), 0, .fail),
        (.rateLimited(retryAfter: .seconds(12)), 0, .holdOff(.seconds(12))),
        (.rateLimited(retryAfter: .seconds(12)), 7, .holdOff(.seconds(12))),
        (.rateLimited(retryAfter: nil), 0, .holdOff(.milliseconds(17_250))),
        (.rateLimited(retryAfter: .zero), 0, .holdOff(.seconds(1))),
        (.rateLimited(retryAfter: .seconds(-5)), 0, .holdOff(.seconds(1))),
        (.rateLimited(retryAfter: .seconds(1 << 40)), 0, .holdOff(.seconds(3600))),
        (.transient(detail: ""), 0, .retry(after: .seconds(1))),
        (.vendor(detail: ""), 1, .retry(after: .seconds(2))),
        (.untrustworthy(detail: ""), 2, .retry(after: .seconds(4))),
        (.cancelled, 3, .retry(after: .seconds(8))),
        (.transient(detail: ""), 6, .retry(after: .seconds(64))),
        (.transient(detail: ""), 7, .fail),
        (.vendor(detail: ""), 7, .fail),
        (.untrustworthy(detail: ""), 100, .fail),
    ]

    @Test(arguments: decisions) func `what is done about a fault`(error: FeedError, failures: Int, decision: Decision) {
        let now = Timestamp.at("2024-06-03T12:00:42.75Z")
        #expect(RetryPolicy().decision(on: error, failures: failures, now: now, jitter: 0.5) == decision)
    }

    @Test(arguments: [
        (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 300), (40, 300), (1000, 300),
    ]) func `the wait doubles up to five minutes`(failures: Int, seconds: Int) {
        let policy = RetryPolicy()
        #expect(policy.delay(failures: failures, jitter: 0) == .zero)
        #expect(policy.delay(failures: failures, jitter: 0.25) == .seconds(seconds) / 4)
        #expect(policy.delay(failures: failures, jitter: 1) == .seconds(seconds))
    }

    @Test func `on a full minute the next one counts`() {
        let decision = RetryPolicy().decision(
            on: .rateLimited(retryAfter: nil),
            failures: 0,
            now: .at("2024-06-03T12:00:00Z"),
            jitter: 0
        )
        #expect(decision == .holdOff(.seconds(60)))
    }
}
