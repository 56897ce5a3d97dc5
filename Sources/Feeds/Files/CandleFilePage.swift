package import Warehouse

/// Rows of a candle file that follow one another and are about one symbol.
package struct CandleFilePage: Sendable {
    /// Which of the symbols that were asked for; 0 when the file does not say.
    package var target = 0
    package var bars: [RawBar] = []
    /// The line of each bar.
    package var lines: [Int] = []
    /// The text that ``Warehouse/RawBar/bytes`` point into.
    package var body: [UInt8] = []
    /// Rows that don't have the columns of the first line.
    package var misshapen: [Misshapen] = []

    package init() {}

    /// A row with too many columns, or too few.
    package struct Misshapen: Hashable, Sendable {
        package let line: Int
        package let text: String
        package let columns: Int
        /// Whether it says which symbol it is about, or all rows are about one.
        package let hasTarget: Bool
    }

    package var rowCount: Int { bars.count + misshapen.count }

    /// Makes it empty for the next rows.
    package mutating func reset() {
        bars.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
        body.removeAll(keepingCapacity: true)
        misshapen.removeAll()
    }

    /// The same as a feed's answer, which the rules judge.
    package var feedPage: FeedPage { FeedPage(bars: bars, body: body) }
}
