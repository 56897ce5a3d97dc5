import HTTPTypes
import Hummingbird
import Store
import Warehouse

/// A request on its way through an endpoint: what was sent, by whom, and what there is to answer it with.
struct Call: Sendable {
    let request: Request
    let inputs: Inputs
    /// The key that the request came with, where the endpoint asks for one.
    let key: APIKey?
    /// The store; its first change also writes the audit row of this request, in the same transaction.
    let store: Store
    let services: APIServices
    let client: ClientAddress

    var now: Timestamp { services.store.clock.now }

    /// Who acts: the key, from the client's address.
    var actor: Actor {
        Actor(source: .http, name: key?.name ?? "anonymous", address: client.text)
    }

    func read<each Value>(_ inputs: repeat Input<each Value>) throws(ValidationFailure) -> (repeat each Value) {
        try self.inputs.read(repeat each inputs)
    }

    /// Whether the client prefers `type` to JSON.
    func prefers(_ type: String) -> Bool {
        guard let accepted = request.headers[.accept] else { return false }
        return accepted.split(separator: ",").contains { item in
            item.split(separator: ";").first?.trimmingPrefix(" ").lowercased() == type
        }
    }

    /// Whether the client holds what has this tag already.
    func holds(_ tag: String) -> Bool {
        guard let held = request.headers[.ifNoneMatch] else { return false }
        let tags = held.split(separator: ",").map { $0.trimmingPrefix(" ").trimmingPrefix("W/") }
        return tags.contains { $0 == tag.trimmingPrefix("W/") || $0 == "*" }
    }
}

/// What every endpoint works with.
struct APIServices: Sendable {
    let store: Store
    let ring: KeyRing
    let requests: RequestLog
    let metrics: APIMetrics
    /// The answer of `GET /api/v1/admin/api-keys` as it was last, for as long as nothing changes.
    let keyList = KeyListCache()
    let health = StoreHealth()
    let isSchedulerRunning: @Sendable () async -> Bool

    init(
        store: Store,
        ring: KeyRing,
        requests: RequestLog,
        metrics: APIMetrics,
        isSchedulerRunning: @escaping @Sendable () async -> Bool
    ) {
        self.store = store
        self.ring = ring
        self.requests = requests
        self.metrics = metrics
        self.isSchedulerRunning = isSchedulerRunning
    }
}

/// Where a request came from.
struct ClientAddress: Hashable, Sendable {
    /// `192.0.2.7`, or `unknown`.
    let text: String
}
