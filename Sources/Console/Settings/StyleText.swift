import Terminal

/// Reads a style as the configuration spells it: attributes, a colour, and `on` with the colour behind.
///
/// Colours are the terminal's sixteen by name (`red`, `bright-red`), numbers of the palette of 256, or `#rrggbb`.
enum StyleText {
    /// Why a text is no style.
    struct Fault: Error, Hashable {
        let word: String
    }

    static func style(_ text: String) throws(Fault) -> Style {
        var style = Style.plain
        var isBackground = false
        for word in text.lowercased().split(separator: " ").map(String.init) {
            if word == "on" {
                isBackground = true
            } else if let attribute = attributes[word] {
                style.attributes.insert(attribute)
            } else if let color = color(word) {
                if isBackground { style.background = color } else { style.foreground = color }
            } else {
                throw Fault(word: word)
            }
        }
        return style
    }

    private static let attributes: [String: Style.Attributes] = [
        "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse, "italic": .italic, "plain": [],
    ]

    private static let names: [String: ANSIColor] = [
        "black": .black, "red": .red, "green": .green, "yellow": .yellow, "blue": .blue, "magenta": .magenta,
        "cyan": .cyan, "white": .white, "bright-black": .brightBlack, "bright-red": .brightRed,
        "bright-green": .brightGreen, "bright-yellow": .brightYellow, "bright-blue": .brightBlue,
        "bright-magenta": .brightMagenta, "bright-cyan": .brightCyan, "bright-white": .brightWhite,
    ]

    private static func color(_ word: String) -> Color? {
        if word == "default" { return .default }
        if let name = names[word] { return .ansi(name) }
        if let index = UInt8(word) { return .indexed(index) }
        guard word.hasPrefix("#"), word.utf8.count == 7, let value = UInt32(word.dropFirst(), radix: 16) else {
            return nil
        }
        return .rgb(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255))
    }
}
