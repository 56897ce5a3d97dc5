import Store

/// Whether the store can be read and written, as far as is known without writing to it all the time.
final class StoreHealth: Sendable {
    private let failure = LockedBox<StoreError?>(nil)

    init() {}

    /// Remembers that the store failed a request.
    func note(_ error: StoreError) {
        failure.withLock { $0 = error }
    }

    /// What is wrong with the store; `nil` when all is well.
    ///
    /// Reads it; after a failure also writes to it, so that a disk with room again is noticed.
    func problem(of store: Store) async -> String? {
        do {
            _ = try await store.generations()
            if failure.withLock({ $0 != nil }) {
                try await store.probe()
                failure.withLock { $0 = nil }
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}
