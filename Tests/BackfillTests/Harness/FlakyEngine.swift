import Foundation
import Store

/// An engine whose transactions fail for a while, as on a full disk.
final class FlakyEngine: StoreEngine, @unchecked Sendable {
    // Unchecked: `number` is only touched while `lock` is held.
    private let base: any StoreEngine
    private let fails: @Sendable (Int) -> StoreError?
    private let lock = NSLock()
    private var number = 0

    /// `fails`: the failure of the transaction with this number, counted from 0; `nil` when it succeeds.
    init(_ base: any StoreEngine, _ fails: @escaping @Sendable (Int) -> StoreError?) {
        self.base = base
        self.fails = fails
    }

    var isReadOnly: Bool { base.isReadOnly }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        try await base.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        let current = lock.withLock {
            defer { number += 1 }
            return number
        }
        if let failure = fails(current) { throw failure }
        return try await base.write(body)
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
}
