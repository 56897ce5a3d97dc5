import Testing
import Warehouse

@testable import Store

@Suite struct AlertDeliveryTests {
    static let lease = Duration.seconds(120)

    /// A store with one alert that `webhook` has to be told of.
    private func withAlert(_ body: (TestStore) async throws -> Void) async throws {
        try await withStore { test in
            try await test.failRun(of: test.series(), error: "e")
            #expect(try await test.settle().raised.count == 1)
            try await body(test)
        }
    }

    @Test func `a notice that was confirmed is never sent again`() async throws {
        try await withAlert { test in
            let delivery = try await test.take()
            #expect(delivery.notice.event == .raised)
            #expect(delivery.attempt == 1)
            try await test.store.alerts.confirm(delivery)
            test.clock.advance(by: .seconds(86_400))
            #expect(try await test.store.alerts.claim("webhook", by: "b", for: Self.lease) == .nothing(until: nil))
        }
    }

    @Test func `nobody else takes a notice before the lease is over`() async throws {
        try await withAlert { test in
            let first = try await test.take()
            let other = try await test.another()
            let end = test.clock.now + Self.lease
            #expect(try await other.alerts.claim("webhook", by: "b", for: Self.lease) == .nothing(until: end))
            test.clock.set(end)
            let second = try await test.take(by: "b", in: other)
            #expect(second.notice == first.notice)
            #expect(second.attempt == 2)
            // What the first one says of its attempt is of the past.
            try await test.store.alerts.postpone(first, for: .zero, error: "late")
            #expect(
                try await test.store.alerts.claim("webhook", by: "c", for: Self.lease)
                    == .nothing(until: end + Self.lease)
            )
            // Unless it has arrived after all.
            try await test.store.alerts.confirm(first)
            test.clock.advance(by: .seconds(600))
            #expect(try await test.store.alerts.claim("webhook", by: "c", for: Self.lease) == .nothing(until: nil))
            try other.close()
        }
    }

    @Test func `two stores at once take it once`() async throws {
        try await withAlert { test in
            let other = try await test.another()
            let taken = try await withThrowingTaskGroup { group in
                for (index, store) in [test.store, other, test.store, other].enumerated() {
                    group.addTask {
                        let claim = try await store.alerts.claim("webhook", by: "\(index)", for: Self.lease)
                        if case .delivery = claim { return 1 }
                        return 0
                    }
                }
                return try await group.reduce(0, +)
            }
            try other.close()
            #expect(taken == 1)
        }
    }

    @Test func `what did not arrive is tried again when it is time`() async throws {
        try await withAlert { test in
            try await test.store.alerts.postpone(test.take(), for: .seconds(5), error: "HTTP 500")
            let due = test.clock.now + .seconds(5)
            #expect(try await test.store.alerts.claim("webhook", by: "a", for: Self.lease) == .nothing(until: due))
            let record = try await test.store.alerts.list(limit: 1)[0].deliveries[0]
            #expect(record.attempts == 1)
            #expect(record.lastError == "HTTP 500")
            #expect(record.deliveredAt == nil)
            test.clock.set(due)
            #expect(try await test.take().attempt == 2)
        }
    }

    @Test func `channels are told on their own`() async throws {
        try await withAlert { test in
            try await test.store.alerts.confirm(test.take())
            // One that was set up later hears of what is still open.
            let mail = try await test.take(channel: "mail")
            #expect(mail.notice.event == .raised)
        }
    }

    @Test func `the end is told to who was told the beginning`() async throws {
        try await withAlert { test in
            try await test.store.alerts.confirm(test.take())
            try await test.endFailure()
            let delivery = try await test.take()
            #expect(delivery.notice.event == .resolved)
            #expect(delivery.notice.alert.resolvedAt == test.clock.now)
            try await test.store.alerts.confirm(delivery)
            #expect(try await test.store.alerts.claim("webhook", by: "a", for: Self.lease) == .nothing(until: nil))
            #expect(try await test.store.alerts.claim("mail", by: "a", for: Self.lease) == .nothing(until: nil))
        }
    }

    @Test func `of an alert that ended before it could be told, the end is told`() async throws {
        try await withAlert { test in
            try await test.store.alerts.postpone(test.take(), for: .seconds(600), error: "refused")
            try await test.endFailure()
            #expect(try await test.take().notice.event == .resolved)
        }
    }

    @Test func `the end waits until the beginning has been sent`() async throws {
        try await withAlert { test in
            let beginning = try await test.take()
            try await test.endFailure()
            #expect(try await test.store.alerts.claim("webhook", by: "b", for: Self.lease) == .nothing(until: nil))
            try await test.store.alerts.confirm(beginning)
            #expect(try await test.take().notice.event == .resolved)
        }
    }

    @Test func `an end is not told a week later`() async throws {
        try await withAlert { test in
            try await test.store.alerts.confirm(test.take())
            try await test.endFailure()
            test.clock.advance(by: AlertRetry.patience)
            #expect(try await test.store.alerts.claim("webhook", by: "a", for: Self.lease) == .nothing(until: nil))
        }
    }
}

extension TestStore {
    /// Takes the next notice; fails the test when none is due.
    func take(channel: String = "webhook", by owner: String = "a", in store: Store? = nil) async throws -> AlertDelivery
    {
        let claim = try await (store ?? self.store).alerts.claim(channel, by: owner, for: AlertDeliveryTests.lease)
        guard case .delivery(let delivery) = claim else { throw StoreError.failed("nothing is due: \(claim)") }
        return delivery
    }

    /// Lets the run that failed work.
    func endFailure() async throws {
        _ = try await store.jobs.retryAllFailed(by: alice)
        try await store.leases.complete(claim(), source: .polygon, by: alice)
        _ = try await settle()
    }
}
