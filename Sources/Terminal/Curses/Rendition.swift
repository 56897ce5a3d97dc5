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
        var rest: ArraySlice<UInt8>? = parameters
        while let part = Rendition.popPart(of: &rest) {
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
                guard let color = Rendition.color(part, &rest) else { return false }
                if number == 38 { result.foreground = color } else { result.background = color }
            default: return false
            }
        }
        self = result
        return true
    }

    /// Takes what stands before the next semicolon off.
    private static func popPart(of rest: inout ArraySlice<UInt8>?) -> ArraySlice<UInt8>? {
        guard let bytes = rest else { return nil }
        guard let end = bytes.firstIndex(of: UInt8(ascii: ";")) else {
            rest = nil
            return bytes
        }
        rest = bytes[(end + 1)...]
        return bytes[..<end]
    }

    /// `38;5;24`, `38;2;1;2;3`, or all of it in one part with colons.
    private static func color(_ first: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>?) -> [UInt8]? {
        if first.contains(UInt8(ascii: ":")) { return Array(first) }
        guard let kind = popPart(of: &rest) else { return nil }
        var color = Array(first) + [UInt8(ascii: ";")] + kind
        for _ in 0..<(kind.elementsEqual("5".utf8) ? 1 : 3) {
            guard let part = popPart(of: &rest) else { return nil }
            color += [UInt8(ascii: ";")] + part
        }
        return color
    }

    /// The shortest SGR sequence that leads from another rendition to this one.
    func sequence(from other: Rendition) -> [UInt8] {
        if self == other { return [] }
        if self == .plain { return Rendition.sequence([]) }
        let anew = Rendition.sequence([UInt8(ascii: "0")] + parameters(from: .plain))
        guard other.attributes & ~attributes == 0 else { return anew }
        let step = Rendition.sequence(parameters(from: other).dropFirst())
        return step.count <= anew.count ? step : anew
    }

    private static func sequence(_ parameters: some Collection<UInt8>) -> [UInt8] {
        var sequence: [UInt8] = []
        sequence.reserveCapacity(parameters.count + 3)
        sequence.append(0x1B)
        sequence.append(UInt8(ascii: "["))
        sequence += parameters
        sequence.append(UInt8(ascii: "m"))
        return sequence
    }

    /// What sets this rendition on a terminal that writes with another one, whose attributes this one has too: parameters,
    /// each behind a semicolon.
    private func parameters(from other: Rendition) -> [UInt8] {
        var parameters: [UInt8] = []
        func add(_ parameter: some Sequence<UInt8>) {
            parameters.append(UInt8(ascii: ";"))
            parameters += parameter
        }
        for number in UInt8(1)...9 where (attributes & ~other.attributes) >> UInt16(number) & 1 == 1 {
            add(CollectionOfOne(0x30 + number))
        }
        if foreground != other.foreground { foreground.isEmpty ? add("39".utf8) : add(foreground) }
        if background != other.background { background.isEmpty ? add("49".utf8) : add(background) }
        return parameters
    }
}
