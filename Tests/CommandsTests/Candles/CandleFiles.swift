import Foundation
import Testing
import Warehouse

/// Candle files that the tests make.
enum CandleFiles {
    static let header = "date,open,high,low,close,volume,vwap,trades\n"
    static let vendorHeader = "ticker,volume,open,close,high,low,window_start,transactions\n"

    /// The recorded day candles of AAPL in January 2019, 21 sessions, as rows of a file without its header.
    static var apple: [String] {
        get throws {
            let url = Bundle.module.url(
                forResource: "vcr-aapl-day-2019-01",
                withExtension: "json",
                subdirectory: "Fixtures"
            )
            let answer = try JSON(String(contentsOf: try #require(url), encoding: .utf8))
            let calendar = TradingCalendar.newYorkStockExchange
            return try #require(answer["results"].array).map { bar in
                let time = Timestamp(milliseconds: Int64(try #require(bar["t"].integer)))
                let values = ["o", "h", "l", "c", "v", "vw"].compactMap { bar[$0].real }.map { "\($0)" }
                return "\(calendar.sessionDay(of: time)),\(values.joined(separator: ",")),\(bar["n"].integer ?? 0)"
            }
        }
    }

    /// So many five-minute candles from 2020 on, one after the other, in rows of a file without its header.
    ///
    /// One in 1,000 has a price of 0.
    static func write(candles: Int, to path: String) throws {
        try Data("time,open,high,low,close,volume\n".utf8).write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seekToEnd()
        var text = ""
        for index in 0..<candles {
            let open = index % 1000 == 77 ? "0" : "\(100 + index % 50).25"
            text += "\(1_577_836_800 + index * 300),\(open),200.5,99.125,\(100 + index % 49).75,\(index % 977).5\n"
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.write(contentsOf: Data(text.utf8))
    }
}

extension Household {
    /// Writes a file into the household's folder, and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Compresses a file by `/usr/bin/gzip`; returns the path of what it made.
    func gzip(_ path: String) async throws -> String {
        let outcome = try await shell("gzip -kf '\(path)'")
        #expect(outcome.code == 0, "\(outcome.errors)")
        return path + ".gz"
    }

    func answer(_ sql: String) async throws -> String {
        try await shell("sqlite3 '\(database)' \"\(sql)\"").output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Everything that the database holds, except the counters of the audit.
    func dump() async throws -> String {
        try await shell("sqlite3 '\(database)' .dump").output
    }
}
