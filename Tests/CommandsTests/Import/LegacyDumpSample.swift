import Foundation
import Testing

/// Dumps that the tests make, and the one that stands in the fixtures.
enum LegacyDumpSample {
    /// A dump of all five tables with bad rows among the good ones.
    static var fixture: String {
        get throws {
            let url = Bundle.module.url(forResource: "legacy-dump", withExtension: "sql", subdirectory: "Fixtures")
            return try #require(url).path
        }
    }

    /// A key of the older form whose hash is in the fixture.
    static let rawKey = "mdw_" + String(repeating: "0123456789abcdef", count: 4)

    /// Writes a dump with so many candles of five minutes, 50,000 a symbol, and audit rows out of order.
    ///
    /// One candle in 1,000 is refused by V02.
    static func write(candles: Int, requests: Int, to path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var text = "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n\n"
        text += "COPY public.api_key_audit (id, api_key_id, endpoint, method, status_code, \"timestamp\") FROM stdin;\n"
        for index in 0..<requests {
            // Every second one from the front, then the others from the back.
            let id = index * 2 < requests ? index * 2 + 1 : (requests - index) * 2
            text += "\(id)\t1\t/api/v1/admin/symbols\tGET\t200\t2024-02-01 10:00:00.5+00\n"
        }
        text += "\\.\n\nCOPY public.api_keys (id, key_hash, name) FROM stdin;\n"
        text += "1\t\(String(repeating: "ab", count: 32))\tops\n\\.\n\n"
        text +=
            "COPY public.market_data (id, \"time\", symbol, timeframe, open, high, low, close, volume, fetched_at) FROM stdin;\n"
        for index in 0..<candles {
            let minute = index % 50_000 * 5
            let day = 1 + minute / 1440
            let clock = "\(twoDigits(minute / 60 % 24)):\(twoDigits(minute % 60)):00"
            let date = "\(2010 + day / 336)-\(twoDigits(1 + day / 28 % 12))-\(twoDigits(1 + day % 28))"
            let open = index % 1000 == 77 ? "0" : "100.25"
            text +=
                "\(index + 1)\t\(date) \(clock)+00\tS\(index / 50_000)\t5m\t\(open)\t101.5\t99.125\t100.75\t\(index % 977).5\t2024-01-20 08:00:00.123+00\n"
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        text += "\\.\n\nCOPY public.tracked_symbols (id, symbol, asset_class, active) FROM stdin;\n"
        for index in 0..<((candles + 49_999) / 50_000) { text += "\(index + 1)\tS\(index)\tstock\tt\n" }
        text += "\\.\n\n--\n-- PostgreSQL database dump complete\n--\n"
        try file.write(contentsOf: Data(text.utf8))
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
