import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Testing
import Warehouse

@testable import AdminAPI

/// Who is let in, and what becomes of it when keys or the store change.
@Suite(.timeLimit(.minutes(2))) struct AuthenticationTests {
    private static let list = Ask("GET", "/api/v1/admin/api-keys", key: .reader)

    @Test func `every denial but a missing key looks the same`() async throws {
        try await withAPI { api in
            var bodies: Set<String> = []
            var headers: Set<[String]> = []
            for key in [TestKey.revoked, .expired, .compromised, .deleted, .unknown] {
                let answer = try await api.send(Ask("GET", "/api/v1/admin/symbols", key: key))
                #expect(answer.status == 401)
                bodies.insert(answer.text)
                headers.insert(answer.headers.filter { $0.name != "X-Request-ID" }.map { "\($0.name): \($0.value)" })
            }
            let malformed = Ask("GET", "/api/v1/admin/symbols", headers: [("X-API-Key", "mdw_nothing")])
            bodies.insert(try await api.send(malformed).text)
            #expect(bodies == [#"{"detail":"Invalid or inactive API key"}"#])
            #expect(headers.count == 1)
        }
    }

    @Test func `a revocation by another process takes effect with the next request`() async throws {
        try await withAPI { api in
            try await api.expect(200, Self.list)
            let other = try await api.another()
            _ = try await other.keys.revoke(KeyID(TestKey.reader.id), by: Seed.alice)
            try await api.expect(401, Self.list)
            _ = try await other.keys.restore(KeyID(TestKey.reader.id), by: Seed.alice)
            try await api.expect(200, Self.list)
            try await other.keys.delete(KeyID(TestKey.reader.id), by: Seed.alice)
            try await api.expect(401, Self.list)
            try other.close()
        }
    }

    @Test func `a key that another process makes works with the next request`() async throws {
        try await withAPI { api in
            try await api.expect(401, Ask("GET", "/api/v1/admin/symbols", key: .unknown))
            let other = try await api.another()
            var generator = TestKey.unknown.generator
            _ = try await other.keys.create(
                try KeyName("new"),
                scope: .read,
                by: Seed.alice,
                using: &generator
            )
            try await api.expect(200, Ask("GET", "/api/v1/admin/symbols", key: .unknown))
            try other.close()
        }
    }

    @Test func `a key expires by the clock`() async throws {
        try await withAPI { api in
            let end = Seed.time("2026-06-05T00:00:00Z")
            let ask = Ask("GET", "/api/v1/admin/symbols", key: .rotating)
            api.clock.set(end - .microseconds(1))
            try await api.expect(200, ask)
            api.clock.set(end)
            try await api.expect(401, ask)
            try await api.expect(200, Ask("GET", "/api/v1/admin/symbols", key: .successor))
        }
    }

    @Test func `a rotation hands over`() async throws {
        try await withAPI { api in
            let answer = try await api.send(
                Ask("PUT", "/api/v1/admin/api-keys/2", key: .admin, body: #"{"rotate":true}"#)
            )
            let new = try #require(try answer.json()["api_key"].text)
            try await api.expect(401, Self.list)
            let ask = Ask("GET", "/api/v1/admin/symbols", headers: [("X-API-Key", new)])
            try await api.expect(200, ask)
        }
    }

    @Test func `a store that can't be looked at lets nobody in, and is no denial`() async throws {
        try await withAPI { api in
            try await api.expect(200, Self.list)
            let rows = try await api.store.audit.anchor().sequence
            api.engine.fail(.look(.failed("I/O error")))
            for key in [TestKey.admin, .reader, .revoked, .unknown] {
                let answer = try await api.send(Ask("GET", "/api/v1/admin/symbols", key: key))
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] == "5")
            }
            // What needs no look at the store stays what it is.
            try await api.expect(401, Ask("GET", "/api/v1/admin/symbols"))
            api.engine.fail(nil)
            try await api.expect(200, Self.list)
            #expect(try await api.store.audit.anchor().sequence == rows + 1)
        }
    }

    @Test(
        arguments: [
            ("no key", nil, .missing), ("an empty key", "", .missing), ("not a key", "x", .malformed),
            ("a wrong checksum", String(TestKey.admin.raw.dropLast()) + "_", .malformed),
        ] as [(String, String?, Authenticator.Denial)]
    )
    func `what is no key never reaches the store`(name: String, key: String?, denial: Authenticator.Denial) async throws
    {
        try await withAPI { api in
            api.engine.fail(.look(.failed("nobody may look")))
            let authenticator = Authenticator(ring: api.store.makeKeyRing(), clock: api.clock)
            #expect(throws: denial) { _ = try authenticator.identify(Self.request(key)) }
        }
    }

    @Test(
        arguments: [
            (.unknown, .unknown), (.deleted, .unknown), (.revoked, .revoked), (.compromised, .revoked),
            (.expired, .expired),
        ] as [(TestKey, Authenticator.Denial)]
    )
    func `a key that opens nothing`(key: TestKey, denial: Authenticator.Denial) async throws {
        try await withAPI { api in
            let authenticator = Authenticator(ring: api.store.makeKeyRing(), clock: api.clock)
            #expect(throws: denial) { _ = try authenticator.identify(Self.request(key.raw)) }
        }
    }

    @Test(arguments: [TestKey.admin, .reader, .rotating, .successor, .legacy])
    func `a key that opens something`(key: TestKey) async throws {
        try await withAPI { api in
            let authenticator = Authenticator(ring: api.store.makeKeyRing(), clock: api.clock)
            let identity = try authenticator.identify(Self.request(key.raw))
            #expect(identity.id == KeyID(key.id))
        }
    }

    @Test func `data needs a key when the server says so`() async throws {
        var settings = ServerSettings()
        settings.requiresKeyForData = true
        try await withAPI(settings) { api in
            for target in ["/api/v1/status", "/api/v1/symbols", "/api/v1/symbols/detailed", "/api/v1/historical/BTC"] {
                try await api.expect(401, Ask("GET", target))
            }
            let candles = "/api/v1/historical/BTC?start=2026-05-25&end=2026-05-27"
            try await api.expect(200, Ask("GET", candles, key: .reader))
            #expect(try await api.newRequests() == ["GET /api/v1/historical/BTC 200"])
            for target in ["/", "/health", "/metrics", "/docs", "/openapi.json"] {
                try await api.expect(200, Ask("GET", target))
            }
            let document = try await api.send(Ask("GET", "/openapi.json")).json()
            #expect(document["paths"].object?["/api/v1/status"]?["get.security"] == [["key": []]])
        }
    }

    private static func request(_ key: String?) -> Request {
        var fields = HTTPFields()
        fields[.apiKey] = key
        let head = HTTPRequest(
            method: .get,
            scheme: "http",
            authority: "localhost",
            path: "/api/v1/admin/symbols",
            headerFields: fields
        )
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }
}
