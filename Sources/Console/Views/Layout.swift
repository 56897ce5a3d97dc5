import Terminal

/// Where everything is on the screen: a pure function of size, focus and zoom.
struct Layout: Sendable {
    let size: Size
    /// The panes that are shown, with their places: a title line, a line of column names, rows.
    let panes: [(pane: Pane, rect: Rect)]

    /// The smallest screen that shows anything but a sentence.
    static let smallest = Size(width: 20, height: 5)
    /// From here on all four panes are shown.
    static let four = Size(width: 80, height: 24)

    /// From so many columns on a table has room to spare.
    static let wide = 132

    init(size: Size, focus: Pane, isZoomed: Bool) {
        self.size = size
        guard size.width >= Self.smallest.width, size.height >= Self.smallest.height else {
            panes = []
            return
        }
        let body = Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
        guard !isZoomed, size.width >= Self.four.width, size.height >= Self.four.height else {
            panes = [(focus, body)]
            return
        }
        let tables = body.height * 2 / 5
        let jobs = max(5, body.height / 4)
        let left = body.width / 2
        panes = [
            (.symbols, Rect(x: 0, y: 1, width: left - 1, height: tables)),
            (.keys, Rect(x: left, y: 1, width: body.width - left, height: tables)),
            (.backfill, Rect(x: 0, y: 1 + tables, width: body.width, height: jobs)),
            (.audit, Rect(x: 0, y: 1 + tables + jobs, width: body.width, height: body.height - tables - jobs)),
        ]
    }

    var isTooSmall: Bool { panes.isEmpty }
    var visiblePanes: [Pane] { panes.map(\.pane) }
    var header: Rect { Rect(x: 0, y: 0, width: size.width, height: 1) }
    var body: Rect { Rect(x: 0, y: 1, width: size.width, height: size.height - 2) }
    var footer: Rect { Rect(x: 0, y: size.height - 1, width: size.width, height: 1) }

    func rect(of pane: Pane) -> Rect? { panes.first { $0.pane == pane }?.rect }

    /// How many rows of a pane are shown; 0 for one that is not.
    func rowCount(of pane: Pane) -> Int { rect(of: pane).map { max(0, $0.height - 2) } ?? 0 }

    /// By how many rows a pane scrolls at least: by one where it is as wide as the screen, whose lines a terminal can scroll.
    func scrollStep(of pane: Pane) -> Int { (rect(of: pane)?.width ?? size.width) < size.width ? 6 : 1 }

    func pane(at point: Point) -> Pane? { panes.first { $0.rect.contains(point) }?.pane }

    /// The row of a pane at a place: 0 is the first one shown.
    func row(at point: Point, in pane: Pane) -> Int? {
        guard let rect = rect(of: pane) else { return nil }
        let row = point.y - rect.origin.y - 2
        return row >= 0 ? row : nil
    }
}
