/// Aggregates pages of the vendor's shape for any ticker, timeframe and range.
///
/// They hold deterministic candles on the vendor's grid and are linked by `next_url`. A ticker with `X:` in front is
/// crypto, every other one a stock. Candles depend on ticker and time only. Made to be fast: each page is put together from prepared pieces.
package struct SyntheticMarket: Sendable {
    /// Bars on a page, whatever `limit` says.
    package var pageSize: Int
    /// Whether stocks trade on the day that begins so many days after 1970-01-01; by default Monday to Friday.
    package var isSession: @Sendable (Int) -> Bool
    /// The key that requests must carry; any when `nil`.
    package var key: String?
    /// Nothing starts after this instant, in epoch milliseconds.
    package var now: Int64

    package init(
        pageSize: Int = 5000,
        key: String? = nil,
        now: Int64 = .max,
        isSession: @escaping @Sendable (Int) -> Bool = { (1...5).contains(($0 + 4) % 7) }
    ) {
        self.pageSize = max(1, pageSize)
        self.key = key
        self.now = now
        self.isSession = isSession
    }

    /// Start times of the bars that `ticker` has in `from...to`, all in epoch milliseconds, at most `limit`.
    package func starts(
        ticker: String,
        multiplier: Int,
        timespan: String,
        from: Int64,
        to: Int64,
        limit: Int = .max
    ) -> [Int64] {
        guard let grid = SyntheticGrid(ticker: ticker, multiplier: multiplier, timespan: timespan) else { return [] }
        return grid.starts(from: from, to: min(to, now), limit: limit, isSession: isSession)
    }

    /// Answers one request as the vendor would.
    package func answer(_ request: StubRequest) -> StubAnswer {
        if let key, request.headers["authorization"] != ["Bearer \(key)"] { return .unknownKey }
        let path = request.path.split(separator: "/").map { String($0).replacing("%3A", with: ":") }
        guard path.count == 9, path[0...2] == ["v2", "aggs", "ticker"], path[4] == "range",
            let multiplier = Int(path[5]), let from = Int64(path[7]), let to = Int64(path[8]),
            SyntheticGrid(ticker: path[3], multiplier: multiplier, timespan: path[6]) != nil
        else {
            return .json(#"{"status":"ERROR","request_id":"stub","error":"Could not parse the request"}"#, status: 400)
        }
        let starts = starts(
            ticker: path[3],
            multiplier: multiplier,
            timespan: path[6],
            from: from,
            to: to,
            limit: pageSize + 1
        )
        let count = min(starts.count, pageSize)
        var body = Array(
            """
            {"ticker":"\(path[3])","queryCount":\(count),"resultsCount":\(count),\
            "adjusted":\(request.parameter("adjusted") ?? "true"),"results":[
            """.utf8
        )
        body.reserveCapacity(count * 110 + 500)
        let pieces = SyntheticBar.pieces(ticker: path[3])
        for start in starts.prefix(count) {
            body.append(contentsOf: pieces[SyntheticBar.variant(at: start)])
            body.append(contentsOf: String(start).utf8)
            body.append(contentsOf: Self.endOfBar)
        }
        if count > 0 { body.removeLast() }
        body.append(contentsOf: #"],"status":"OK","request_id":"stub-\#(from)","count":\#(count)"#.utf8)
        if starts.count > count {
            let rest = "/v2/aggs/ticker/\(path[3])/range/\(multiplier)/\(path[6])/\(starts[count])/\(to)"
            body.append(
                contentsOf: #","next_url":"https://api.massive.com\#(rest)?cursor=bGltaXQ9MiZzb3J0PWFzYw""#.utf8
            )
        }
        body.append(UInt8(ascii: "}"))
        return .json(body)
    }

    private static let endOfBar = Array("},".utf8)
}

extension VendorStub {
    /// Starts a stub that answers every request from `market`.
    package static func synthetic(_ market: SyntheticMarket = SyntheticMarket()) async throws -> VendorStub {
        try await start { request in market.answer(request) }
    }

    /// Starts a stub that gives every request the same recorded body.
    package static func serving(_ body: [UInt8], headers: StubHeaders = [:]) async throws -> VendorStub {
        try await start { _ in .json(body, headers: headers) }
    }
}
