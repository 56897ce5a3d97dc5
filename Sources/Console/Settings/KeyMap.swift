import Terminal

/// The keys as they are bound: the table's, with what the configuration changes.
struct KeyMap: Hashable, Sendable {
    private(set) var bindings: [KeyBinding] = KeyBinding.table
    /// What of the configuration can't be taken, in sentences.
    private(set) var problems: [String] = []

    init() {}

    /// `overrides`: the keys of actions, by ``Action/name``; they replace those of the table, all at once, so that two
    /// actions can swap theirs.
    ///
    /// A change that gives a key two meanings in one place is left out whole, and told: which of the two is meant can't be
    /// known.
    init(overrides: [String: [String]]) {
        guard !overrides.isEmpty else { return }
        var wanted: [String: [Key]] = [:]
        for (name, texts) in overrides.sorted(by: { $0.key < $1.key }) {
            guard bindings.contains(where: { $0.action.name == name }) else {
                problems.append("keys: there is no action '\(name)'; mdw console --keys lists them")
                continue
            }
            do throws(KeyNameError) {
                wanted[name] = try texts.map { text throws(KeyNameError) in try Key(name: text) }
            } catch {
                problems.append("keys: \(name): \(error)")
            }
        }
        // One that is left out takes its usual keys back, which another one may have taken: so they are looked at again.
        while let conflict = Self.conflict(in: Self.bound(wanted), among: wanted) {
            wanted[conflict.name] = nil
            problems.append(
                "keys: \(conflict.name) can't be '\(conflict.key.displayName)': that is \(conflict.rival); the usual keys stay"
            )
        }
        bindings = Self.bound(wanted)
    }

    private static func bound(_ keys: [String: [Key]]) -> [KeyBinding] {
        KeyBinding.table.map { binding in
            var binding = binding
            if let own = keys[binding.action.name] { binding.keys = own }
            return binding
        }
    }

    /// The first of the changed actions that shares a key with another action.
    private static func conflict(
        in bindings: [KeyBinding],
        among changed: [String: [Key]]
    ) -> (name: String, key: Key, rival: String)? {
        for binding in bindings.sorted(by: { $0.action.name < $1.action.name })
        where changed[binding.action.name] != nil {
            for key in binding.keys {
                let rival = bindings.first { other in
                    other.action != binding.action && other.keys.contains(key)
                        && other.context.overlaps(binding.context)
                }
                if let rival { return (binding.action.name, key, rival.action.name) }
            }
        }
        return nil
    }

    /// The bindings of a place: its own first, then those of everywhere.
    func bindings(in place: KeyContext, readOnly: Bool) -> [KeyBinding] {
        let bound = bindings.filter { !(readOnly && $0.writes) }
        // What can be done to a symbol in the list can be done to the opened one.
        let around = place == .symbolDetail ? bound.filter { $0.context == .pane(.symbols) } : []
        return bound.filter { $0.context == place } + around + bound.filter { $0.context == .everywhere }
    }

    /// The key of an action, as texts name it; `nil` when none can be pressed for it.
    func keyName(of action: Action, readOnly: Bool) -> String? {
        bindings.first { $0.action == action && !(readOnly && $0.writes) }?.keys.first?.displayName
    }

    func binding(of key: Key, in place: KeyContext, readOnly: Bool) -> KeyBinding? {
        // Each key asks: without making the lists.
        func own(_ context: KeyContext) -> Int? {
            bindings.indices.first { index in
                bindings[index].context == context && !(readOnly && bindings[index].writes)
                    && bindings[index].keys.contains(key)
            }
        }
        let index = own(place) ?? (place == .symbolDetail ? own(.pane(.symbols)) : nil) ?? own(.everywhere)
        return index.map { bindings[$0] }
    }
}

extension KeyContext {
    /// Whether a key can be asked for in both at once.
    fileprivate func overlaps(_ other: KeyContext) -> Bool {
        self == other || self == .everywhere || other == .everywhere
    }
}
