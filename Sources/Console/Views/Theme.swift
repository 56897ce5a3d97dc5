import Terminal
import Warehouse

/// What things look like.
///
/// One accent colour, colours of state, and no background but the terminal's own; nothing is told by colour alone.
struct Theme: Hashable, Sendable {
    var text = Style.plain
    var dim = Style(attributes: .dim)
    var heading = Style(attributes: .bold)
    var accent = Style(foreground: .ansi(.cyan), attributes: .bold)
    var selected = Style(attributes: .reverse)
    var good = Style(foreground: .ansi(.green))
    var busy = Style(foreground: .ansi(.cyan))
    var caution = Style(foreground: .ansi(.yellow))
    var bad = Style(foreground: .ansi(.red), attributes: .bold)

    /// In the sixteen colours of the user's own terminal.
    static let standard = Theme()

    /// For a light background, on which bright colours can't be read.
    static let light = Theme(
        dim: Style(foreground: .indexed(243)),
        accent: Style(foreground: .indexed(25), attributes: .bold),
        good: Style(foreground: .indexed(22)),
        busy: Style(foreground: .indexed(25)),
        caution: Style(foreground: .indexed(130)),
        bad: Style(foreground: .indexed(124), attributes: .bold)
    )

    /// Nothing is dimmed, and what is selected can't be missed.
    static let highContrast = Theme(
        text: Style(foreground: .ansi(.brightWhite)),
        dim: Style(foreground: .ansi(.white)),
        heading: Style(foreground: .ansi(.brightWhite), attributes: [.bold, .underline]),
        accent: Style(foreground: .ansi(.brightYellow), attributes: .bold),
        selected: Style(foreground: .ansi(.black), background: .ansi(.brightYellow), attributes: .bold),
        good: Style(foreground: .ansi(.brightGreen), attributes: .bold),
        busy: Style(foreground: .ansi(.brightCyan), attributes: .bold),
        caution: Style(foreground: .ansi(.brightYellow), attributes: .bold),
        bad: Style(foreground: .ansi(.brightRed), attributes: [.bold, .underline])
    )

    /// Without a colour.
    static let monochrome = Theme(
        accent: Style(attributes: .bold),
        good: .plain,
        busy: .plain,
        caution: Style(attributes: .underline),
        bad: Style(attributes: [.bold, .underline])
    )

    /// The parts by the names that the configuration uses.
    static let parts: [String: any WritableKeyPath<Theme, Style> & Sendable] = [
        "text": \.text, "dim": \.dim, "heading": \.heading, "accent": \.accent, "selected": \.selected, "good": \.good,
        "busy": \.busy, "caution": \.caution, "bad": \.bad,
    ]

    func style(of state: KeyState) -> Style {
        switch state {
        case .active: good
        case .rotating: busy
        case .expired: caution
        case .revoked, .compromised: bad
        }
    }

    func style(of state: JobState) -> Style {
        switch state {
        case .queued: text
        case .running: busy
        case .paused: caution
        case .completed: good
        case .failed: bad
        case .cancelled: dim
        }
    }

    func style(of status: BackfillStatus) -> Style {
        switch status {
        case .pending: dim
        case .inProgress: busy
        case .completed: good
        case .failed: bad
        }
    }

    func style(of severity: Message.Severity) -> Style {
        switch severity {
        case .info: text
        case .success: good
        case .warning: caution
        case .error: bad
        }
    }

    /// Of a request's status: what was refused stands out.
    func style(ofHTTPStatus status: Int?) -> Style {
        switch status {
        case .none: dim
        case .some(..<400): good
        case .some(400..<500): caution
        case .some: bad
        }
    }
}
