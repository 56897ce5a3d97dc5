import Terminal

/// A line of a detail, help or message view: runs of text, each with a role.
struct TextLine: Hashable, Sendable {
    struct Run: Hashable, Sendable {
        let text: String
        let role: TextRole
    }

    let runs: [Run]

    init(_ runs: [Run] = []) {
        self.runs = runs
    }

    init(_ text: String, _ role: TextRole = .text) {
        runs = [Run(text: text, role: role)]
    }

    static let blank = TextLine()

    static func title(_ text: String) -> TextLine { TextLine(" \(text)", .accent) }
    static func section(_ text: String) -> TextLine { TextLine(" \(text)", .heading) }

    /// A fact with its name, aligned with those above and below.
    static func fact(_ name: String, _ value: String, _ role: TextRole = .text) -> TextLine {
        let padded = name + String(repeating: " ", count: max(1, 16 - name.count))
        return TextLine([Run(text: "   \(padded)", role: .dim), Run(text: value, role: role)])
    }
}

/// What a run of text is, which the theme turns into a look.
enum TextRole: Hashable, Sendable {
    case text
    case dim
    case heading
    case accent
    case good
    case busy
    case caution
    case bad

    func style(in theme: Theme) -> Style {
        switch self {
        case .text: theme.text
        case .dim: theme.dim
        case .heading: theme.heading
        case .accent: theme.accent
        case .good: theme.good
        case .busy: theme.busy
        case .caution: theme.caution
        case .bad: theme.bad
        }
    }
}
