import NIOCore
import Store

/// The list of keys as it was answered last: asking again while nothing was committed costs nothing.
///
/// Usage figures move with every commit of audit rows, so under load one list serves the requests between two commits.
final class KeyListCache: Sendable {
    struct Request: Hashable, Sendable {
        let usableOnly: Bool
        let limit: Int64?
        /// The store's change counter that the keys belong to.
        let changeCounter: Int64
    }

    private let last = LockedBox<(request: Request, body: ByteBuffer)?>(nil)

    func body(of request: Request, _ make: () -> ByteBuffer) -> ByteBuffer {
        if let body = last.withLock({ $0?.request == request ? $0?.body : nil }) { return body }
        let body = make()
        last.withLock { $0 = (request, body) }
        return body
    }
}
