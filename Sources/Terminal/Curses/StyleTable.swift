internal import CNcurses

/// What ncurses calls the colours and attributes of styles; colour pairs are made when they are first needed.
struct StyleTable {
    /// How ncurses numbers the colours of a terminal.
    struct ColorModel: Hashable, Sendable {
        /// 0, 8, 16, 256 or more.
        let count: Int
        /// Whether a number from 8 up is red, green and blue, as terminfo's RGB flag says.
        let isDirect: Bool

        var support: ColorSupport {
            switch count {
            case ..<8: .none
            case 8..<256: .ansi16
            default: isDirect ? .truecolor : .palette256
            }
        }

        /// ncurses' number of the nearest colour; −1 is the default one.
        func number(of color: Color) -> Int32 {
            guard let (red, green, blue) = color.components, count >= 8 else { return -1 }
            switch (color, support) {
            case (.ansi(let color), .truecolor) where color.rawValue < 8: return Int32(color.rawValue)
            case (.indexed(let index), .truecolor) where index < 8: return Int32(index)
            case (_, .truecolor): return Int32(max(8, red << 16 | green << 8 | blue))
            case (.ansi(let color), _): return named(color.rawValue)
            case (.indexed(let index), .palette256): return Int32(index)
            case (_, .palette256): return Int32(Palette.nearestOf256(red: red, green: green, blue: blue))
            case (.indexed(let index), _) where index < 16: return named(index)
            default: return named(Palette.nearestOf16(red: red, green: green, blue: blue))
            }
        }

        private func named(_ index: UInt8) -> Int32 { count < 16 ? Int32(index & 7) : Int32(index) }

        /// What stands in for a bright foreground where there are but eight colours.
        func substitute(for color: Color) -> Style.Attributes {
            guard (8..<16).contains(count), let (red, green, blue) = color.components else { return [] }
            let index: UInt8 =
                switch color {
                case .ansi(let color): color.rawValue
                case .indexed(let index) where index < 16: index
                default: Palette.nearestOf16(red: red, green: green, blue: blue)
                }
            return count < 16 && index >= 8 ? .bold : []
        }
    }

    /// Attributes and colour pair of a cell.
    struct Resolved {
        var attributes: UInt32
        var pair: Int32
    }

    let model: ColorModel
    private let capacity: Int
    private let makePair: (_ pair: Int, _ foreground: Int32, _ background: Int32) -> Bool
    private var styles: [UInt64: Resolved] = [:]
    private var pairs: [UInt64: Int32] = [:]

    /// A table for `capacity` pairs, pair 0 among them; `makePair` tells ncurses what a pair is, or returns false.
    init(model: ColorModel, capacity: Int, makePair: @escaping (Int, Int32, Int32) -> Bool) {
        self.model = model
        self.capacity = capacity
        self.makePair = makePair
    }

    mutating func resolve(_ style: Style) -> Resolved {
        styles[style.packed] ?? make(style)
    }

    private mutating func make(_ style: Style) -> Resolved {
        var resolved = Resolved(attributes: UInt32(style.attributes.rawValue), pair: 0)
        if model.support != .none {
            resolved.attributes |= UInt32(model.substitute(for: style.foreground).rawValue)
            resolved.pair = pair(model.number(of: style.foreground), model.number(of: style.background))
        }
        styles[style.packed] = resolved
        return resolved
    }

    /// Pair 0, the default colours, when there is no room for another.
    private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
        guard foreground >= 0 || background >= 0 else { return 0 }
        let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
        if let pair = pairs[key] { return pair }
        let next = pairs.count + 1
        guard next < capacity, makePair(next, foreground, background) else { return 0 }
        pairs[key] = Int32(next)
        return Int32(next)
    }
}
