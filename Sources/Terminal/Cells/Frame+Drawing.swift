extension Frame {
    /// Puts a line of text, and returns how many columns it takes from `point` on.
    ///
    /// Left of the grid its first characters are left out. It ends after `maxWidth` columns or at the right edge of the
    /// grid; `truncation` says what marks that.
    @discardableResult
    package mutating func put(
        _ text: some StringProtocol,
        at point: Point,
        style: Style = .plain,
        maxWidth: Int = .max,
        truncation: Truncation = .clip
    ) -> Int {
        guard (0..<size.height).contains(point.y), point.x < size.width, point.x > -Frame.largest.width * 4 else {
            return 0
        }
        let limit = min(maxWidth, size.width - point.x)
        guard limit > 0 else { return 0 }
        let text = String(text)
        if point.x >= 0, text.utf8.count <= limit, text.isPrintableASCII {
            place(text.utf8.lazy.map { UInt64($0) }, style: style, x: point.x, y: point.y)
            return text.utf8.count
        }
        let cut = truncation == .ellipsis && !text.fits(in: limit)
        let room = cut ? limit - 1 : limit
        var column = 0
        for glyph in GlyphSequence(text) {
            guard column + glyph.width <= room else { break }
            let x = point.x + column
            if x >= 0 {
                place(glyph, style: style, x: x, y: point.y)
            } else if x + glyph.width > 0 {
                place(.space, style: style, x: 0, y: point.y)
            }
            column += glyph.width
        }
        guard cut else { return column }
        // A wide character that didn't fit leaves one column free before the mark: it goes right behind the text.
        if point.x + column >= 0 {
            place(Glyph(bits: 0x2026, width: 1), style: style, x: point.x + column, y: point.y)
        }
        return column + 1
    }

    /// Puts printable ASCII where it is read from, so that no copy is left behind but the cells; what is no such character
    /// becomes a blank.
    package mutating func put(
        ascii bytes: UnsafeRawBufferPointer,
        at point: Point,
        style: Style = .plain,
        maxWidth: Int
    ) {
        guard (0..<size.height).contains(point.y), point.x >= 0 else { return }
        for (offset, byte) in bytes.prefix(max(0, min(maxWidth, size.width - point.x))).enumerated() {
            let isPrintable = (0x20...0x7E).contains(byte)
            place(
                Glyph(bits: UInt64(isPrintable ? byte : 0x20), width: 1),
                style: style,
                x: point.x + offset,
                y: point.y
            )
        }
    }

    /// Puts text into a field of a fixed width and fills the rest of the field with blanks of the same style.
    package mutating func put(
        _ text: some StringProtocol,
        in field: Rect,
        alignment: Alignment = .leading,
        style: Style = .plain,
        truncation: Truncation = .ellipsis
    ) {
        let line = Rect(x: field.origin.x, y: field.origin.y, width: field.width, height: min(1, field.height))
        fill(line, style: style)
        guard !line.isEmpty else { return }
        let spare = alignment == .leading ? 0 : max(0, field.width - displayWidth(of: text))
        let offset = alignment == .center ? spare / 2 : spare
        let point = Point(x: field.origin.x.addingClamped(offset), y: field.origin.y)
        put(text, at: point, style: style, maxWidth: field.width - offset, truncation: truncation)
    }

    /// Fills a rectangle with a character of one column (a wider one counts as a space).
    package mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .plain) {
        let cell = Cell(character, style: style)
        let glyph = cell.width == 1 ? cell.glyph : .space
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.rows {
            place(repeatElement(glyph.bits, count: area.width), style: style, x: area.origin.x, y: y)
        }
    }

    /// Changes the style of what is already there, for instance to show a row as selected.
    package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for y in area.rows {
            let start = y * size.width
            cells.withUnsafeMutableBufferPointer { cells in
                for x in area.columns { change(&cells[start + x].style) }
            }
        }
    }

    /// Draws a horizontal line to the right.
    package mutating func horizontalLine(
        at point: Point,
        length: Int,
        lines: LineGlyphs = .light,
        style: Style = .plain
    ) {
        fill(Rect(x: point.x, y: point.y, width: length, height: 1), with: lines.horizontal, style: style)
    }

    /// Draws a vertical line downwards.
    package mutating func verticalLine(
        at point: Point,
        length: Int,
        lines: LineGlyphs = .light,
        style: Style = .plain
    ) {
        fill(Rect(x: point.x, y: point.y, width: 1, height: length), with: lines.vertical, style: style)
    }

    /// Draws the border of a rectangle; what is inside stays.
    ///
    /// One row or column alone is a line.
    package mutating func box(_ rect: Rect, lines: LineGlyphs = .light, style: Style = .plain) {
        guard !rect.isEmpty else { return }
        let (left, top) = (rect.origin.x, rect.origin.y)
        let (right, bottom) = (left.addingClamped(rect.width - 1), top.addingClamped(rect.height - 1))
        horizontalLine(at: rect.origin, length: rect.width, lines: lines, style: style)
        horizontalLine(at: Point(x: left, y: bottom), length: rect.width, lines: lines, style: style)
        guard rect.height > 1 else { return }
        verticalLine(at: rect.origin, length: rect.height, lines: lines, style: style)
        verticalLine(at: Point(x: right, y: top), length: rect.height, lines: lines, style: style)
        guard rect.width > 1 else { return }
        self[left, top] = Cell(lines.topLeft, style: style)
        self[right, top] = Cell(lines.topRight, style: style)
        self[left, bottom] = Cell(lines.bottomLeft, style: style)
        self[right, bottom] = Cell(lines.bottomRight, style: style)
    }
}
