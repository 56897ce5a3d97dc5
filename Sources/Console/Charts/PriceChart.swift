import Warehouse

/// Candles as a chart of characters: a column each, a thick line from open to close, a thin one from low to high.
struct PriceChart: Sendable {
    /// Cells of the plot, without the prices to its right.
    let width: Int
    let height: Int

    /// A column of the plot.
    struct Bar: Hashable, Sendable {
        var open: Double
        var high: Double
        var low: Double
        var close: Double

        var role: TextRole { close < open ? .bad : .good }
    }

    /// What stands in a cell, by what its upper and its lower half hold.
    private enum Ink: Int {
        case nothing
        case wick
        case body
    }

    private static let glyphs: [[Character]] = [
        [" ", "╷", "╻"], ["╵", "│", "╽"], ["╹", "╿", "┃"],
    ]

    /// The lines of the chart from the top, the prices of some of them at the right end, the times below.
    func lines(of candles: [Candle], label: (Timestamp) -> String) -> [TextLine] {
        guard width > 0, height > 0, !candles.isEmpty else { return [] }
        let bars = Self.bars(of: candles, atMost: width)
        let highest = bars.map(\.high).max() ?? 0
        let lowest = bars.map(\.low).min() ?? 0
        let halves = Double(height * 2)
        // A flat market is a line in the middle.
        let step = highest > lowest ? (highest - lowest) / halves : 0
        let columns = bars.map { bar in (0..<height * 2).map { ink(bar, half: $0, from: lowest, step: step) } }
        var lines = (0..<height).map { row in
            let upper = (height - row) * 2 - 1
            var runs = [TextLine.Run(text: "   ", role: .dim)]
            for (bar, column) in zip(bars, columns) {
                let glyph = Self.glyphs[column[upper].rawValue][column[upper - 1].rawValue]
                runs.append(TextLine.Run(text: String(glyph), role: bar.role))
            }
            let price = lowest + (Double(upper) + 0.5) * step
            let isLabelled = row == 0 || row == height - 1 || row % 4 == 0
            runs.append(TextLine.Run(text: isLabelled ? "  \(Self.text(of: price))" : "", role: .dim))
            return TextLine(runs).joined
        }
        let (first, last) = (label(candles[0].time), label(candles[candles.count - 1].time))
        let gap = max(1, bars.count - first.count - last.count)
        lines.append(TextLine("   \(first)\(String(repeating: " ", count: gap))\(last)", .dim))
        return lines
    }

    private func ink(_ bar: Bar, half: Int, from lowest: Double, step: Double) -> Ink {
        guard step > 0 else { return half == height ? .body : .nothing }
        func place(_ price: Double) -> Int { min(height * 2 - 1, Int((price - lowest) / step)) }
        if (place(min(bar.open, bar.close))...place(max(bar.open, bar.close))).contains(half) { return .body }
        return (place(bar.low)...place(bar.high)).contains(half) ? .wick : .nothing
    }

    /// The candles as at most `count` bars: neighbours are put together when there are more.
    static func bars(of candles: [Candle], atMost count: Int) -> [Bar] {
        let size = (candles.count + count - 1) / max(1, count)
        return stride(from: 0, to: candles.count, by: max(1, size)).map { start in
            let group = candles[start..<min(candles.count, start + max(1, size))]
            var bar = Bar(open: group[start].open, high: group[start].high, low: group[start].low, close: 0)
            for candle in group {
                bar.high = max(bar.high, candle.high)
                bar.low = min(bar.low, candle.low)
                bar.close = candle.close
            }
            return bar
        }
    }

    /// A price with as many digits as tell neighbours apart.
    static func text(of price: Double) -> String {
        guard abs(price) < 1e15 else { return price.description }
        let (digits, scale): (Int, Double) =
            abs(price) >= 1000 ? (0, 1) : abs(price) >= 1 ? (2, 100) : abs(price) >= 0.0001 ? (6, 1e6) : (10, 1e10)
        let scaled = Int64((abs(price) * scale).rounded())
        let sign = price < 0 ? "-" : ""
        guard digits > 0 else { return sign + scaled.grouped }
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
        return "\(sign)\(whole).\(fraction.padded(to: digits))"
    }
}

extension TextLine {
    /// The same line with neighbouring runs of one role put together, so that drawing it takes fewer calls.
    var joined: TextLine {
        TextLine(
            runs.reduce(into: [Run]()) { joined, run in
                if let last = joined.last, last.role == run.role || run.text.allSatisfy({ $0 == " " }) {
                    joined[joined.count - 1] = Run(text: last.text + run.text, role: last.role)
                } else {
                    joined.append(run)
                }
            }
        )
    }
}
