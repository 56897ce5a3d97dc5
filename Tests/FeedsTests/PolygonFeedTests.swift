import Feeds
import Testing
import VendorStub
import Warehouse

/// What the feed asks, over real HTTP, and what it makes of good answers.
@Suite struct PolygonFeedTests {
    @Test func asksWithTheKeyInTheHeaderOnly() async throws {
        try await VendorStub.with(answers: [FeedScene.okay]) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                #expect(feed.source == .polygon)
                let answer = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(answer.bars.map(\.time) == [1])
            }
            let request = try #require(await stub.requests.first)
            #expect(await stub.requests.count == 1)
            #expect(request.method == "GET")
            #expect(
                request.uri
                    == "/v2/aggs/ticker/AAPL/range/1/day/1546300800000/1548979199999?adjusted=true&sort=asc&limit=50000"
            )
            #expect(request.headers["authorization"] == ["Bearer made-up-key-0123456789"])
            #expect(request.headers["accept-encoding"] == ["gzip"])
            #expect(request.headers["accept"] == ["application/json"])
            let others = request.headers.fields.filter { $0.name.lowercased() != "authorization" }
            #expect(!others.contains { $0.value.contains(FeedScene.key) })
        }
    }

    @Test func keepsAPathInFrontOfTheVendors() async throws {
        let first = StubAnswer.json(#"{"status":"OK","next_url":"https://api.massive.com/v2/x?cursor=c"}"#)
        try await VendorStub.with(answers: [first, FeedScene.okay]) { stub in
            try await FeedScene.with(url: stub.url + "/proxy/") { feed in
                let page = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(page.next == FeedCursor("/v2/x?cursor=c&adjusted=true"))
                _ = try await feed.page(of: FeedScene.apple, at: page.next)
            }
            let uris = await stub.requests.map(\.uri)
            #expect(uris[0].hasPrefix("/proxy/v2/aggs/ticker/AAPL/"))
            #expect(uris[1] == "/proxy/v2/x?cursor=c&adjusted=true")
        }
    }

    @Test func readsTheRecordedMonthOfApple() async throws {
        let body = try Fixture.bytes("vcr-aapl-day-2019-01.json")
        try await VendorStub.with(answers: [.json(body)]) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let page = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(page.bars.map(\.close) == PolygonResponseParserTests.appleJanuary2019.map(\.4))
                #expect(page.body == body)
                #expect(page.next == nil)
            }
        }
    }

    @Test func readsCompressedAnswers() async throws {
        let body = try Fixture.bytes("vcr-aapl-day-2019-01.json.gz")
        try await VendorStub.with(answers: [.json(body, headers: ["content-encoding": "gzip"])]) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let page = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(page.body == (try Fixture.bytes("vcr-aapl-day-2019-01.json")))
                #expect(page.bars.count == 21)
            }
        }
    }

    @Test(arguments: [
        ("no results", #"{"status":"OK","resultsCount":0}"#), ("null", #"{"status":"OK","results":null}"#),
        ("empty", #"{"status":"OK","results":[]}"#), ("delayed", #"{"status":"DELAYED","results":[]}"#),
    ])
    func nothingTradedIsNoError(_ name: String, _ body: String) async throws {
        try await VendorStub.with(answers: [.json(body)]) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let answer = try await feed.page(of: FeedScene.apple, at: nil)
                #expect(answer.bars.isEmpty)
            }
        }
    }

    @Test func asksNothingForAnEmptyRange() async throws {
        let start = FeedScene.apple.range.lowerBound
        let nothing = CandleRequest(ticker: FeedScene.apple.ticker, timeframe: .oneDay, range: start..<start)
        try await VendorStub.with(answers: []) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let page = try await feed.page(of: nothing, at: nil)
                #expect(page.bars.isEmpty && page.next == nil)
            }
            #expect(await stub.requests.isEmpty)
        }
    }

    @Test func followsNextURLToItsOwnHostOnly() async throws {
        try await VendorStub.with(answers: []) { foreign in
            let first = StubAnswer.json(
                #"{"status":"OK","next_url":"\#(foreign.url)/v2/x?apiKey=\#(FeedScene.key)&cursor=c","results":[]}"#
            )
            try await VendorStub.with(answers: [first, FeedScene.okay]) { stub in
                try await FeedScene.with(url: stub.url) { feed in
                    let page = try await feed.page(of: FeedScene.apple, at: nil)
                    #expect(page.next == FeedCursor("/v2/x?cursor=c&adjusted=true"))
                    let answer = try await feed.page(of: FeedScene.apple, at: page.next)
                    #expect(answer.bars.count == 1)
                }
                #expect(await stub.requests.map(\.uri).last == "/v2/x?cursor=c&adjusted=true")
                #expect(await stub.requests.last?.headers["authorization"] == ["Bearer \(FeedScene.key)"])
            }
            #expect(await foreign.requests.isEmpty)
        }
    }

    @Test func aCursorIsGoodForAnotherFeed() async throws {
        let cursor = FeedCursor("/v2/aggs/ticker/AAPL/range/1/day/5/9?cursor=c&adjusted=true")
        try await VendorStub.with(answers: [FeedScene.okay, FeedScene.okay]) { stub in
            for _ in 1...2 {
                try await FeedScene.with(url: stub.url) { feed in
                    let answer = try await feed.page(of: FeedScene.apple, at: cursor)
                    #expect(answer.bars.count == 1)
                }
            }
            #expect(await stub.requests.map(\.uri) == [cursor.text, cursor.text])
        }
    }

    @Test(arguments: ["from=5", "https://evil.example/v2/a", "//evil.example/v2/a", "", "/v2/../x", "/v2/a\r\nb"])
    func refusesAForeignCursor(_ text: String) async throws {
        try await VendorStub.with(answers: []) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let error = await #expect(throws: FeedError.self) {
                    try await feed.page(of: FeedScene.apple, at: FeedCursor(text))
                }
                #expect(error?.kind == "untrustworthy")
            }
            #expect(await stub.requests.isEmpty)
        }
    }

    @Test func oneFeedServesManyTasks() async throws {
        let always: VendorStub.Handler = { _ in FeedScene.okay }
        try await VendorStub.with(always) { stub in
            try await FeedScene.with(url: stub.url) { feed in
                let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<20 { group.addTask { try await feed.page(of: FeedScene.apple, at: nil).bars.count } }
                    return try await group.reduce(0, +)
                }
                #expect(counts == 20)
            }
            #expect(await stub.requests.count == 20)
        }
    }
}
