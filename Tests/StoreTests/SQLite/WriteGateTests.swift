import Foundation
import Testing
import Warehouse

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct WriteGateTests {
    /// Slices of writers, in the order in which they came in.
    private final class Slices: @unchecked Sendable {
        // Unchecked: `names` is only touched under `lock`.
        private let lock = NSLock()
        private var names: [String] = []

        func add(_ name: String) { lock.withLock { names.append(name) } }
        var all: [String] { lock.withLock { names } }
    }

    @Test func `a waiting writer gets in between two slices of a greedy one`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw.sqlite"
            let greedy = try WriteGate(database: path, patience: .seconds(30))
            let patient = try WriteGate(database: path, patience: .seconds(30))
            let slices = Slices()
            let finished = DispatchSemaphore(value: 0)
            let thread = Thread {
                // A failure shows in the order below.
                try? patient.enter { slices.add("patient") }
                finished.signal()
            }
            try greedy.enter {
                slices.add("greedy")
                thread.start()
                // Until the other one stands in the turnstile.
                let turnstile = open(path + ".next", O_RDWR)
                while flock(turnstile, LOCK_EX | LOCK_NB) == 0 {
                    flock(turnstile, LOCK_UN)
                    sched_yield()
                }
                close(turnstile)
            }
            try greedy.enter { slices.add("greedy") }
            finished.wait()
            #expect(slices.all == ["greedy", "patient", "greedy"])
        }
    }

    @Test func `two stores on one file never write at once`() async throws {
        try await withStore { test in
            let other = try await test.another()
            let slices = Slices()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    let store = index.isMultiple(of: 2) ? test.store : other
                    group.addTask {
                        try await store.engine.write { _ in
                            slices.add("in")
                            sched_yield()
                            slices.add("out")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(slices.all == Array(repeating: ["in", "out"], count: 40).flatMap { $0 })
            try other.close()
        }
    }

    @Test func `a time-out names who holds the gate`() async throws {
        try await withStore { test in
            let other = try await test.another(patience: .milliseconds(20))
            let held = DispatchSemaphore(value: 0)
            let release = DispatchSemaphore(value: 0)
            let engine = test.engine
            async let holding: Void = engine.write { _ in
                held.signal()
                release.wait()
            }
            await wait(for: held)
            await expectRefusal(
                .busy(detail: "for 0 s another writer did not let go (process \(getpid()))")
            ) { try await other.engine.write { _ in } }
            release.signal()
            try await holding
            // And afterwards there is room again.
            try await other.engine.write { _ in }
            try other.close()
        }
    }

    @Test(arguments: [".lock", ".next"])
    func `who is not mdw has no name, and its death opens the gate`(file: String) async throws {
        try await withStore { test in
            let impatient = try await test.another(patience: .milliseconds(20))
            let before = try await impatient.symbols.count()
            let other = try ChildProcess.holdingLock(on: test.path + file)
            await expectRefusal(.busy(detail: "for 0 s another writer did not let go")) {
                try await impatient.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: test.alice)
            }
            // A failed turn leaves nothing locked behind, and reading never waits.
            #expect(try await impatient.symbols.count() == before)
            other.kill()
            _ = try await impatient.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: test.alice)
            #expect(try await test.store.symbols.count() == 1)
            try impatient.close()
        }
    }

    @Test func `opening waits for the gate too`() async throws {
        try await withStore { test in
            let other = try ChildProcess.holdingLock(on: test.path + ".lock")
            await expectRefusal(.busy(detail: "for 0 s another writer did not let go")) {
                try await test.another(patience: .milliseconds(20))
            }
            // Opening for reading needs no gate.
            try await test.another(.readOnly).close()
            other.kill()
            try await test.another().close()
        }
    }

    @Test func `a lock file that can't be made is told`() {
        #expect(
            throws: StoreError.noPermission(path: "/proc/self/mdw.lock", detail: "No such file or directory")
        ) { try WriteGate(database: "/proc/self/mdw", patience: .zero) }
    }

    @Test func `a turnstile that can't be made is told`() async throws {
        try await withFolder { folder in
            let path = folder + "/mdw"
            try FileManager.default.createDirectory(atPath: path + ".next", withIntermediateDirectories: false)
            #expect(throws: StoreError.noPermission(path: path + ".next", detail: "Is a directory")) {
                try WriteGate(database: path, patience: .zero)
            }
        }
    }

    @Test func `reading waits for no writer`() async throws {
        try await withStore { test in
            let other = try await test.another()
            _ = try await test.addSymbol("AAPL")
            let held = DispatchSemaphore(value: 0)
            let release = DispatchSemaphore(value: 0)
            let engine = test.engine
            async let writing: Void = engine.write { session in
                try session.execute("DELETE FROM tracked_symbols")
                held.signal()
                release.wait()
            }
            await wait(for: held)
            // What is not committed does not show, in this process or in another.
            #expect(try await test.store.symbols.count() == 1)
            #expect(try await other.symbols.count() == 1)
            #expect(try await test.another(.readOnly).symbols.count() == 1)
            #expect(try ChildProcess.sqlite(test.path, "SELECT COUNT(*) FROM tracked_symbols") == "1")
            release.signal()
            try await writing
            #expect(try await other.symbols.count() == 0)
            try other.close()
        }
    }

    /// Waits off the threads that tasks need.
    private func wait(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
