import Foundation
import Store

/// An engine that dies at one of its transactions, as a process does that is killed: nothing works after it.
final class DyingEngine: StoreEngine, @unchecked Sendable {
    // Unchecked: `left` is only touched while `lock` is held.
    private let base: any StoreEngine
    private let lastIsCommitted: Bool
    private let lock = NSLock()
    private var left: Int

    /// Dies at the transaction that follows `writes` others.
    ///
    /// `lastIsCommitted`: whether the one that kills is committed without anybody hearing of it.
    init(_ base: any StoreEngine, after writes: Int, lastIsCommitted: Bool) {
        self.base = base
        self.left = writes
        self.lastIsCommitted = lastIsCommitted
    }

    var isDead: Bool { lock.withLock { left < 0 } }
    var isReadOnly: Bool { base.isReadOnly }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        if isDead { throw Self.dead }
        return try await base.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        let (isLast, wasDead) = lock.withLock {
            let wasDead = left < 0
            left -= 1
            return (left < 0, wasDead)
        }
        if wasDead || isLast && !lastIsCommitted { throw Self.dead }
        let value = try await base.write(body)
        if isLast { throw Self.dead }
        return value
    }

    func writeAtOnce<Value>(_ body: (any StoreSession) throws -> Value) throws -> OwnCommit<Value> {
        try base.writeAtOnce(body)
    }

    func changeCounter() throws -> Int64 { try base.changeCounter() }
    var commitFiles: [String] { base.commitFiles }
    func peek<Value>(_ body: (any StoreSession) throws -> Value) throws -> Value { try base.peek(body) }
    func integrityProblems() async throws -> [String] { try await base.integrityProblems() }
    func size() async throws -> Int64 { try await base.size() }
    func close() throws { try base.close() }

    private static let dead = StoreError.failed("the process is dead")
}
