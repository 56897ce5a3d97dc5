/// A colour as a theme means it; the terminal shows the nearest one that it has.
package enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case `default`
    /// One of the sixteen that the user's terminal theme defines.
    case ansi(ANSIColor)
    /// Of the palette of 256: 0–15 as ``ANSIColor``, 16–231 the cube, 232–255 greys.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

/// The sixteen named colours.
package enum ANSIColor: UInt8, CaseIterable, Sendable {
    case black
    case red
    case green
    case yellow
    case blue
    case magenta
    case cyan
    case white
    case brightBlack
    case brightRed
    case brightGreen
    case brightYellow
    case brightBlue
    case brightMagenta
    case brightCyan
    case brightWhite
}

extension Color {
    /// The colour in 26 bits, 0 for the default one.
    var bits: UInt64 {
        switch self {
        case .default: 0
        case .ansi(let color): 1 << 24 | UInt64(color.rawValue)
        case .indexed(let index): 2 << 24 | UInt64(index)
        case .rgb(let red, let green, let blue): 3 << 24 | UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
        }
    }

    init(bits: UInt64) {
        let low = UInt8(truncatingIfNeeded: bits)
        switch bits >> 24 & 3 {
        case 1: self = ANSIColor(rawValue: low).map(Color.ansi) ?? .default
        case 2: self = .indexed(low)
        case 3: self = .rgb(UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), low)
        default: self = .default
        }
    }

    /// Red, green and blue as xterm paints them; `nil` for the default colour.
    var components: (red: Int, green: Int, blue: Int)? {
        switch self {
        case .default: nil
        case .ansi(let color): Palette.components(of: color.rawValue)
        case .indexed(let index): Palette.components(of: index)
        case .rgb(let red, let green, let blue): (Int(red), Int(green), Int(blue))
        }
    }
}
