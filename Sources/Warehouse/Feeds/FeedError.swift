/// Why a feed gave no page.
///
/// What the worker does about each case is decided by its retry policy, not here.
///
/// Details come from outside: they are sanitised and cut, and never hold the vendor key.
package enum FeedError: Error, Hashable, Sendable {
    /// The vendor does not know the key (401).
    case unauthorized(detail: String)
    /// The range is outside of the plan (403).
    case notEntitled(detail: String)
    /// The vendor does not know the ticker (404).
    case unknownTicker(detail: String)
    /// Too many requests (429); `retryAfter` when the vendor says how long to wait.
    case rateLimited(retryAfter: Duration?)
    /// A passing fault: 5xx, time-out, broken connection, cut-off or foreign body.
    case transient(detail: String)
    /// The vendor answered and said that it failed (200 with `status: ERROR`).
    case vendor(detail: String)
    /// An answer that can't be trusted: a looping cursor, a page that goes backwards.
    case untrustworthy(detail: String)
    /// The request was cancelled.
    case cancelled
}

extension FeedError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unauthorized(let detail): "the vendor refuses the key: \(detail)"
        case .notEntitled(let detail): "not in the vendor plan: \(detail)"
        case .unknownTicker(let detail): "the vendor does not know the ticker: \(detail)"
        case .rateLimited(let wait): "over the vendor's rate limit" + (wait.map { ", wait \($0)" } ?? "")
        case .transient(let detail): "the vendor can't be reached or sends rubbish: \(detail)"
        case .vendor(let detail): "the vendor reports an error: \(detail)"
        case .untrustworthy(let detail): "the vendor's answer can't be trusted: \(detail)"
        case .cancelled: "cancelled"
        }
    }
}
