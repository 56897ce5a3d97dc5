import Terminal

/// The keys as they are bound: the table's, with what the configuration changes.
struct KeyMap: Sendable {
    private(set) var bindings: [KeyBinding] = KeyBinding.table
    /// What of the configuration can't be taken, in sentences.
    private(set) var problems: [String] = []

    init() {}

    /// `overrides`: the keys of actions, by ``Action/name``; they replace those of the table.
    ///
    /// A change that would give a key two meanings in one place is left out whole, and told: which of the two is meant can't
    /// be known.
    init(overrides: [String: [String]]) {
        for (name, texts) in overrides.sorted(by: { $0.key < $1.key }) {
            guard bindings.contains(where: { $0.action.name == name }) else {
                problems.append("keys: there is no action '\(name)'; mdw console --keys lists them")
                continue
            }
            do {
                try bind(name, to: texts.map { text throws(KeyNameError) in try Key(name: text) })
            } catch {
                problems.append("keys: \(name): \(error)")
            }
        }
    }

    private mutating func bind(_ name: String, to keys: [Key]) throws(KeyNameError) {
        var changed = bindings
        for index in changed.indices where changed[index].action.name == name { changed[index].keys = keys }
        for binding in changed where binding.action.name == name {
            for key in keys {
                let rival = changed.first { other in
                    other.action != binding.action && other.keys.contains(key)
                        && other.context.overlaps(binding.context)
                }
                if let rival {
                    problems.append(
                        "keys: \(name) can't be '\(key.displayName)': that is \(rival.action.name); the usual keys stay"
                    )
                    return
                }
            }
        }
        bindings = changed
    }

    /// The bindings of a place: its own first, then those of everywhere.
    func bindings(in place: KeyContext, readOnly: Bool) -> [KeyBinding] {
        let bound = bindings.filter { !(readOnly && $0.writes) }
        // What can be done to a symbol in the list can be done to the opened one.
        let around = place == .symbolDetail ? bound.filter { $0.context == .pane(.symbols) } : []
        return bound.filter { $0.context == place } + around + bound.filter { $0.context == .everywhere }
    }

    func binding(of key: Key, in place: KeyContext, readOnly: Bool) -> KeyBinding? {
        bindings(in: place, readOnly: readOnly).first { $0.keys.contains(key) }
    }
}

extension KeyContext {
    /// Whether a key can be asked for in both at once.
    fileprivate func overlaps(_ other: KeyContext) -> Bool {
        self == other || self == .everywhere || other == .everywhere
    }
}
