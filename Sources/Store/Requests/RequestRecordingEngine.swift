package import Warehouse

/// An engine whose next transaction also writes the row of the request that asked for it: the change, its own audit row
/// and the request's are committed together, or none of them is.
package final class RequestRecordingEngine: StoreEngine {
    private let base: any StoreEngine
    private let clock: any WallClock
    private let request: @Sendable () -> AuditEvent
    private let state = LockedBox(false)

    /// `request` makes the row when the transaction is about to be committed.
    package init(_ base: any StoreEngine, clock: any WallClock, request: @escaping @Sendable () -> AuditEvent) {
        self.base = base
        self.clock = clock
        self.request = request
    }

    /// Whether the request's row is on disk.
    package var isRecorded: Bool { state.withLock { $0 } }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        guard !isRecorded else { return try await base.write(body) }
        let value = try await base.write { [clock, request] session in
            let value = try body(session)
            try session.record([request()], at: clock.now)
            return value
        }
        state.withLock { $0 = true }
        return value
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreSession) throws -> Value
    ) async throws -> Value {
        try await base.read(body)
    }

    package func writeAtOnce<Value>(_ body: (any StoreSession) throws -> Value) throws -> OwnCommit<Value> {
        try base.writeAtOnce(body)
    }

    package func changeCounter() throws -> Int64 { try base.changeCounter() }
    package var commitFiles: [String] { base.commitFiles }
    package func peek<Value>(_ body: (any StoreSession) throws -> Value) throws -> Value { try base.peek(body) }
    package func integrityProblems() async throws -> [String] { try await base.integrityProblems() }
    package func size() async throws -> Int64 { try await base.size() }
    package var isReadOnly: Bool { base.isReadOnly }
    package func close() throws { try base.close() }
}
