import Store

/// An engine whose transactions wait for a test, and fail when it says so.
final class GatedEngine: StoreEngine {
    private struct State {
        var isClosed = false
        var waiting: [CheckedContinuation<Void, Never>] = []
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
        for continuation in waiting { continuation.resume() }
    }

    /// From now on transactions fail so behind their last statement; `nil` for not at all.
    func fail(_ error: StoreError?) { state.withLock { $0.failure = error } }
    func failLooks(_ fails: Bool) { state.withLock { $0.looksFail = fails } }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.isClosed { state.waiting.append(continuation) }
                return !state.isClosed
            }
            if goesOn { continuation.resume() }
        }
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
    func integrityProblems() async throws -> [String] { try await base.integrityProblems() }
    func size() async throws -> Int64 { try await base.size() }
    func close() throws { try base.close() }
}
