import Store
import Testing
import Warehouse

@Suite struct VendorRequestLogTests {
    @Test func `books up to the limit, then says how long to wait`() async throws {
        try await withStore { test in
            let log = test.store.vendorRequests
            #expect(try await log.book(limit: 3) == nil)
            test.clock.advance(by: .seconds(10))
            #expect(try await log.book(limit: 3) == nil)
            #expect(try await log.book(limit: 3) == nil)
            test.clock.advance(by: .seconds(5))
            let wait = try #require(try await log.book(limit: 3))
            #expect(wait == .seconds(45) + .milliseconds(1))
            test.clock.advance(by: wait)
            #expect(try await log.book(limit: 3) == nil)
            #expect(try await log.book(limit: 3) != nil)
            // A lower limit counts what is there.
            #expect(try await log.book(limit: 1) == .seconds(60) + .milliseconds(1))
        }
    }

    @Test func `a minute is half open`() async throws {
        try await withStore { test async throws in
            let log = test.store.vendorRequests
            #expect(try await log.book(limit: 1) == nil)
            test.clock.advance(by: .seconds(60) - .microseconds(1))
            #expect(try await log.book(limit: 1) == .milliseconds(1) + .microseconds(1))
            test.clock.advance(by: .microseconds(1))
            #expect(try await log.book(limit: 1) == nil)
        }
    }

    @Test func `no limit writes nothing`() async throws {
        try await withStore { test in
            let counter = try test.store.changeCounter()
            for _ in 0..<10 { #expect(try await test.store.vendorRequests.book(limit: 0) == nil) }
            #expect(try test.store.changeCounter() == counter)
        }
    }

    /// Two workers that ask whenever they like, on a clock that jumps forward and back.
    @Test(arguments: 0..<6 as Range<UInt64>)
    func `never more than the limit in any 60 s`(seed: UInt64) async throws {
        try await withStore { test in
            var generator = SeededGenerator(seed: seed)
            let other = try await test.another()
            let limit = Int.random(in: 1...5, using: &generator)
            // Real time goes on; the clock of the machine shows it with an offset that somebody changes now and then.
            var elapsed = Duration.zero
            var offset = Duration.zero
            var booked: [Duration] = []
            for _ in 0..<150 {
                elapsed += .milliseconds(Int.random(in: 0...20_000, using: &generator))
                if seed.isMultiple(of: 2), Int.random(in: 0..<10, using: &generator) == 0 {
                    offset -= .seconds(Int.random(in: 0...7200, using: &generator))
                }
                test.clock.set(TestStore.start + offset + elapsed)
                let store = Bool.random(using: &generator) ? test.store : other
                if let wait = try await store.vendorRequests.book(limit: limit) {
                    #expect(wait > .zero && wait <= .seconds(60) + .milliseconds(1))
                } else {
                    booked.append(elapsed)
                }
            }
            #expect(booked.count > limit * 5)
            for (index, time) in booked.enumerated() where index >= limit {
                #expect(time - booked[index - limit] >= .seconds(60), "request \(index)")
            }
            try other.close()
        }
    }

    @Test func `a clock that was set back makes nobody wait longer than the window`() async throws {
        try await withStore { test in
            let log = test.store.vendorRequests
            #expect(try await log.book(limit: 1) == nil)
            test.clock.set(TestStore.start - .seconds(86_400))
            let wait = try #require(try await log.book(limit: 1))
            #expect(wait == .seconds(60) + .milliseconds(1))
            test.clock.advance(by: wait)
            #expect(try await log.book(limit: 1) == nil)
        }
    }

    @Test(arguments: [0, 5])
    func `a hold counts for every worker, until its end`(limit: Int) async throws {
        try await withStore { test in
            let other = try await test.another()
            try await test.store.vendorRequests.holdOff(for: .seconds(90))
            #expect(try await other.vendorRequests.book(limit: limit) == .seconds(90))
            test.clock.advance(by: .seconds(89))
            #expect(try await other.vendorRequests.book(limit: limit) == .seconds(1))
            test.clock.advance(by: .seconds(1))
            #expect(try await other.vendorRequests.book(limit: limit) == nil)
            try other.close()
        }
    }

    @Test func `a shorter hold does not cut a longer one, a longer one makes it longer`() async throws {
        try await withStore { test in
            let log = test.store.vendorRequests
            try await log.holdOff(for: .seconds(90))
            try await log.holdOff(for: .seconds(10))
            #expect(try await log.book(limit: 1) == .seconds(90))
            try await log.holdOff(for: .seconds(200))
            #expect(try await log.book(limit: 1) == .seconds(200))
        }
    }

    @Test func `a hold of a time to come counts for nothing`() async throws {
        try await withStore { test in
            try await test.store.vendorRequests.holdOff(for: .seconds(90))
            test.clock.set(TestStore.start - .seconds(1))
            #expect(try await test.store.vendorRequests.book(limit: 1) == nil)
        }
    }
}
