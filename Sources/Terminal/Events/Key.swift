/// A key as it was pressed.
///
/// Keys that terminals can't tell apart are one key: `^M` is `.enter`, `^I` is `.tab`, `^[` is `.escape`, `^H` is
/// `.backspace`. Modifiers nest in one order, alt outside of control outside of shift, so that equal keys compare equal;
/// ``pressed(control:alt:shift:)`` makes them.
///
/// A literal is a character key: `case "q":`, `.control("c")`.
package enum Key: Hashable, Sendable {
    case character(Character)
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown
    case insert
    case delete
    case backspace
    case enter
    case tab
    case backTab
    case escape
    case function(Int)
    /// Control with a character (lower case) or a named key.
    indirect case control(Key)
    indirect case alt(Key)
    /// Shift with a named key; a shifted character is another character.
    indirect case shift(Key)

    /// The key with modifiers held, in the form that a terminal would report.
    package func pressed(control: Bool = false, alt: Bool = false, shift: Bool = false) -> Key {
        var key = self
        if shift { key = key.shifted }
        if control { key = key.controlled }
        return alt ? .alt(key) : key
    }

    private var shifted: Key {
        switch self {
        case .tab: return .backTab
        case .backTab, .shift, .alt, .control: return self
        case .character(let character):
            let upper = character.uppercased()
            return upper.count == 1 ? .character(Character(upper)) : self
        default: return .shift(self)
        }
    }

    private var controlled: Key {
        guard case .character(let character) = self else { return .control(self) }
        switch character {
        case "m", "M", "j", "J": return .enter
        case "i", "I": return .tab
        case "h", "H": return .backspace
        case "[": return .escape
        case "@": return .control(" ")
        default: return .control(.character(Character(character.lowercased())))
        }
    }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
    package init(extendedGraphemeClusterLiteral value: Character) {
        self = .character(value)
    }
}
