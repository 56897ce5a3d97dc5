/// Why a text is not the JSON that was expected, and where.
package struct JSONFault: Error, Hashable, Sendable {
    package let problem: Problem
    /// Offset of the byte that can't be there; the length of the text when the text ends too early.
    package let position: Int

    /// What can be wrong with a text.
    package enum Problem: String, Hashable, Sendable {
        case endOfText = "the text ends here"
        case unexpectedByte = "unexpected byte"
        case badNumber = "not a number"
        case badEscape = "unknown escape"
        case controlCharacter = "control character within a string"
        case tooDeep = "nested too deeply"
        case trailingText = "text behind the end"
        case notAnObject = "not an object"
        case notAnArray = "'results' is not an array"
        case tooLong = "more than 4 GB of text"
        case tooManyBars = "more bars than a page can hold"
    }

    package init(_ problem: Problem, at position: Int) {
        self.problem = problem
        self.position = position
    }
}

extension JSONFault: CustomStringConvertible {
    package var description: String { "\(problem.rawValue) at byte \(position)" }
}
