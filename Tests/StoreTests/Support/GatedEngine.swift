import Dispatch
import Store

/// An engine whose transactions wait for a test, and fail when it says so.
final class GatedEngine: StoreEngine {
    private struct State {
        var isClosed = false
        /// Transactions that wait: each goes on when it is signalled.
        var waiting: [DispatchSemaphore] = []
        var failure: StoreError?
        var looksFail = false
        var looks = 0
    }

    private let base: any StoreEngine
    private let state = LockedBox(State())

    init(_ base: any StoreEngine) {
        self.base = base
    }

    /// How many transactions wait.
    var waiting: Int { state.withLock { $0.waiting.count } }
    /// How often keys were read.
    var looks: Int { state.withLock { $0.looks } }

    /// From now on transactions wait.
    func shut() { state.withLock { $0.isClosed = true } }

    func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isClosed = false
            return state.waiting
        }
        for semaphore in waiting { semaphore.signal() }
    }

    /// From now on transactions fail so behind their last statement; `nil` for not at all.
    func fail(_ error: StoreError?) { state.withLock { $0.failure = error } }
    func failLooks(_ fails: Bool) { state.withLock { $0.looksFail = fails } }

    func writeAtOnce<Value>(_ body: (any StoreSession) throws -> Value) throws -> OwnCommit<Value> {
        let gate = state.withLock { state -> DispatchSemaphore? in
            guard state.isClosed else { return nil }
            let gate = DispatchSemaphore(value: 0)
            state.waiting.append(gate)
            return gate
        }
        // On the writer's own thread, which may wait.
        gate?.wait()
        let failure = state.withLock { $0.failure }
        return try base.writeAtOnce { session in
            let value = try body(session)
            if let failure { throw failure }
            return value
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        let failure = state.withLock { $0.failure }
        return try await base.write { session in
            let value = try body(session)
            if let failure { throw failure }
            return value
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreSession) throws -> Value) async throws -> Value {
        try await base.read(body)
    }

    func peek<Value>(_ body: (any StoreSession) throws -> Value) throws -> Value {
        let fails = state.withLock { state in
            state.looks += 1
            return state.looksFail
        }
        if fails { throw StoreError.failed("nobody may look") }
        return try base.peek(body)
    }

    var isReadOnly: Bool { base.isReadOnly }
    func changeCounter() throws -> Int64 { try base.changeCounter() }
    var commitFiles: [String] { base.commitFiles }
    func integrityProblems() async throws -> [String] { try await base.integrityProblems() }
    func size() async throws -> Int64 { try await base.size() }
    func close() throws { try base.close() }
}
