import NIOCore
import Store

/// The list of keys as it was answered last: asking again while nothing was committed costs no look at the store.
///
/// Usage figures move with every commit of audit rows, so under load one look serves the requests between two commits.
final class KeyListCache: Sendable {
    private struct Entry {
        let query: KeyStore.Query
        let changeCounter: Int64
        let body: Task<ByteBuffer, any Error>
    }

    private let entry = LockedBox<Entry?>(nil)

    /// The answer to `query` from a look at the store that began when its change counter was `changeCounter`, or later.
    func body(
        of query: KeyStore.Query,
        at changeCounter: Int64,
        _ look: @escaping @Sendable () async throws -> ByteBuffer
    ) async throws -> ByteBuffer {
        let body = entry.withLock { entry in
            if let entry, entry.query == query, entry.changeCounter == changeCounter { return entry.body }
            let body = Task { try await look() }
            entry = Entry(query: query, changeCounter: changeCounter, body: body)
            return body
        }
        do {
            return try await body.value
        } catch {
            // A look that failed is nobody's answer but of those who waited for it.
            entry.withLock { if $0?.body == body { $0 = nil } }
            throw error
        }
    }
}
