import Terminal

/// A command being typed, with what could complete its last word.
struct CommandInput: Hashable, Sendable {
    private(set) var field = TextField(limit: 2000)
    /// What could stand in place of the last word.
    private(set) var candidates: [String] = []
    /// Which candidate stands there, while Tab goes through them.
    private(set) var chosen: Int?
    /// What is asked of the store for the last word.
    private(set) var wanted: NameQuestion?
    /// Whether ``candidates`` are the answer to ``wanted``.
    private var isAnswered = true
    /// What was typed since Tab asked for names that are still on their way.
    private(set) var heldKeys: [Key] = []
    /// What was typed of the last word before a candidate took its place.
    private var stem = ""

    /// Names of the store that begin so.
    struct NameQuestion: Hashable, Sendable {
        let kind: NameKind
        let prefix: String
    }

    var text: String { field.text }

    /// Takes a key that edits; says whether it was one.
    mutating func handle(_ key: Key, in surroundings: CommandSurroundings) -> Bool {
        guard field.handle(key) else { return false }
        look(in: surroundings)
        return true
    }

    mutating func insert(_ text: String, in surroundings: CommandSurroundings) {
        field.insert(text)
        look(in: surroundings)
    }

    /// Finds what could complete the last word.
    mutating func look(in surroundings: CommandSurroundings) {
        chosen = nil
        let (before, last) = split
        stem = last
        wanted = nil
        isAnswered = true
        switch argument(behind: before) {
        case .verb:
            candidates = ConsoleVerb.all.filter { !(surroundings.isReadOnly && $0.writes) }.map(\.name).filter {
                $0.hasPrefix(last)
            }
        case .argument(.key): want(.key)
        case .argument(.symbol): want(.symbol)
        case .argument(.job): want(.job)
        case .argument(.theme): candidates = surroundings.themes.filter { $0.hasPrefix(last) }
        case .argument(.column):
            candidates = surroundings.sortColumns.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.filter {
                $0.hasPrefix(last)
            }
        case .argument(.word(let words)): candidates = words.filter { $0.hasPrefix(last) }
        case .argument(.text), nil: candidates = []
        }
    }

    /// Takes what the store found, if that is still the question.
    ///
    /// Returns the keys that were held back until now.
    mutating func receive(_ names: [String], for question: NameQuestion) -> [Key] {
        guard question == wanted else { return [] }
        defer { heldKeys = [] }
        isAnswered = true
        candidates = names.map { $0.contains(" ") ? "\"\($0)\"" : $0 }
        return heldKeys
    }

    /// Whether a key has to wait for names that are on their way: Tab, and what is typed behind it.
    mutating func holdsBack(_ key: Key) -> Bool {
        guard !isAnswered, !heldKeys.isEmpty || key == .tab || key == .backTab else { return false }
        heldKeys.append(key)
        return true
    }

    /// Goes on without the names that were asked for, which do not come.
    mutating func giveUp() {
        isAnswered = true
        heldKeys = []
    }

    private mutating func want(_ kind: NameKind) {
        let question = NameQuestion(kind: kind, prefix: stem.filter { $0 != "\"" })
        wanted = question
        isAnswered = false
        candidates = candidates.filter { $0.lowercased().hasPrefix(stem.lowercased()) }
    }

    /// Completes the last word: as far as all candidates agree, then one after the other.
    mutating func complete(backwards: Bool = false, in surroundings: CommandSurroundings) {
        guard !candidates.isEmpty else { return }
        if chosen == nil {
            let common = candidates.dropFirst().reduce(candidates[0]) { $0.commonPrefix(with: $1) }
            if candidates.count == 1 {
                replaceLast(by: candidates[0] + " ")
                look(in: surroundings)
                return
            }
            if common.count > stem.count {
                replaceLast(by: common)
                stem = common
                return
            }
        }
        let count = candidates.count
        let next = chosen.map { (($0 + (backwards ? -1 : 1)) % count + count) % count } ?? (backwards ? count - 1 : 0)
        chosen = next
        replaceLast(by: candidates[next])
    }

    private mutating func replaceLast(by word: String) {
        field = TextField(split.before + word, limit: field.limit)
    }

    /// The text up to its last word, and that word.
    private var split: (before: String, last: String) {
        let text = field.text
        var isQuoted = false
        var start = text.startIndex
        for index in text.indices {
            if text[index] == "\"" { isQuoted.toggle() }
            if text[index] == " ", !isQuoted { start = text.index(after: index) }
        }
        return (String(text[..<start]), String(text[start...]))
    }

    private enum Place {
        case verb
        case argument(ConsoleVerb.Argument)
    }

    private func argument(behind text: String) -> Place? {
        let words = TypedCommand.words(of: text)
        guard let name = words.first else { return .verb }
        return ConsoleVerb.named(name)?.argument(at: words.count - 1).map { .argument($0) }
    }
}

/// What the command line has to know of the rest of the console.
struct CommandSurroundings: Sendable {
    let isReadOnly: Bool
    let themes: [String]
    let sortColumns: [String]
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
