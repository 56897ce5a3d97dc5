/// Why a terminal can't be used; each case is one sentence for the person at it.
package enum TerminalError: Error, Hashable, CustomStringConvertible {
    case notATerminal
    case noType
    /// A terminal that can't move its cursor.
    case tooSimple(String)
    case unknownType(String)
    case alreadyOpen
    case noResources

    package var description: String {
        switch self {
        case .notATerminal: "the console needs a terminal, and standard input or output is none"
        case .noType: "the console can't tell what terminal this is: set TERM, for instance to xterm-256color"
        case .tooSimple(let type): "the console needs a terminal that can move its cursor, and TERM=\(type) can't"
        case .unknownType(let type):
            "nothing is known of the terminal TERM=\(type) nor of one like it: install ncurses-base or set TERM"
        case .alreadyOpen: "the terminal is already in use by this program"
        case .noResources: "the terminal can't be opened: the system has no descriptors or memory left"
        }
    }
}
