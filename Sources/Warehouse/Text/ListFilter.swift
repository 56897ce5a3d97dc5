/// What a list is narrowed down to, as an administrator types it.
///
/// Words must all occur; `field:value` looks at one field, whose value must begin so; `!` in front of either turns it
/// around; `"` keeps blanks together. A word with a colon that names no field is a word, as `12:30` is.
package struct ListFilter: Hashable, Sendable {
    /// One condition.
    package struct Term: Hashable, Sendable {
        /// The field that is looked at; `nil` for all of the row's text.
        package let field: String?
        package let text: String
        package let isNegated: Bool

        package init(field: String? = nil, _ text: String, isNegated: Bool = false) {
            self.field = field
            self.text = text
            self.isNegated = isNegated
        }
    }

    package let terms: [Term]

    package init(_ terms: [Term] = []) {
        self.terms = terms
    }

    /// Words that must all occur, taken as they are.
    package static func words(_ words: [String]) -> ListFilter { ListFilter(words.map { Term($0) }) }

    /// Reads what was typed; `fields` are those that the list has, in lower case.
    package init(_ text: String, fields: [String]) {
        terms = Self.split(text).compactMap { word in
            let isNegated = word.hasPrefix("!")
            let rest = isNegated ? word.dropFirst() : word[...]
            guard let colon = rest.firstIndex(of: ":"), fields.contains(rest[..<colon].lowercased()) else {
                return rest.isEmpty ? nil : Term(String(rest), isNegated: isNegated)
            }
            let value = rest[rest.index(after: colon)...]
            // While the value is still to be typed nothing is left out.
            guard !value.isEmpty else { return nil }
            return Term(field: rest[..<colon].lowercased(), String(value), isNegated: isNegated)
        }
    }

    package var isEmpty: Bool { terms.isEmpty }

    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case " " where !isQuoted:
                words.append(word)
                word = ""
            default: word.append(character)
            }
        }
        return (words + [word]).filter { !$0.isEmpty }
    }
}
