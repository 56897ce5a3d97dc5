/// The columns that a text takes on a terminal, counted as ``Frame`` puts it.
///
/// By wcwidth under C.UTF-8, whatever the environment's locale is. What is unsafe to show counts as the U+FFFD that is
/// shown in its place.
package func displayWidth(of text: some StringProtocol) -> Int {
    let text = String(text)
    if text.isPrintableASCII { return text.utf8.count }
    return GlyphSequence(text).reduce(0) { $0 + $1.width }
}

/// What happens to text that doesn't fit.
package enum Truncation: Hashable, Sendable {
    /// It ends at the last character that fits.
    case clip
    /// As `clip`, with `…` in the last column.
    case ellipsis
}

/// Where text stands in a field that is wider than it.
package enum Alignment: Hashable, Sendable {
    case leading
    case trailing
    case center
}

extension String {
    /// Whether every byte is a printable ASCII character, one column each.
    var isPrintableASCII: Bool {
        let isPrintable: (UInt8) -> Bool = { (0x20...0x7E).contains($0) }
        return utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isPrintable) } ?? utf8.allSatisfy(isPrintable)
    }

    /// Whether the text takes at most so many columns; stops counting as soon as it doesn't.
    func fits(in width: Int) -> Bool {
        // No character of n bytes is wider than n columns.
        if utf8.count <= width { return true }
        var left = width
        for glyph in GlyphSequence(self) {
            left -= glyph.width
            if left < 0 { return false }
        }
        return true
    }
}
