import Feeds
import Foundation
import Warehouse

/// A candle file that a test writes, read to its end.
struct CandleFileSample {
    /// Its rows by symbol, in the order of the file.
    var bars: [RawBar] = []
    var lines: [Int] = []
    var targets: [Int] = []
    var texts: [String] = []
    var misshapen: [CandleFilePage.Misshapen] = []
    var skipped: [String: Int64] = [:]
    var fault: CandleFileFault?
    var columns: CandleColumns?

    var times: [Timestamp?] { bars.map { $0.time.map { Timestamp(milliseconds: $0) } } }

    static let vendorHeader = "ticker,volume,open,close,high,low,window_start,transactions\n"

    /// Reads `text`, or `bytes`, as a file of `name`.
    static func read(
        _ text: String = "",
        bytes: [UInt8]? = nil,
        name: String = "file.csv",
        mapping: [CandleField: String] = [:],
        assetClass: AssetClass? = .stock,
        timeframe: Timeframe = .oneDay,
        wanted: [String: Int]? = nil,
        limit: Int = 1000
    ) throws -> CandleFileSample {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent(name)
        try Data(bytes ?? Array(text.utf8)).write(to: url)
        var sample = CandleFileSample()
        do throws(CandleFileFault) {
            let reader = try CandleFileReader(
                path: url.path,
                mapping: mapping,
                times: FieldTime(calendar: assetClass.map { TradingCalendar(for: $0) }, timeframe: timeframe),
                filter: { $0.hasTicker ? wanted.map { TickerFilter($0) } ?? TickerFilter() : TickerFilter() }
            )
            sample.columns = reader.columns
            var page = CandleFilePage()
            while reader.next(limit: limit, into: &page) {
                sample.bars += page.bars
                sample.lines += page.lines
                sample.targets += page.bars.map { _ in page.target }
                sample.texts += page.bars.map { page.feedPage.rawText(of: $0) }
                sample.misshapen += page.misshapen
                page.reset()
            }
            sample.skipped = reader.skipped.skipped
            sample.fault = reader.fault
        } catch {
            sample.fault = error
        }
        return sample
    }

    /// What `/usr/bin/gzip` makes of `text`.
    static func gzip(_ text: String) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent("text")
        try Data(text.utf8).write(to: url)
        let program = Process()
        program.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
        program.arguments = [url.path]
        try program.run()
        program.waitUntilExit()
        return [UInt8](try Data(contentsOf: url.appendingPathExtension("gz")))
    }
}
