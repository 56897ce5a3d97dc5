/// Why a text names no key.
package enum KeyNameError: Error, Hashable, CustomStringConvertible {
    case unknown(String)
    case notOneKey(String)

    package var description: String {
        switch self {
        case .unknown(let name):
            "there is no key <\(name)>: write a character, <lt> for '<', or a name such as <Enter>, <Esc>, <Space>, "
                + "<Tab>, <S-Tab>, <Up>, <PageDown>, <F1>, <C-c>, <A-x>"
        case .notOneKey(let text): "'\(text)' is not one key"
        }
    }
}

extension Key: CustomStringConvertible {
    private static let names: [(name: String, key: Key)] = [
        ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home), ("End", .end),
        ("PageUp", .pageUp), ("PageDown", .pageDown), ("Insert", .insert), ("Delete", .delete),
        ("Backspace", .backspace), ("Enter", .enter), ("Tab", .tab), ("Esc", .escape), ("Space", " "), ("lt", "<"),
    ]
    private static let otherNames: [String: Key] = [
        "pgup": .pageUp, "pgdn": .pageDown, "pgdown": .pageDown, "ins": .insert, "del": .delete, "bs": .backspace,
        "cr": .enter, "return": .enter, "escape": .escape, "gt": ">", "backtab": .backTab, "bar": "|",
    ]

    /// The key that a script or configuration names: one character, or a name in angle brackets (`<Enter>`, `<C-c>`,
    /// `<S-Tab>`, `<A-x>`, `<F5>`, `<lt>`), in upper or lower case.
    package init(name: String) throws(KeyNameError) {
        let keys = try Key.keys(in: name)
        guard let key = keys.first, keys.count == 1 else { throw .notOneKey(name) }
        self = key
    }

    /// The keys that a text names one after the other: `/btc<Enter>`.
    package static func keys(in text: String) throws(KeyNameError) -> [Key] {
        var keys: [Key] = []
        var rest = text[...]
        while let first = rest.popFirst() {
            guard first == "<" else {
                keys.append(first == "\n" ? .enter : .character(first))
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { throw .unknown(String(rest.prefix(20))) }
            // The key '>' itself with a modifier: <C->>.
            let isBracket = rest[..<end].hasSuffix("-") && rest[rest.index(after: end)...].first == ">"
            let close = isBracket ? rest.index(after: end) : end
            keys.append(try Key(bracketed: rest[..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return keys
    }

    private init(bracketed name: Substring) throws(KeyNameError) {
        var base = name
        var (control, alt, shift) = (false, false, false)
        while base.count > 2, base.dropFirst().first == "-", let modifier = base.first {
            switch modifier {
            case "C", "c": control = true
            case "A", "a", "M", "m": alt = true
            case "S", "s": shift = true
            default: throw .unknown(String(name))
            }
            base = base.dropFirst(2)
        }
        guard let key = Key.named(base) else { throw .unknown(String(name)) }
        self = key.pressed(control: control, alt: alt, shift: shift)
    }

    private static func named(_ name: Substring) -> Key? {
        if let character = name.first, name.count == 1 { return .character(character) }
        let lower = name.lowercased()
        if let entry = names.first(where: { $0.name.lowercased() == lower }) { return entry.key }
        if let key = otherNames[lower] { return key }
        guard lower.first == "f", let number = Int(lower.dropFirst()), (1...63).contains(number) else { return nil }
        return .function(number)
    }

    /// The name that ``init(name:)`` reads.
    package var description: String {
        if case .character(let character) = self, character != " ", character != "<" { return String(character) }
        return "<\(bareName)>"
    }

    private var bareName: String {
        switch self {
        case .alt(let key): return "A-" + key.bareName
        case .control(let key): return "C-" + key.bareName
        case .shift(let key): return "S-" + key.bareName
        case .backTab: return "S-Tab"
        case .function(let number): return "F\(number)"
        default: break
        }
        if let entry = Key.names.first(where: { $0.key == self }) { return entry.name }
        if case .character(let character) = self { return String(character) }
        return ""
    }
}
