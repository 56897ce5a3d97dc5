/// A checked name of an API key: 1 to 100 characters that are safe to show, without spaces at its ends.
package struct KeyName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Throws: ``InvalidKeyName``, which says what is wrong with `text`.
    package init(_ text: String) throws(InvalidKeyName) {
        let trimmed = text.trimmingSpaces()
        guard !trimmed.isEmpty else { throw .empty }
        guard trimmed.unicodeScalars.count <= 100 else { throw .tooLong(trimmed.unicodeScalars.count) }
        if let unsafe = trimmed.unicodeScalars.first(where: \.isUnsafeToShow) { throw .unsafe(unsafe) }
        self.text = trimmed
    }

    package var description: String { text }
}

/// Why a text can't name a key.
package enum InvalidKeyName: Error, Hashable, CustomStringConvertible {
    case empty
    case tooLong(Int)
    case unsafe(Unicode.Scalar)

    package var description: String {
        switch self {
        case .empty: "a key needs a name: 1 to 100 characters"
        case .tooLong(let count): "the key's name has \(count) characters: 100 is the most"
        case .unsafe(let scalar):
            "the key's name holds the character U+\(String(scalar.value, radix: 16, uppercase: true)), which can't be "
                + "shown safely: leave out control and invisible characters"
        }
    }
}

extension String {
    /// The text without white space at its ends.
    package func trimmingSpaces() -> String {
        let scalars = unicodeScalars.drop(while: \.properties.isWhitespace)
        guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        return String(scalars[...last])
    }
}
