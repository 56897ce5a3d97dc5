package import Warehouse

/// What an answer of the vendor says, whatever its HTTP status.
package struct PolygonResponse: Sendable {
    /// How the vendor itself calls its answer: `OK`, `DELAYED`, `ERROR`, `NOT_AUTHORIZED` and others.
    package var status: String?
    /// What went wrong, in the vendor's words: `error`, else `message`.
    package var message: String? { error ?? note }
    /// Where the next page is: absolute, on the vendor's own host.
    package var nextURL: String?
    /// The bars and what the answer says of them; ``FeedPage/next`` is not set.
    package var page = FeedPage()

    var error: String?
    var note: String?
}
