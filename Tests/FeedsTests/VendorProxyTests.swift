import Feeds
import Testing
import VendorStub
import Warehouse

/// The proxy that an environment names.
@Suite struct VendorProxyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let environment: [String: String]
        var base = "https://api.massive.com"
        let proxy: String?

        init(_ name: String, _ environment: [String: String], base: String? = nil, _ proxy: String?) {
            testDescription = name
            self.environment = environment
            if let base { self.base = base }
            self.proxy = proxy
        }
    }

    static let cases: [Case] = [
        Case("https by its own variable", ["HTTPS_PROXY": "http://proxy.example:3128"], "proxy.example:3128"),
        Case("lower case comes first", ["HTTPS_PROXY": "a:1", "https_proxy": "b:2"], "b:2"),
        Case("all of them", ["ALL_PROXY": "http://proxy.example"], "proxy.example:80"),
        Case("http by the lower case only", ["HTTP_PROXY": "a:1"], base: "http://vendor.example", nil),
        Case("http", ["http_proxy": "http://a:1/"], base: "http://vendor.example", "a:1"),
        Case("not the other's", ["http_proxy": "a:1"], nil),
        Case("with a password", ["https_proxy": "http://user:p@ss:word@a:1"], "a:1"),
        Case("excepted", ["https_proxy": "a:1", "NO_PROXY": "localhost, massive.com"], nil),
        Case("excepted with a dot", ["https_proxy": "a:1", "no_proxy": ".massive.com"], nil),
        Case("all excepted", ["https_proxy": "a:1", "no_proxy": "*"], nil),
        Case("another excepted", ["https_proxy": "a:1", "no_proxy": "sive.com"], "a:1"),
        Case("none", [:], nil),
        Case("empty", ["https_proxy": ""], nil),
    ]

    @Test(arguments: cases)
    func `is found`(_ test: Case) throws {
        let proxy = try VendorProxy.named(in: test.environment, for: try VendorBase(test.base))
        #expect(proxy?.description == test.proxy)
    }

    @Test(arguments: ["socks5://secret:word@a:1", "http://", "http://a:b:c", "http://a:0", "http://a:1/path", "@a:1"])
    func `is refused without repeating it`(text: String) throws {
        let base = try VendorBase("https://api.massive.com")
        let error = #expect(throws: InvalidVendorProxy.self) {
            try VendorProxy.named(in: ["HTTPS_PROXY": text], for: base)
        }
        #expect(error?.description.contains("HTTPS_PROXY names no proxy") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `is asked for the way to the vendor, and told no key`() async throws {
        let refusal = StubAnswer.html("Forbidden", status: 403)
        try await VendorStub.with(answers: [refusal]) { proxy in
            let base = try VendorBase("http://vendor.example")
            var configuration = PolygonConfiguration(key: try VendorKey(FeedScene.key), base: base)
            configuration.proxy = try VendorProxy.named(
                in: ["http_proxy": "http://user:word@127.0.0.1:\(proxy.port)"],
                for: base
            )
            let error = await #expect(throws: FeedError.self) {
                try await PolygonFeed.withPolygonFeed(configuration, clock: StoppedClock()) { feed in
                    try await feed.page(of: FeedScene.apple, at: nil)
                }
            }
            // Another attempt may find it open.
            #expect(error?.kind == "transient")
            let request = try #require(await proxy.requests.first)
            #expect(request.method == "CONNECT" && request.uri == "vendor.example:80")
            // user:word
            #expect(request.headers["proxy-authorization"] == ["Basic dXNlcjp3b3Jk"])
            #expect(request.headers["authorization"].isEmpty)
        }
    }
}
