import Terminal
import Warehouse

/// What things look like.
///
/// Colours are those of the user's own terminal; nothing is told by colour alone.
struct Theme: Sendable {
    var text = Style.plain
    var dim = Style(attributes: .dim)
    var heading = Style(attributes: .bold)
    var accent = Style(foreground: .ansi(.cyan), attributes: .bold)
    var selected = Style(attributes: .reverse)
    var good = Style(foreground: .ansi(.green))
    var busy = Style(foreground: .ansi(.cyan))
    var caution = Style(foreground: .ansi(.yellow))
    var bad = Style(foreground: .ansi(.red), attributes: .bold)

    static let standard = Theme()

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
