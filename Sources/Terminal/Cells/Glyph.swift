internal import CNcurses

/// What one cell shows: a base character with up to two combining marks, in 21 bits each.
struct Glyph: Hashable, Sendable {
    /// 0 stands for the right half of a wide character.
    let bits: UInt64
    /// Columns: 1 or 2, and 0 for the right half of a wide character.
    let width: Int

    static let space = Glyph(bits: 0x20, width: 1)
    static let rightHalf = Glyph(bits: 0, width: 0)

    /// The characters: the base, then its marks.
    var scalars: [Unicode.Scalar] {
        [bits, bits >> 21, bits >> 42].compactMap { part in
            let value = UInt32(truncatingIfNeeded: part & 0x1F_FFFF)
            return value == 0 ? nil : Unicode.Scalar(value)
        }
    }
}

/// A text cut into what cells show.
///
/// Everything that could move the cursor, hide or change the direction of text becomes U+FFFD. Combining marks join
/// their base, the third and further ones of a base are dropped, as are variation selectors, about whose width terminals
/// disagree; a mark without a base gets a space. Other joined sequences (emoji families, flags) come out as their
/// parts, which is how a terminal counts columns.
struct GlyphSequence: Sequence, IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    private var upcoming: (scalar: Unicode.Scalar, columns: Int)?

    init(_ text: String) {
        scalars = text.unicodeScalars.makeIterator()
        upcoming = advance()
    }

    mutating func next() -> Glyph? {
        guard let (base, columns) = upcoming else { return nil }
        var bits: UInt64
        if columns == 0 {
            bits = 0x20 | UInt64(base.value) << 21
        } else {
            bits = UInt64(base.value)
        }
        upcoming = advance()
        while let (mark, width) = upcoming, width == 0 {
            if bits >> 21 == 0 {
                bits |= UInt64(mark.value) << 21
            } else if bits >> 42 == 0 {
                bits |= UInt64(mark.value) << 42
            }
            upcoming = advance()
        }
        return Glyph(bits: bits, width: columns == 2 ? 2 : 1)
    }

    private mutating func advance() -> (scalar: Unicode.Scalar, columns: Int)? {
        while let scalar = scalars.next() {
            if scalar.isVariationSelector { continue }
            let columns = scalar.columns
            return columns < 0 ? ("\u{FFFD}", 1) : (scalar, columns)
        }
        return nil
    }
}

extension Unicode.Scalar {
    var isVariationSelector: Bool { (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value) }

    /// Columns on a terminal: 0 for combining marks, −1 for what must not be shown.
    var columns: Int {
        switch value {
        case 0x20...0x7E: return 1
        // Lines, blocks, braille and shapes: a screen is full of them, and wcwidth agrees.
        case 0x2500...0x259F, 0x2800...0x28FF: return 1
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return -1
        default: return Int(mdw_width(value))
        }
    }
}
