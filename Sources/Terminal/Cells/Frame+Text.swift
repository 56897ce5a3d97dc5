internal import Glibc

extension Frame {
    /// The text of each row, without the blanks at its end.
    package var rows: [String] {
        (0..<size.height).map { y in
            var row = String.UnicodeScalarView()
            for cell in cells[y * size.width..<(y + 1) * size.width] { row.append(contentsOf: cell.glyph.scalars) }
            while row.last == " " { row.removeLast() }
            return String(row)
        }
    }

    /// The picture as text with the escape sequences of its styles (SGR), a line for each row; it can be shown with
    /// `cat`.
    package var ansi: String {
        var text = ""
        for y in 0..<size.height {
            let row = cells[y * size.width..<(y + 1) * size.width]
            let end = row.lastIndex { !$0.isPlainBlank }.map { $0 + 1 } ?? row.startIndex
            var style = Style.plain
            for cell in row[..<end] where !cell.isRightHalf {
                if cell.style != style {
                    style = cell.style
                    text += style.sgr
                }
                text += cell.text
            }
            if style != .plain { text += Style.plain.sgr }
            text += "\n"
        }
        return text
    }

    /// The top left of the picture on a grid of another size.
    func resized(to size: Size) -> Frame {
        guard size != self.size else { return self }
        var frame = Frame(size: size)
        for y in 0..<min(size.height, self.size.height) {
            for x in 0..<min(size.width, self.size.width) where !self[x, y].isRightHalf { frame[x, y] = self[x, y] }
        }
        frame.cursor = cursor.flatMap { frame.bounds.contains($0) ? $0 : nil }
        return frame
    }

    /// Makes it the picture for a terminal without Unicode.
    mutating func translateToASCII() {
        for index in cells.indices { cells[index] = cells[index].inASCII }
    }

    /// The columns of a row from the first to the last cell that differs from `other`, a frame of the same size.
    func changedColumns(inRow y: Int, from other: Frame) -> Range<Int>? {
        let start = y * size.width
        guard !isEqual(to: other, in: start..<start + size.width) else { return nil }
        guard let first = (0..<size.width).first(where: { cells[start + $0] != other.cells[start + $0] }),
            let last = (0..<size.width).last(where: { cells[start + $0] != other.cells[start + $0] })
        else { return nil }
        return first..<last + 1
    }

    /// Whether these cells are the same: two words each, which are compared as memory, because most are.
    private func isEqual(to other: Frame, in range: Range<Int>) -> Bool {
        cells.withUnsafeBytes { cells in
            other.cells.withUnsafeBytes { others in
                let stride = MemoryLayout<Cell>.stride
                guard let left = cells.baseAddress, let right = others.baseAddress else { return true }
                let start = range.lowerBound * stride
                return memcmp(left + start, right + start, range.count * stride) == 0
            }
        }
    }
}

extension Style {
    /// The escape sequence that sets this style and nothing else.
    var sgr: String {
        var codes = ["0"]
        let names: [(Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        for (attribute, code) in names where attributes.contains(attribute) { codes.append(code) }
        codes += foreground.sgr(base: 30)
        codes += background.sgr(base: 40)
        return "\u{1B}[" + codes.joined(separator: ";") + "m"
    }
}

extension Color {
    fileprivate func sgr(base: Int) -> [String] {
        switch self {
        case .default: []
        case .ansi(let color):
            [String(color.rawValue < 8 ? base + Int(color.rawValue) : base + 52 + Int(color.rawValue))]
        case .indexed(let index): ["\(base + 8);5;\(index)"]
        case .rgb(let red, let green, let blue): ["\(base + 8);2;\(red);\(green);\(blue)"]
        }
    }
}
