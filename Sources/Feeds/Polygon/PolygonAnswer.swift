import NIOHTTP1
import Warehouse

/// An answer of the vendor as it came over the wire, and what it means.
struct PolygonAnswer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    /// `nil` when it could not be read; only answers that are errors get this far then.
    let body: [UInt8]?

    /// The page that was asked for, or what the answer says instead; details are free of the key.
    func page(asked target: PolygonTarget, adjusted: Bool, by configuration: PolygonConfiguration, now: Timestamp)
        throws(FeedError) -> FeedPage
    {
        let key = configuration.key
        let reading = reading
        guard status == 200 else { throw failure(reading, key: key, now: now) }
        guard case .json(var response) = reading else {
            throw .transient(detail: detail(reading.message, reading, key: key))
        }
        if let failure = refusal(response, reading, key: key) { throw failure }

        response.page.requestID = response.page.requestID.map { key.redacting($0, limit: 64) }
        if let nextURL = response.nextURL, !nextURL.isEmpty {
            guard let next = PolygonTarget(nextURL, adjusted: adjusted, base: configuration.base),
                !key.occurs(in: next.text)
            else { throw .untrustworthy(detail: detail("next_url is not an address of the vendor", reading, key: key)) }
            guard !next.isSamePage(as: target) else {
                throw .untrustworthy(detail: detail("next_url leads back to the same page", reading, key: key))
            }
            response.page.next = FeedCursor(next.text)
        }
        return response.page
    }

    /// What a body is.
    private enum Reading {
        case json(PolygonResponse)
        case empty
        case unreadable(String)

        var message: String? {
            switch self {
            case .json(let response): response.message
            case .empty: "empty body"
            case .unreadable(let why): why
            }
        }
    }

    private var reading: Reading {
        guard let body else { return .unreadable("unreadable body") }
        guard !body.isEmpty else { return .empty }
        do {
            return .json(try PolygonResponseParser.parse(body))
        } catch {
            let type = headers.first(name: "content-type") ?? "no content type"
            return .unreadable("not the vendor's JSON (\(error); \(body.count) bytes, \(type))")
        }
    }

    /// Why an answer with status 200 is no data, if it is none.
    private func refusal(_ response: PolygonResponse, _ reading: Reading, key: VendorKey) -> FeedError? {
        switch response.status {
        case "OK", "DELAYED": nil
        case "NOT_AUTHORIZED": .notEntitled(detail: detail(response.message, reading, key: key))
        case nil where response.message == nil: .transient(detail: detail("no status in the answer", reading, key: key))
        default:
            .vendor(detail: detail(response.message ?? "status \(response.status ?? "unknown")", reading, key: key))
        }
    }

    private func failure(_ reading: Reading, key: VendorKey, now: Timestamp) -> FeedError {
        let detail = detail(reading.message, reading, key: key)
        // A 403 or 404 is final, so it has to come from the vendor, not from something in between.
        let isVendors = if case .unreadable = reading { false } else { true }
        switch status {
        case 401: return .unauthorized(detail: detail)
        case 403 where isVendors: return .notEntitled(detail: detail)
        case 404 where isVendors: return .unknownTicker(detail: detail)
        case 429:
            let wait = headers.first(name: "retry-after").flatMap { RetryAfter.duration($0, now: now) }
            return .rateLimited(retryAfter: wait)
        case 300..<400:
            let location = headers.first(name: "location") ?? "nowhere"
            return .transient(detail: self.detail("a redirect to \(location), not followed", reading, key: key))
        default: return .transient(detail: detail)
        }
    }

    /// `HTTP 504, request 6a7e…: Gateway Timeout`.
    private func detail(_ message: String?, _ reading: Reading, key: VendorKey) -> String {
        var text = "HTTP \(status)"
        let requestID = if case .json(let response) = reading { response.page.requestID } else { String?.none }
        if let requestID = requestID ?? headers.first(name: "x-request-id") {
            text += ", request \(key.redacting(requestID, limit: 64))"
        }
        if let message { text += ": \(message)" }
        return key.redacting(text)
    }
}
