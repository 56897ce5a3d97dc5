import Feeds
import Warehouse

/// A row of a file that became no candle.
struct RejectedRow: Hashable, Sendable {
    let candle: RejectedCandle
    let path: String
    let line: Int
    /// Its place among the bars of its page.
    let index: Int
    /// Whether the store can keep it: it is known which symbol it is about.
    let isKept: Bool

    private init(_ candle: RejectedCandle, path: String, line: Int, index: Int, isKept: Bool = true) {
        self.candle = candle
        self.path = path
        self.line = line
        self.index = index
        self.isKept = isKept
    }

    /// A row that has not the columns of the first line.
    init(_ row: CandleFilePage.Misshapen, columns: Int, path: String) {
        let reason = "the row has \(row.columns) columns, the first line \(columns)"
        let candle = RejectedCandle(rule: .v01, time: nil, raw: row.text, reason: reason)
        self.init(candle, path: path, line: row.line, index: 0, isKept: row.hasTarget)
    }

    /// A bar whose time lies where no unit of a number since 1970 would put it.
    init(implausible bar: RawBar, at index: Int, of page: CandleFilePage, path: String) {
        let candle = RejectedCandle(
            rule: .v05,
            time: nil,
            raw: page.feedPage.rawText(of: bar),
            reason: "the time lies outside of 1973 to 5138"
        )
        self.init(candle, path: path, line: page.lines[index], index: index)
    }

    /// What a row that ends its file means to whoever made the file.
    var refusal: String {
        "\(path), line \(line): \(candle.rule.rawValue): \(candle.reason): what came before is taken; "
            + "sort the file by time, with one row for each"
    }

    /// Finds the lines of what the rules rejected, which keep the order of the bars.
    static func rows(of rejected: [RejectedCandle], in page: CandleFilePage, path: String) -> [RejectedRow] {
        guard !rejected.isEmpty else { return [] }
        let content = page.feedPage
        var index = 0
        return rejected.compactMap { candle in
            while index < page.bars.count {
                defer { index += 1 }
                let time = page.bars[index].time.map { Timestamp(milliseconds: $0) }
                guard candle.time == nil || candle.time == time else { continue }
                let raw = String(content.rawText(of: page.bars[index]).unicodeScalars.prefix(2000))
                if raw == candle.raw {
                    return RejectedRow(candle, path: path, line: page.lines[index], index: index)
                }
            }
            return nil
        }
    }
}
