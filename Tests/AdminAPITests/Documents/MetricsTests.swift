import HTTPTypes
import Store
import Testing
import Warehouse

@testable import AdminAPI

/// What `/metrics` tells.
@Suite(.timeLimit(.minutes(2))) struct MetricsTests {
    /// The samples by name and labels.
    private static func samples(_ api: TestAPI) async throws -> [String: Double] {
        let answer = try await api.expect(200, Ask("GET", "/metrics"))
        var samples: [String: Double] = [:]
        for line in answer.text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            let value = try #require(parts.last.flatMap { Double($0) }, "\(line)")
            let name = parts.dropLast().joined(separator: " ")
            #expect(samples[name] == nil, "\(name) is there twice")
            samples[name] = value
        }
        return samples
    }

    @Test func `is well-formed`() async throws {
        try await withAPI { api in
            for ask in [
                Ask("GET", "/api/v1/admin/symbols", key: .admin), Ask("GET", "/nothing"), Ask("POST", "/health"),
                Ask("GET", "/api/v1/admin/symbols"),
            ] { _ = try await api.send(ask) }
            let text = try await api.expect(200, Ask("GET", "/metrics")).text
            #expect(text.hasSuffix("\n"))
            var types: [String: String] = [:]
            var family = ""
            for line in text.split(separator: "\n") {
                if let match = line.wholeMatch(of: /# HELP ([a-z_]+) \S.*/) {
                    family = String(match.1)
                } else if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram|summary)/) {
                    #expect(types.updateValue(String(match.2), forKey: String(match.1)) == nil)
                    #expect(String(match.1) == family)
                } else {
                    let sample =
                        /([a-z_]+)(\{[a-z]+="([^"\\\n]|\\["\\n])*"(,[a-z]+="([^"\\\n]|\\["\\n])*")*\})? -?[0-9.e+-]+/
                    let match = try #require(line.wholeMatch(of: sample), "\(line)")
                    #expect(match.1.hasPrefix(family), "\(line) stands in \(family)")
                    #expect(types[family] != nil)
                }
            }
            for (name, type) in types where type == "counter" { #expect(name.hasSuffix("_total"), "\(name)") }
        }
    }

    @Test func `counts requests by route, method and status`() async throws {
        try await withAPI { api in
            for _ in 1...3 { _ = try await api.send(Ask("GET", "/api/v1/admin/symbols/AAPL", key: .admin)) }
            _ = try await api.send(Ask("GET", "/api/v1/admin/symbols/NOPE", key: .admin))
            _ = try await api.send(Ask("HEAD", "/health"))
            for _ in 1...2 { _ = try await api.send(Ask("GET", "/nothing")) }
            let samples = try await Self.samples(api)
            let symbol = #"route="/api/v1/admin/symbols/{symbol}""#
            #expect(samples[#"mdw_http_requests_total{\#(symbol),method="GET",status="200"}"#] == 3)
            #expect(samples[#"mdw_http_requests_total{\#(symbol),method="GET",status="404"}"#] == 1)
            #expect(samples[#"mdw_http_requests_total{route="/health",method="HEAD",status="200"}"#] == 1)
            #expect(samples[#"mdw_http_requests_total{route="none",method="GET",status="404"}"#] == 2)
            #expect(samples[#"mdw_http_request_duration_seconds_count{\#(symbol)}"#] == 4)
            #expect(samples[#"mdw_http_request_duration_seconds_bucket{\#(symbol),le="+Inf"}"#] == 4)
            #expect(samples[#"mdw_audit_rows_total"#] == 4)
        }
    }

    @Test func `buckets of a histogram rise`() async throws {
        try await withAPI { api in
            for _ in 1...5 { _ = try await api.send(Ask("GET", "/api/v1/status")) }
            let text = try await api.expect(200, Ask("GET", "/metrics")).text
            let buckets = text.split(separator: "\n")
                .filter { $0.hasPrefix(#"mdw_http_request_duration_seconds_bucket{route="/api/v1/status""#) }
                .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
            #expect(buckets.count == 15)
            #expect(buckets == buckets.sorted() && buckets.last == 5)
        }
    }

    @Test func `counts who was let in, and who was not and why`() async throws {
        try await withAPI { api in
            for key in [TestKey.admin, .admin, .revoked, .expired, .unknown, .unknown, .unknown, .compromised] {
                _ = try await api.send(Ask("GET", "/api/v1/admin/symbols", key: key))
            }
            _ = try await api.send(Ask("GET", "/api/v1/admin/symbols"))
            _ = try await api.send(Ask("GET", "/api/v1/admin/symbols", headers: [("X-API-Key", "x")]))
            let samples = try await Self.samples(api)
            let outcomes = ["accepted": 2, "missing": 1, "malformed": 1, "unknown": 3, "revoked": 2, "expired": 1]
            for (outcome, count) in outcomes {
                #expect(samples[#"mdw_authentications_total{outcome="\#(outcome)"}"#] == Double(count), "\(outcome)")
            }
        }
    }

    @Test func `tells what the store holds`() async throws {
        try await withAPI { api in
            let samples = try await Self.samples(api)
            #expect(samples["mdw_candles"] == 23 && samples["mdw_candles_rejected"] == 1)
            #expect(samples["mdw_symbols_active"] == 2 && samples["mdw_keys_usable"] == 5)
            #expect(samples[#"mdw_backfill_jobs{state="unfinished"}"#] == 1)
            #expect(samples["mdw_audit_rows"] == Double(Seed.auditRows))
            #expect(try #require(samples["mdw_store_size_bytes"]) > 4096)
        }
    }

    @Test func `counts commits that failed`() async throws {
        try await withAPI { api in
            api.engine.fail(.write(.full, afterBody: false))
            _ = try await api.send(Ask("GET", "/api/v1/admin/symbols", key: .admin))
            api.engine.fail(nil)
            _ = try await api.send(Ask("GET", "/api/v1/admin/symbols", key: .admin))
            let samples = try await Self.samples(api)
            #expect(samples["mdw_audit_commit_failures_total"] == 1)
            #expect(samples["mdw_audit_commit_seconds_count"] == 2)
            #expect(samples["mdw_audit_queue_length"] == 0)
        }
    }

    @Test func `can't be made to grow by clients`() async throws {
        try await withAPI { api in
            func count() async throws -> Int { try await Self.samples(api).count }
            _ = try await api.send(Ask("GET", "/x"))
            _ = try await api.send(Ask("BREW", "/x"))
            _ = try await api.send(Ask("GET", "/api/v1/historical/x?start=2026-01-01&end=2026-01-01"))
            _ = try await count()
            let before = try await count()
            for number in 1...50 {
                _ = try await api.send(Ask("GET", "/\(number)\"\\\n"))
                _ = try await api.send(Ask("BREW\(number)", "/x"))
                let target = "/api/v1/historical/x\(number)?start=2026-01-01&end=2026-01-01"
                _ = try await api.send(Ask("GET", target))
            }
            let after = try await count()
            #expect(after == before)
        }
    }
}
