import Terminal

/// The themes that can be chosen: those that mdw brings and those of the configuration.
struct ThemeCollection: Sendable {
    /// What mdw brings, in the order in which they are offered.
    static let builtIn: [(name: String, theme: Theme)] = [
        ("default", .standard), ("light", .light), ("high-contrast", .highContrast), ("monochrome", .monochrome),
    ]

    /// The names in the order in which they are offered.
    let names: [String]
    /// What of the configuration can't be taken, in sentences.
    let problems: [String]
    private let themes: [String: Theme]
    /// The name of the configuration's theme.
    let configured: String

    init(_ preferences: ConsolePreferences = ConsolePreferences()) {
        var themes = Dictionary(uniqueKeysWithValues: Self.builtIn.map { ($0.name, $0.theme) })
        var problems: [String] = []
        for (name, parts) in preferences.themes.sorted(by: { $0.key < $1.key }) {
            var theme = Theme.standard
            for (part, text) in parts.sorted(by: { $0.key < $1.key }) {
                guard let path = Theme.parts[part] else {
                    let known = Theme.parts.keys.sorted().joined(separator: ", ")
                    problems.append("theme '\(name)': there is no '\(part)'; use \(known)")
                    continue
                }
                do {
                    theme[keyPath: path] = try StyleText.style(text)
                } catch {
                    problems.append("theme '\(name)', \(part): '\(error.word)' is no colour and no attribute")
                }
            }
            themes[name] = theme
        }
        if let theme = preferences.theme, themes[theme] == nil {
            problems.append("there is no theme '\(theme)': the default one is used")
        }
        self.themes = themes
        self.problems = problems
        configured = preferences.theme.flatMap { themes[$0] == nil ? nil : $0 } ?? Self.builtIn[0].name
        let own = preferences.themes.keys.filter { name in !Self.builtIn.contains { $0.name == name } }.sorted()
        names = Self.builtIn.map(\.name) + own
    }

    /// The theme of this name; without one, or where there is none, the configuration's.
    func theme(named name: String?) -> Theme {
        name.flatMap { themes[$0] } ?? themes[configured] ?? .standard
    }
}
