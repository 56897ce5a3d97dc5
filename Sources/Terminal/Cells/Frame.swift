/// A picture of the whole screen: a grid of cells and the place of the cursor.
///
/// Drawing is total: what lies outside of the grid is left out, whatever the numbers are. Wide characters are never
/// shown in half: one that is cut by an edge or by what is put over its other half becomes a blank.
package struct Frame: Hashable, Sendable {
    /// More than any terminal has; larger sizes are cut to it.
    package static let largest = Size(width: 4096, height: 2048)

    package let size: Size
    /// Row by row.
    var cells: [Cell]
    /// Where the cursor is shown; `nil` hides it.
    package var cursor: Point?

    package init(size: Size, style: Style = .plain) {
        self.size = Size(width: min(size.width, Frame.largest.width), height: min(size.height, Frame.largest.height))
        cells = Array(repeating: .blank(style), count: self.size.width * self.size.height)
    }

    package var bounds: Rect { Rect(origin: Point(x: 0, y: 0), size: size) }

    /// The cell at a place; outside of the grid a blank one, and setting it does nothing.
    package subscript(x: Int, y: Int) -> Cell {
        get { bounds.contains(Point(x: x, y: y)) ? cells[y * size.width + x] : .blank() }
        set {
            guard bounds.contains(Point(x: x, y: y)) else { return }
            if newValue.width == 2 && x + 1 == size.width {
                place(.space, style: newValue.style, x: x, y: y)
            } else {
                place(newValue.isRightHalf ? .space : newValue.glyph, style: newValue.style, x: x, y: y)
            }
        }
    }

    /// The cells of a line; empty when it is not on the grid.
    package func cells(ofLine line: Rect) -> [Cell] { indices(ofLine: line).map { Array(cells[$0]) } ?? [] }

    /// Puts back what ``cells(ofLine:)`` gave for this line.
    package mutating func put(_ kept: [Cell], onLine line: Rect) {
        guard let indices = indices(ofLine: line), indices.count == kept.count else { return }
        cells.replaceSubrange(indices, with: kept)
    }

    private func indices(ofLine line: Rect) -> Range<Int>? {
        let area = line.intersection(bounds)
        guard !area.isEmpty else { return nil }
        let start = area.origin.y * size.width + area.origin.x
        return start..<start + area.width
    }

    /// Makes every cell blank, in place: what a cell showed is overwritten, which matters for secrets.
    package mutating func clear(_ style: Style = .plain) {
        for index in cells.indices { cells[index] = .blank(style) }
        cursor = nil
    }

    /// Puts a glyph where it is known to fit, and blanks the halves of wide characters that it cuts.
    mutating func place(_ glyph: Glyph, style: Style, x: Int, y: Int) {
        let start = y * size.width
        let index = start + x
        if cells[index].isRightHalf && x > 0 { cells[index - 1] = .blank(cells[index - 1].style) }
        let end = x + glyph.width
        if end < size.width && cells[start + end].isRightHalf {
            cells[start + end] = .blank(cells[start + end].style)
        }
        cells[index] = Cell(glyph, style: style)
        if glyph.width == 2 { cells[index + 1] = Cell(.rightHalf, style: style) }
    }

    /// Puts glyphs of one column side by side where they are known to fit, as ``place(_:style:x:y:)`` does one by one.
    mutating func place(_ glyphs: some Collection<UInt64>, style: Style, x: Int, y: Int) {
        guard !glyphs.isEmpty else { return }
        let first = y * size.width + x
        let end = first + glyphs.count
        if cells[first].isRightHalf && x > 0 { cells[first - 1] = .blank(cells[first - 1].style) }
        if end < (y + 1) * size.width && cells[end].isRightHalf { cells[end] = .blank(cells[end].style) }
        cells.withUnsafeMutableBufferPointer { cells in
            for (index, bits) in zip(first..<end, glyphs) {
                cells[index] = Cell(Glyph(bits: bits, width: 1), style: style)
            }
        }
    }
}
