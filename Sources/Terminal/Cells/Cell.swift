/// One place of a grid: what it shows and how.
///
/// Two words, no references. A wide character takes two cells: its own with width 2, and an empty one of width 0 to its right.
package struct Cell: Hashable, Sendable {
    private(set) var glyphBits: UInt64
    /// The style in bits 0–56, the width in 60–61.
    private var look: UInt64

    init(_ glyph: Glyph, style: Style) {
        glyphBits = glyph.bits
        look = style.packed | UInt64(truncatingIfNeeded: glyph.width) << 60
    }

    /// A cell that shows the first character of `character`; what is unsafe to show becomes U+FFFD.
    package init(_ character: Character, style: Style = .plain) {
        var glyphs = GlyphSequence(String(character))
        self.init(glyphs.next() ?? .space, style: style)
    }

    /// A space.
    package static func blank(_ style: Style = .plain) -> Cell { Cell(.space, style: style) }

    /// The columns it takes: 1, 2, or 0 for the right half of a wide character.
    package var width: Int { Int(look >> 60) }

    package var style: Style {
        get { Style(packed: look) }
        set { look = newValue.packed | (look >> 60) << 60 }
    }

    /// What is shown: a character with its combining marks; empty for the right half of a wide one.
    package var text: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: glyph.scalars)
        return String(text)
    }

    var glyph: Glyph { Glyph(bits: glyphBits, width: width) }

    var isRightHalf: Bool { glyphBits == 0 }

    /// Whether it differs from nothing at all: a space in the plain style.
    var isPlainBlank: Bool { self == .blank() }

    /// The cell for a terminal without Unicode: lines and marks as the ASCII that looks most alike, else `?`.
    var inASCII: Cell {
        guard glyphBits > 0x7E || glyphBits == 0 else { return self }
        let scalar = UInt32(truncatingIfNeeded: glyphBits & 0x1F_FFFF)
        let replacement: Unicode.Scalar =
            switch scalar {
            case 0: " "
            case 0x20...0x7E: Unicode.Scalar(UInt8(scalar))
            case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x2550, 0x2010...0x2015: "-"
            case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x2551: "|"
            case 0x250C...0x254B, 0x2552...0x2570: "+"
            case 0x2575, 0x2577, 0x2579, 0x257B, 0x257D, 0x257F: "|"
            case 0x2581: "_"
            case 0x2582, 0x2583: "."
            case 0x2584, 0x2585: "-"
            case 0x2586, 0x2587: "="
            case 0x2580...0x2590: "#"
            case 0x2591...0x2593: ":"
            case 0x25B6, 0x25B8, 0x203A, 0x2192: ">"
            case 0x25C0, 0x25C2, 0x2039, 0x2190: "<"
            case 0x25B2, 0x25B4, 0x2191: "^"
            case 0x25BC, 0x25BE, 0x2193: "v"
            case 0x2022, 0x25CF, 0x25A0, 0x2713, 0x2714: "*"
            case 0x25CB, 0x25A1: "o"
            case 0x2717, 0x2718, 0x00D7: "x"
            case 0x00B7: "."
            case 0x2026: "~"
            case 0x2018, 0x2019: "'"
            case 0x201C, 0x201D: "\""
            case 0x00A0: " "
            default: "?"
            }
        return Cell(Glyph(bits: UInt64(replacement.value), width: 1), style: style)
    }
}
