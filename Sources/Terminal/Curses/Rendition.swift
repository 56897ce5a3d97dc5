/// The colours and attributes that a terminal writes with, as SGR sequences set them.
struct Rendition: Hashable, Sendable {
    /// 1 to 9 as bits: bold, dim, italic and so on.
    private var attributes: UInt16 = 0
    /// The parameters that set the foreground, `31` or `38;5;24`; empty for the default one.
    private var foreground: [UInt8] = []
    private var background: [UInt8] = []

    static let plain = Rendition()

    /// Applies the parameters of one SGR sequence; false when one isn't known, and then nothing is changed.
    mutating func apply(_ parameters: ArraySlice<UInt8>) -> Bool {
        var result = self
        var parts = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
        while let part = parts.popFirst() {
            let number = part.prefix { (0x30...0x39).contains($0) }.reduce(0) { ($0 * 10 + Int($1) - 0x30) & 0xFFFF }
            switch number {
            case 0: result = .plain
            case 1...9: result.attributes |= 1 << UInt16(number)
            case 22: result.attributes &= ~(1 << 1 | 1 << 2)
            case 23...29: result.attributes &= ~(1 << UInt16(number - 20))
            case 39: result.foreground = []
            case 49: result.background = []
            case 30...37, 90...97: result.foreground = Array(part)
            case 40...47, 100...107: result.background = Array(part)
            case 38, 48:
                guard let color = Rendition.color(part, &parts) else { return false }
                if number == 38 { result.foreground = color } else { result.background = color }
            default: return false
            }
        }
        self = result
        return true
    }

    /// `38;5;24`, `38;2;1;2;3`, or all of it in one part with colons.
    private static func color(_ first: ArraySlice<UInt8>, _ rest: inout ArraySlice<ArraySlice<UInt8>>) -> [UInt8]? {
        if first.contains(UInt8(ascii: ":")) { return Array(first) }
        let count = rest.first?.elementsEqual("5".utf8) == true ? 2 : 4
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(([first] + rest.prefix(count)).joined(separator: [UInt8(ascii: ";")]))
    }

    /// The shortest SGR sequence that leads from another rendition to this one.
    func sequence(from other: Rendition) -> [UInt8] {
        if self == other { return [] }
        var best = parameters(from: .plain)
        if !best.isEmpty { best.insert([UInt8(ascii: "0")], at: 0) }
        if other.attributes & ~attributes == 0 {
            let step = parameters(from: other)
            if step.joined().count < best.joined().count || best.count > step.count { best = step }
        }
        if self == .plain { best = [] }
        return [0x1B, UInt8(ascii: "[")] + best.joined(separator: [UInt8(ascii: ";")]) + [UInt8(ascii: "m")]
    }

    /// What sets this rendition on a terminal that writes with another one, whose attributes this one has too.
    private func parameters(from other: Rendition) -> [[UInt8]] {
        var parameters: [[UInt8]] = []
        for number in UInt8(1)...9 where (attributes & ~other.attributes) >> UInt16(number) & 1 == 1 {
            parameters.append([0x30 + number])
        }
        if foreground != other.foreground { parameters.append(foreground.isEmpty ? Array("39".utf8) : foreground) }
        if background != other.background { parameters.append(background.isEmpty ? Array("49".utf8) : background) }
        return parameters
    }
}
