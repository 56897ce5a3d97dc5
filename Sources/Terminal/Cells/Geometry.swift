/// How many columns and rows something has; never negative.
package struct Size: Hashable, Sendable, CustomStringConvertible {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// As `--size` and `:resize` spell it: `120x40`.
    package var description: String { "\(width)x\(height)" }
}

/// A place in a grid: column `x` and row `y`, from 0 at the top left.
///
/// It may lie outside of any grid.
package struct Point: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// A rectangle of cells; it may lie outside of any grid, wholly or in part.
package struct Rect: Hashable, Sendable {
    package let origin: Point
    package let size: Size

    package init(origin: Point, size: Size) {
        self.origin = origin
        self.size = size
    }

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.init(origin: Point(x: x, y: y), size: Size(width: width, height: height))
    }

    package var width: Int { size.width }
    package var height: Int { size.height }
    package var isEmpty: Bool { size.width == 0 || size.height == 0 }

    /// The columns covered, cut at the largest integer.
    package var columns: Range<Int> { origin.x..<origin.x.addingClamped(size.width) }
    /// The rows covered, cut at the largest integer.
    package var rows: Range<Int> { origin.y..<origin.y.addingClamped(size.height) }

    package func contains(_ point: Point) -> Bool { columns.contains(point.x) && rows.contains(point.y) }

    /// What both cover; empty when they don't touch.
    package func intersection(_ other: Rect) -> Rect {
        let columns = columns.clamped(to: other.columns)
        let rows = rows.clamped(to: other.rows)
        return Rect(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
    }

    /// The rectangle without a margin on every side; empty when nothing is left.
    package func inset(by margin: Int) -> Rect {
        Rect(
            x: origin.x.addingClamped(margin),
            y: origin.y.addingClamped(margin),
            width: size.width.addingClamped(-2 * margin),
            height: size.height.addingClamped(-2 * margin)
        )
    }
}

extension Int {
    /// The sum, or the nearest integer there is: places outside of the grid must not trap.
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        guard overflow else { return sum }
        return other > 0 ? .max : .min
    }
}
