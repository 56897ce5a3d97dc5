@testable import Terminal

/// A list as the console shows one: a box, a title, one row an entry, one entry selected.
func listFrame(width: Int = 120, height: Int = 40, top: Int = 0, selected: Int = 0) -> Frame {
    var frame = Frame(size: Size(width: width, height: height))
    frame.box(frame.bounds)
    frame.put(" Symbols ", at: Point(x: 2, y: 0), style: Style(attributes: .bold))
    for row in 0..<max(0, height - 2) {
        let entry = top + row
        let y = row + 1
        frame.put("SYM\(entry)", at: Point(x: 2, y: y))
        frame.put("stock", at: Point(x: 14, y: y))
        frame.put(
            entry % 3 == 0 ? "failed" : "completed",
            at: Point(x: 24, y: y),
            style: Style(foreground: .ansi(entry % 3 == 0 ? .red : .green))
        )
        frame.put("\(entry * 7919 % 100_000) candles", at: Point(x: 40, y: y))
        frame.put("2024-01-\(10 + entry % 20) 16:00  99.\(entry % 10)%", at: Point(x: 60, y: y))
        if entry == selected {
            frame.restyle(Rect(x: 1, y: y, width: width - 2, height: 1)) { $0.background = .indexed(24) }
        }
    }
    return frame
}
