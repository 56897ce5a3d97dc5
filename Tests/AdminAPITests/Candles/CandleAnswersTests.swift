import Store
import Testing
import Warehouse

@testable import AdminAPI

/// The candles as they go out.
@Suite(.timeLimit(.minutes(2))) struct CandleAnswersTests {
    private static let month = "/api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31&min_quality=0"

    @Test(arguments: [1, 3, 7, 19, 20, 21]) func `pages make up the whole`(size: Int) async throws {
        try await withAPI { api in
            let whole = try await api.send(Ask("GET", Self.month)).json()["data"].array
            var pages: [JSON] = []
            var cursor: String? = ""
            while let position = cursor {
                let answer = try await api.send(Ask("GET", "\(Self.month)&limit=\(size)\(position)"))
                if answer.status == 404 { break }
                let page = try answer.json()
                let candles = try #require(page["data"].array)
                #expect(candles.count <= size && page["count"].integer == Int64(candles.count))
                pages += candles
                cursor = page["next_cursor"].text.map { "&cursor=\($0.replacing("+", with: "%2B"))" }
            }
            #expect(pages == whole && pages.count == 20)
        }
    }

    @Test func `a cursor with a plain plus is understood`() async throws {
        try await withAPI { api in
            let answer = try await api.send(Ask("GET", Self.month + "&cursor=2026-05-28T04:00:00+00:00"))
            #expect(try answer.json()["count"] == 1)
        }
    }

    @Test(
        arguments: [
            ("limit=0", "query.limit"), ("limit=-1", "query.limit"), ("limit=9223372036854775808", "query.limit"),
            ("limit=x", "query.limit"), ("cursor=x", "query.cursor"), ("min_quality=-0.1", "query.min_quality"),
            ("min_quality=nan", "query.min_quality"), ("min_quality=inf", "query.min_quality"),
            ("min_quality=0x1p-1", "query.min_quality"), ("min_quality=", "query.min_quality"),
            ("validated_only=x", "query.validated_only"),
        ]
    )
    func `bad input`(parameter: String, place: String) async throws {
        try await withAPI { api in
            let answer = try await api.send(
                Ask("GET", "/api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31&\(parameter)")
            )
            #expect(answer.status == 422)
            let location = try answer.json()["detail.0.loc"].array?.compactMap(\.text)
            #expect(location?.joined(separator: ".") == place)
        }
    }

    @Test(
        arguments: [
            ("0", 20), ("0.5", 20), ("0.51", 19), ("0.85", 19), ("0.9", 19), ("0.91", 18), ("1", 18),
        ]
    )
    func `candles below a quality are left out`(quality: String, count: Int64) async throws {
        try await withAPI { api in
            let target = "/api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31&min_quality=\(quality)"
            let answer = try await api.send(Ask("GET", target))
            #expect(try answer.json()["count"].integer == count)
        }
    }

    @Test(arguments: ["text/csv", "Text/CSV", "application/xml, text/csv;q=0.9"])
    func `CSV when it is asked for`(accept: String) async throws {
        try await withAPI { api in
            let answer = try await api.send(Ask("GET", Self.month, headers: [("Accept", accept)]))
            #expect(answer["Content-Type"] == "text/csv; charset=utf-8")
            let lines = answer.text.split(separator: "\r\n").map { String($0) }
            #expect(answer.text.hasSuffix("\r\n") && lines.count == 21)
            #expect(
                lines[0]
                    == "time,symbol,timeframe,open,high,low,close,volume,source,validated,quality_score,validation_notes,gap_detected,volume_anomaly,fetched_at"
            )
            #expect(
                lines[4]
                    == "2026-05-06T04:00:00+00:00,AAPL,1d,103.0,108.0,97.75,104.0,4000.0,polygon,true,0.9,V14: opened far from the previous close,true,false,2026-05-29T22:00:00+00:00"
            )
        }
    }

    @Test func `CSV and JSON hold the same`() async throws {
        try await withAPI { api in
            let json = try #require(try await api.send(Ask("GET", Self.month)).json()["data"].array)
            let csv = try await api.send(Ask("GET", Self.month, headers: [("Accept", "text/csv")])).text
            let lines = csv.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            for (line, candle) in zip(lines.dropFirst(), json) {
                for (name, cell) in zip(lines[0], line) {
                    let value = candle[String(name)]
                    switch value {
                    case .null: #expect(cell.isEmpty)
                    case .flag(let flag): #expect(cell == "\(flag)")
                    case .number(let number): #expect(Double(cell) == number)
                    default: #expect(value.text == String(cell))
                    }
                }
            }
        }
    }

    @Test func `a client that holds the candles gets none until they change`() async throws {
        try await withAPI { api in
            let tag = try #require(try await api.send(Ask("GET", Self.month))["ETag"])
            let held = Ask("GET", Self.month, headers: [("If-None-Match", "\"x\", \(tag)")])
            let answer = try await api.send(held)
            #expect(answer.status == 304 && answer.body.isEmpty && answer["ETag"] == tag)
            let csv = Ask("GET", Self.month, headers: [("If-None-Match", tag), ("Accept", "text/csv")])
            try await api.expect(200, csv)
            try await api.revise()
            try await api.expect(200, held)
            #expect(try await api.send(held)["ETag"] != tag)
        }
    }

    @Test(arguments: ["gzip", "deflate, GZIP;q=0.5", "*", "br;q=1.0, gzip;q=0.8, *;q=0.1"])
    func `compressed for who asks`(accept: String) async throws {
        try await withAPI { api in
            let plain = try await api.send(Ask("GET", Self.month))
            let answer = try await api.send(Ask("GET", Self.month, headers: [("Accept-Encoding", accept)]))
            #expect(answer["Content-Encoding"] == "gzip" && answer["Content-Length"] == nil)
            #expect(answer.body.count < plain.body.count / 2)
            #expect(try gunzip(answer.body) == plain.body)
        }
    }

    @Test(arguments: ["", "identity", "gzip;q=0", "gzip; q=0.0", "br", "gzipped"])
    func `not compressed for others`(accept: String) async throws {
        try await withAPI { api in
            let answer = try await api.send(Ask("GET", Self.month, headers: [("Accept-Encoding", accept)]))
            #expect(answer["Content-Encoding"] == nil)
            #expect(try answer.json()["count"] == 20)
        }
    }

    @Test func `small answers are not compressed`() async throws {
        try await withAPI { api in
            let answer = try await api.send(Ask("GET", "/health", headers: [("Accept-Encoding", "gzip")]))
            #expect(answer["Content-Encoding"] == nil)
        }
    }
}
