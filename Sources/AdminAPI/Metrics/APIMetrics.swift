import HTTPTypes
import Store
import Warehouse

/// Counts what the API does, for `GET /metrics`.
final class APIMetrics: Sendable {
    /// Upper bounds of the latency histogram, in seconds.
    private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Which requests are counted together.
    private struct Requests: Hashable {
        let resource: Int
        /// The place in ``APIMetrics/methods``.
        let method: Int
        let status: Int
    }

    private struct Histogram {
        var counts = [Int64](repeating: 0, count: APIMetrics.bounds.count + 1)
        var total: Duration = .zero
    }

    private struct State {
        /// By resource; the last one is for paths that name nothing.
        var resources: [String] = ["none"]
        var requests: [Requests: Int64] = [:]
        var latency: [Histogram] = [Histogram()]
        var accepted: Int64 = 0
        var denied: [Authenticator.Denial: Int64] = [:]
    }

    private let state = LockedBox(State())

    init() {}

    /// Makes room for the resources; to be called once, before requests come.
    func prepare(resources: [String]) {
        state.withLock { state in
            state.resources = resources + ["none"]
            state.latency = Array(repeating: Histogram(), count: resources.count + 1)
        }
    }

    func count(
        resource: Int?,
        _ method: HTTPRequest.Method,
        _ status: HTTPResponse.Status,
        _ duration: Duration
    ) {
        // Methods that nobody serves are one, so that clients can't make the metrics grow.
        let method = Self.methods.firstIndex(of: method.rawValue) ?? Self.methods.count - 1
        let seconds = duration.inSeconds
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLock { state in
            let index = resource ?? state.resources.count - 1
            state.requests[Requests(resource: index, method: method, status: status.code), default: 0] += 1
            state.latency[index].counts[bucket] += 1
            state.latency[index].total += duration
        }
    }

    /// `denial`: why nobody was let in; `nil` when somebody was.
    func countAuthentication(_ denial: Authenticator.Denial?) {
        state.withLock { state in
            if let denial { state.denied[denial, default: 0] += 1 } else { state.accepted += 1 }
        }
    }

    private static let methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "OTHER"]

    /// The counters in the text format of Prometheus.
    func write(to text: inout PrometheusText) {
        let state = state.withLock { $0 }
        text.family("mdw_http_requests_total", "counter", "Requests by route, method and status.")
        let sorted = state.requests.sorted { left, right in
            (left.key.resource, left.key.method, left.key.status)
                < (right.key.resource, right.key.method, right.key.status)
        }
        for (key, count) in sorted {
            let labels = [
                ("route", state.resources[key.resource]), ("method", Self.methods[key.method]),
                ("status", "\(key.status)"),
            ]
            text.sample("mdw_http_requests_total", count, labels)
        }
        text.family("mdw_http_request_duration_seconds", "histogram", "Time until the answer was ready to be sent.")
        for (route, histogram) in zip(state.resources, state.latency) where histogram.counts.contains(where: { $0 > 0 })
        {
            text.histogram(
                "mdw_http_request_duration_seconds",
                [("route", route)],
                Self.bounds,
                histogram.counts,
                sum: histogram.total.inSeconds
            )
        }
        text.family("mdw_authentications_total", "counter", "Requests that asked to be let in, by outcome.")
        text.sample("mdw_authentications_total", state.accepted, [("outcome", "accepted")])
        for denial in Authenticator.Denial.allCases {
            text.sample("mdw_authentications_total", state.denied[denial] ?? 0, [("outcome", denial.rawValue)])
        }
    }
}
