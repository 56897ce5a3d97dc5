import HTTPTypes
import Hummingbird
import Store
import Warehouse

/// A request that is answered with an error: `{"detail": "<one sentence>"}`.
struct Refusal: Error, Sendable {
    let status: HTTPResponse.Status
    let detail: String
    let response: Response

    init(_ status: HTTPResponse.Status, _ detail: String, headers: HTTPFields = [:]) {
        self.status = status
        self.detail = detail
        self.response = .json(Self.shape.bytes(detail), status: status, headers: headers)
    }

    private static let shape = Shape<String>("Error", [.text("detail") { $0 }])

    static let schema = shape.schema

    /// What the store's refusals mean over HTTP: the one place that says so.
    init(_ error: StoreError) {
        let sentence = error.description.prefix(1).uppercased() + error.description.dropFirst()
        switch error {
        case .unknownKey: self.init(.notFound, "API key not found")
        case .unknownSymbol(let symbol): self.init(.notFound, "Symbol \(symbol.sanitized(limit: 40)) not found")
        case .unknownJob(let id): self.init(.notFound, "Backfill \(id.rawValue) not found")
        case .alreadyTracked(let symbol, _): self.init(.badRequest, "Symbol \(symbol) already tracked")
        case .emptyRange, .noTimeframes, .badExpiry, .badGrace: self.init(.badRequest, sentence)
        case .full: self.init(.serviceUnavailable, sentence, headers: [.retryAfter: "60"])
        case _ where error.isUnavailable: self.init(.serviceUnavailable, sentence, headers: [.retryAfter: "5"])
        default: self.init(.conflict, sentence)
        }
    }
}
