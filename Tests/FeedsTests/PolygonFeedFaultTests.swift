import Feeds
import Testing
import VendorStub
import Warehouse

/// What the feed makes of the vendor's errors and of everything that goes wrong on the way.
@Suite struct PolygonFeedFaultTests {
    static let short = #"{"status":"OK","request_id":"r1","results":[{"t":1,"o":2}]}"#

    /// A name, the answer, the kind of error, and what its detail must hold.
    @Test(
        arguments: [
            (
                "200 with an error", .json(#"{"status":"ERROR","request_id":"r1","error":"no \u001b[2J"}"#), "vendor",
                "HTTP 200, request r1: no \u{FFFD}[2J"
            ),
            (
                "200 with an error and results", .json(#"{"status":"ERROR","results":[{"t":1}]}"#), "vendor",
                "status ERROR"
            ),
            ("200 with an unknown status", .json(#"{"status":"MAYBE"}"#), "vendor", "status MAYBE"),
            ("200 with an error and no status", .json(#"{"error":"broken"}"#), "vendor", "HTTP 200: broken"),
            ("200 not authorized", .json(#"{"status":"NOT_AUTHORIZED","message":"plan"}"#), "notEntitled", "plan"),
            ("200 without a status", .json("{}"), "transient", "HTTP 200: no status in the answer"),
            ("401", .unknownKey, "unauthorized", "HTTP 401, request 5b1ac8b8a2c57e9f3e0f7a3f5f0a1c11: Unknown API Key"),
            ("401 without a body", StubAnswer(status: 401), "unauthorized", "HTTP 401: empty body"),
            ("403", .notAuthorized, "notEntitled", "Your plan doesn't include this data timeframe."),
            ("403 without a body", StubAnswer(status: 403), "notEntitled", "HTTP 403"),
            ("403 of a load balancer", .html("Forbidden", status: 403), "transient", "HTTP 403: not the vendor's JSON"),
            (
                "404", .unknownTicker, "unknownTicker",
                "HTTP 404, request 0d9a7c1bb3f24d5e9e8f6a5b4c3d2e1f: Ticker not found."
            ),
            ("404 of a wrong address", .html("Not Found", status: 404), "transient", "HTTP 404: not the vendor's JSON"),
            ("429", .rateLimited(), "rateLimited", "over the vendor's rate limit"),
            ("400", .json(#"{"status":"ERROR","error":"bad range"}"#, status: 400), "transient", "HTTP 400: bad range"),
            ("418", StubAnswer(status: 418), "transient", "HTTP 418"),
            ("204", StubAnswer(status: 204), "transient", "HTTP 204"),
            (
                "500", .json(#"{"status":"ERROR","request_id":"r5","error":"oops"}"#, status: 500), "transient",
                "HTTP 500, request r5: oops"
            ),
            (
                "500 with the request in a header", StubAnswer(status: 500, headers: ["x-request-id": "h7"]),
                "transient",
                "HTTP 500, request h7: empty body"
            ),
            ("502", StubAnswer(status: 502), "transient", "HTTP 502"),
            ("503", StubAnswer(status: 503), "transient", "HTTP 503"),
            (
                "504 in HTML", .html("504 Gateway Time-out", status: 504), "transient",
                "HTTP 504: not the vendor's JSON (not an object at byte 0; 103 bytes, text/html)"
            ),
            ("200 in HTML", .html("Welcome", status: 200), "transient", "text/html"),
            ("200 with nothing", StubAnswer(), "transient", "HTTP 200: empty body"),
            ("200 with an array", .json("[]"), "transient", "not an object at byte 0"),
            ("200 with cut-off JSON", .json(String(short.dropLast(9))), "transient", "the text ends here at byte 50"),
            (
                "results of another type", .json(#"{"status":"OK","results":"none"}"#), "transient",
                "'results' is not an array"
            ),
            (
                "a redirect", .redirect(to: "https://other.example/x"), "transient",
                "HTTP 302: a redirect to https://other.example/x, not followed"
            ),
            ("a lasting redirect", .redirect(to: "/v2/x", status: 308), "transient", "HTTP 308: a redirect to /v2/x"),
            ("a redirect to nowhere", StubAnswer(status: 301), "transient", "a redirect to nowhere"),
            (
                "next_url is the page itself",
                .json(
                    """
                    {"status":"OK","next_url":"https://api.massive.com/v2/aggs/ticker/AAPL/range/1/day/1546300800000/\
                    1548979199999?limit=50000&sort=asc&adjusted=true"}
                    """
                ), "untrustworthy", "next_url leads back to the same page"
            ),
            (
                "next_url is no address", .json(#"{"status":"OK","next_url":"soon"}"#), "untrustworthy",
                "next_url is not an address of the vendor"
            ),
            (
                "next_url leads upwards", .json(#"{"status":"OK","next_url":"/v2/../../x"}"#), "untrustworthy",
                "next_url"
            ),
            ("closed at once", .json(short).failing(.closedAtOnce), "transient", "127.0.0.1:"),
            ("cut off at the beginning", .json(short).failing(.cutOff(after: 0)), "transient", "HTTP 200: "),
            ("cut off in the middle", .json(short).failing(.cutOff(after: 30)), "transient", "HTTP 200: "),
            (
                "cut off before the last byte", .json(short).failing(.cutOff(after: short.utf8.count - 1)), "transient",
                "HTTP 200: "
            ),
            (
                "an error cut off", StubAnswer.unknownKey.failing(.cutOff(after: 3)), "unauthorized",
                "HTTP 401: unreadable body"
            ),
            (
                "403 cut off", StubAnswer.notAuthorized.failing(.cutOff(after: 3)), "transient",
                "HTTP 403: unreadable body"
            ),
            ("said to be compressed", .json(short, headers: ["content-encoding": "gzip"]), "transient", "HTTP 200: "),
        ] as [(String, StubAnswer, String, String)]
    )
    func isAnError(_ name: String, _ answer: StubAnswer, _ kind: String, _ text: String) async throws {
        let error = try #require(try await FeedScene.error(of: answer))
        #expect(error.kind == kind)
        #expect(error.description.contains(text), "\(error)")
    }

    @Test(arguments: [
        ("no answer", FeedScene.okay.held(by: StubGate()), "no complete answer within 1.0 seconds"),
        ("no body", FeedScene.okay.failing(.silent(after: 0)), "no complete answer within 1.0 seconds"),
        ("half a body", FeedScene.okay.failing(.silent(after: 20)), "no complete answer within 1.0 seconds"),
        (
            "a slow drip", FeedScene.okay.failing(.dripping(bytes: 1, pause: .milliseconds(20))),
            "no complete answer within 1.0 seconds"
        ),
        (
            "an endless error", StubAnswer.html("504", status: 504).failing(.silent(after: 20)),
            "the vendor can't be reached"
        ),
    ])
    func isNotWaitedForLongerThanTheTimeOut(_ name: String, _ answer: StubAnswer, _ text: String) async throws {
        let error = try #require(try await FeedScene.error(of: answer, timeout: .seconds(1)))
        #expect(error.kind == "transient")
        #expect(error.description.contains(text), "\(error)")
    }

    /// The clock shows 2015-10-21T07:27:00Z.
    @Test(
        arguments: [
            ("none", nil, nil), ("seconds", "12", .seconds(12)),
            ("a date", "Wed, 21 Oct 2015 07:28:00 GMT", .seconds(60)),
            ("rubbish", "later", nil),
        ] as [(String, String?, Duration?)]
    )
    func waitsAsLongAsTheVendorSays(_ name: String, _ header: String?, _ wait: Duration?) async throws {
        let clock = StoppedClock(Timestamp(seconds: 1_445_412_420))
        let error = try await FeedScene.error(of: .rateLimited(retryAfter: header), clock: clock)
        #expect(error == .rateLimited(retryAfter: wait))
    }

    @Test func aRedirectIsNotFollowed() async throws {
        try await VendorStub.with(answers: []) { other in
            try await VendorStub.with(answers: [.redirect(to: other.url + "/v2/x", status: 307)]) { stub in
                try await FeedScene.with(url: stub.url) { feed in
                    let error = await #expect(throws: FeedError.self) {
                        try await feed.page(of: FeedScene.apple, at: nil)
                    }
                    #expect(error?.kind == "transient")
                }
                #expect(await stub.requests.count == 1)
            }
            #expect(await other.requests.isEmpty)
        }
    }

    @Test func aRefusedConnectionIsTransient() async throws {
        let stub = try await VendorStub.start(answers: [])
        await stub.shutdown()
        try await FeedScene.with(url: stub.url) { feed in
            let error = await #expect(throws: FeedError.self) { try await feed.page(of: FeedScene.apple, at: nil) }
            #expect(error?.kind == "transient")
            #expect(error?.description.contains("127.0.0.1:\(stub.port)") == true)
        }
    }

    @Test(arguments: [
        ("announced", FeedScene.okay, 20), ("one byte too long", FeedScene.okay, FeedScene.okay.body.count - 1),
    ])
    func aBodyBeyondTheLimitIsTransient(_ name: String, _ answer: StubAnswer, _ limit: Int) async throws {
        let error = try await FeedScene.error(of: answer, maximumBodyBytes: limit)
        #expect(error == .transient(detail: "HTTP 200: the body is longer than \(limit) bytes"))
    }

    @Test func aBodyOfTheLimitIsRead() async throws {
        try await VendorStub.with(answers: [FeedScene.okay]) { stub in
            try await FeedScene.with(url: stub.url, maximumBodyBytes: FeedScene.okay.body.count) { feed in
                let answer = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(answer.bars.count == 1)
            }
        }
    }

    @Test func aDecompressionBombIsTransient() async throws {
        let bomb = StubAnswer.json(try Fixture.bytes("zeros-4-mb.gz"), headers: ["content-encoding": "gzip"])
        #expect(try await FeedScene.error(of: bomb)?.kind == "transient")
    }

    @Test(
        arguments: [
            ("message of a 401", .json(#"{"status":"ERROR","error":"Unknown key KEY!"}"#, status: 401), true),
            ("message of a 200", .json(#"{"status":"ERROR","error":"KEYKEY"}"#), true),
            ("status", .json(#"{"status":"KEY"}"#), true),
            ("request id", .json(#"{"status":"ERROR","request_id":"KEY"}"#, status: 500), true),
            ("header", StubAnswer(status: 500, headers: ["x-request-id": "KEY"]), true),
            ("redirect", .redirect(to: "https://h/x?apiKey=KEY"), true),
            ("content type", StubAnswer(headers: ["content-type": "KEY"], body: [1]), true),
            ("next_url", .json(#"{"status":"OK","next_url":"/v2/x?token=KEY"}"#), false),
            ("path of next_url", .json(#"{"status":"OK","next_url":"/v2/KEY/x"}"#), false),
        ] as [(String, StubAnswer, Bool)]
    )
    func errorsNeverHoldTheKey(_ name: String, _ template: StubAnswer, _ isMarked: Bool) async throws {
        var answer = template
        answer.body = Array(String(decoding: template.body, as: UTF8.self).replacing("KEY", with: FeedScene.key).utf8)
        answer.headers.replaceValues { $0.replacing("KEY", with: FeedScene.key) }
        let error = try #require(try await FeedScene.error(of: answer))
        #expect(!error.description.contains(FeedScene.key))
        #expect(error.description.contains("***") == isMarked, "\(error)")
    }

    @Test func aPageNeverNamesTheKey() async throws {
        let answer = StubAnswer.json(#"{"status":"OK","request_id":"\#(FeedScene.key)","results":[]}"#)
        try await VendorStub.with(answers: [answer]) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let answer = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(answer.requestID == "***")
            }
        }
    }

    @Test(arguments: [
        ("before the answer", FeedScene.okay.held(by: StubGate())),
        ("within it", FeedScene.okay.failing(.silent(after: 9))),
        ("within an error", StubAnswer.unknownKey.failing(.silent(after: 9))),
    ])
    func cancellationEndsARequest(_ name: String, _ answer: StubAnswer) async throws {
        try await VendorStub.with(answers: [answer]) { stub in
            try await FeedScene.with(url: stub.url, timeout: .seconds(600)) { feed in
                let task = Task { try await feed.page(of: FeedScene.apple, at: nil) }
                await stub.waitForRequests(1)
                task.cancel()
                let result = await task.result
                #expect(throws: FeedError.cancelled) { try result.get() }
            }
        }
    }

    @Test func aFeedRecoversAfterAFault() async throws {
        let answers = [FeedScene.okay.failing(.cutOff(after: 5)), StubAnswer.html("504", status: 504), FeedScene.okay]
        try await VendorStub.with(answers: answers) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                for _ in 1...2 {
                    await #expect(throws: FeedError.self) { try await feed.page(of: FeedScene.apple, at: nil) }
                }
                let answer = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(answer.bars.count == 1)
            }
            #expect(await stub.requests.count == 3)
        }
    }

    @Test func aClosedFeedFails() async throws {
        let configuration = PolygonConfiguration(key: try VendorKey(FeedScene.key))
        let feed = PolygonFeed(configuration, clock: StoppedClock())
        await feed.close()
        await feed.close()
        let error = await #expect(throws: FeedError.self) { try await feed.page(of: FeedScene.apple, at: nil) }
        #expect(error?.kind == "transient")
    }
}
