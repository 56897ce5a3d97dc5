import Dispatch
import Store

/// An engine that fails when a test says so, as on a full disk or a broken one.
final class FaultyEngine: StoreEngine {
    /// What fails; the last `Bool` of a write tells whether its body runs before, and is rolled back.
    enum Fault: Sendable {
        case write(StoreError, afterBody: Bool)
        case read(StoreError)
        case look(StoreError)
    }

    private let base: any StoreEngine
    private let fault = LockedBox<Fault?>(nil)
    private let writes = LockedBox(0)
    private let gate = LockedBox(Gate())

    private struct Gate {
        var isShut = false
        /// Transactions that wait: each goes on when its block is called.
        var waiting: [@Sendable () -> Void] = []
    }

    init(_ base: any StoreEngine) {
        self.base = base
    }

    /// How many transactions were asked for.
    var writeCount: Int { writes.withLock { $0 } }

    /// From now on fails so; `nil` for not at all.
    func fail(_ fault: Fault?) {
        self.fault.withLock { $0 = fault }
    }

    /// From now on transactions wait.
    func hold() { gate.withLock { $0.isShut = true } }

    /// How many transactions wait.
    var held: Int { gate.withLock { $0.waiting.count } }

    /// Lets the transactions go on.
    func release() {
        let waiting = gate.withLock { gate in
            defer { gate = Gate() }
            return gate.waiting
        }
        for goOn in waiting { goOn() }
    }

    var isReadOnly: Bool { base.isReadOnly }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        if case .read(let error) = fault.withLock({ $0 }) { throw error }
        return try await base.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        writes.withLock { $0 += 1 }
        await withCheckedContinuation { continuation in
            let goesOn = gate.withLock { gate in
                if gate.isShut { gate.waiting.append { continuation.resume() } }
                return !gate.isShut
            }
            if goesOn { continuation.resume() }
        }
        guard case .write(let error, let afterBody) = fault.withLock({ $0 }) else { return try await base.write(body) }
        guard afterBody else { throw error }
        return try await base.write { session -> Value in
            _ = try body(session)
            throw error
        }
    }

    func writeAtOnce<Value>(_ body: (any StoreSession) throws -> Value) throws -> OwnCommit<Value> {
        writes.withLock { $0 += 1 }
        let signal = gate.withLock { gate -> DispatchSemaphore? in
            guard gate.isShut else { return nil }
            let signal = DispatchSemaphore(value: 0)
            gate.waiting.append { signal.signal() }
            return signal
        }
        // On the writer's own thread, which may wait.
        signal?.wait()
        guard case .write(let error, let afterBody) = fault.withLock({ $0 }) else { return try base.writeAtOnce(body) }
        guard afterBody else { throw error }
        return try base.writeAtOnce { session in
            _ = try body(session)
            throw error
        }
    }

    func changeCounter() throws -> Int64 {
        if case .look(let error) = fault.withLock({ $0 }) { throw error }
        return try base.changeCounter()
    }

    var commitFiles: [String] { base.commitFiles }

    func peek<Value>(_ body: (any StoreSession) throws -> Value) throws -> Value { try base.peek(body) }
    func integrityProblems() async throws -> [String] { try await base.integrityProblems() }
    func size() async throws -> Int64 { try await base.size() }
    func close() throws { try base.close() }
}
