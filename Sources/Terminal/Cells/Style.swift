/// How a cell looks: two colours and attributes, packed into one word so that cells compare fast.
package struct Style: Hashable, Sendable {
    /// What a cell has besides colours; a terminal that lacks one leaves it out.
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let underline = Attributes(rawValue: 4)
        package static let reverse = Attributes(rawValue: 8)
        package static let italic = Attributes(rawValue: 16)
    }

    /// Default colours, no attributes.
    package static let plain = Style()

    /// Foreground in bits 0–25, background in 26–51, attributes in 52–56.
    private(set) var packed: UInt64

    package init(foreground: Color = .default, background: Color = .default, attributes: Attributes = []) {
        packed = foreground.bits | background.bits << 26 | UInt64(attributes.rawValue & 31) << 52
    }

    init(packed: UInt64) {
        self.packed = packed & (1 << 57 - 1)
    }

    package var foreground: Color {
        get { Color(bits: packed & (1 << 26 - 1)) }
        set { self = Style(foreground: newValue, background: background, attributes: attributes) }
    }

    package var background: Color {
        get { Color(bits: packed >> 26 & (1 << 26 - 1)) }
        set { self = Style(foreground: foreground, background: newValue, attributes: attributes) }
    }

    package var attributes: Attributes {
        get { Attributes(rawValue: UInt8(truncatingIfNeeded: packed >> 52 & 31)) }
        set { self = Style(foreground: foreground, background: background, attributes: newValue) }
    }
}
