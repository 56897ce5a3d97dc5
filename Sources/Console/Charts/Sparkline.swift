/// Numbers as a row of bars, the highest as high as a cell.
enum Sparkline {
    private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// A character for each value; a blank for nothing, the lowest bar for anything more.
    static func text(_ values: [Int64]) -> String {
        let largest = values.max() ?? 0
        return String(
            values.map { value -> Character in
                guard value > 0, largest > 0 else { return " " }
                return levels[Int((Double(value) / Double(largest) * Double(levels.count)).rounded(.up)) - 1]
            }
        )
    }
}
