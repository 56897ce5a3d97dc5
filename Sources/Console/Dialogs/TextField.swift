import Terminal

/// A line of text being typed.
struct TextField: Hashable, Sendable {
    private(set) var characters: [Character]
    /// Where the next character goes: 0 is before the first.
    private(set) var cursor: Int
    let limit: Int

    init(_ text: String = "", limit: Int = 200) {
        self.limit = limit
        characters = Array(text.prefix(limit))
        cursor = characters.count
    }

    var text: String { String(characters) }
    var isEmpty: Bool { characters.isEmpty }

    mutating func insert(_ text: String) {
        let room = max(0, limit - characters.count)
        // One line: whoever pastes a list gets its items apart.
        let line = text.map { $0.isNewline || $0 == "\t" ? " " : $0 }.prefix(room)
        characters.insert(contentsOf: line, at: cursor)
        cursor += line.count
    }

    /// Takes a key; says whether it was one that edits.
    mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace:
            guard cursor > 0 else { return true }
            characters.remove(at: cursor - 1)
            cursor -= 1
        case .delete, .control("d"):
            if cursor < characters.count { characters.remove(at: cursor) }
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"):
            characters.removeFirst(cursor)
            cursor = 0
        case .control("k"): characters.removeLast(characters.count - cursor)
        case .control("w"): deleteWord()
        default: return false
        }
        return true
    }

    private mutating func deleteWord() {
        while cursor > 0, characters[cursor - 1] == " " { removeBeforeCursor() }
        while cursor > 0, characters[cursor - 1] != " " { removeBeforeCursor() }
    }

    private mutating func removeBeforeCursor() {
        characters.remove(at: cursor - 1)
        cursor -= 1
    }
}
